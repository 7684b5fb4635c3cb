import { EngineError } from "../../errors.ts";

/** Blocks start at multiples of 16 bytes, the width of a SIMD vector. */
const ALIGNMENT = 16;
const PAGE_BYTES = 65536;
/** The first pages are left to the modules' own static data, most of all the panels that a matrix product packs. */
const STATIC_PAGES = 7;
/** Kernels walk rows by one or two whole vectors, so they may read up to this much behind the last block. */
const READ_AHEAD_BYTES = 2 * ALIGNMENT;

interface FreeBlock {
  address: number;
  bytes: number;
}

/**
 * First-fit allocator over a WebAssembly memory that grows when nothing fits. Neighbouring free blocks are merged, so that memory
 * which was used in many sizes (prompts of many lengths) does not fragment for good.
 */
export class Arena {
  readonly memory = new WebAssembly.Memory({ initial: STATIC_PAGES });
  #end = STATIC_PAGES * PAGE_BYTES;
  #free: FreeBlock[] = [];
  #sizes = new Map<number, number>();
  #used = 0;

  get blocks(): number {
    return this.#sizes.size;
  }

  get usedBytes(): number {
    return this.#used;
  }

  /** @throws EngineError `out-of-memory` */
  alloc(length: number): number {
    const bytes = Math.max(ALIGNMENT, Math.ceil(length / ALIGNMENT) * ALIGNMENT);
    const address = this.#take(bytes) ?? this.#extend(bytes);
    this.#sizes.set(address, bytes);
    this.#used += bytes;
    return address;
  }

  free(address: number): void {
    const bytes = this.#sizes.get(address);
    if (bytes === undefined) throw new EngineError("internal", `free(${address}): no such block`);
    this.#sizes.delete(address);
    this.#used -= bytes;
    const next = this.#free.findIndex((block) => block.address > address);
    const at = next < 0 ? this.#free.length : next;
    this.#free.splice(at, 0, { address, bytes });
    this.#merge(at);
    this.#merge(at - 1);
  }

  #take(bytes: number): number | undefined {
    const at = this.#free.findIndex((block) => block.bytes >= bytes);
    const block = this.#free[at];
    if (!block) return undefined;
    const address = block.address;
    block.address += bytes;
    block.bytes -= bytes;
    if (block.bytes === 0) this.#free.splice(at, 1);
    return address;
  }

  #extend(bytes: number): number {
    const address = this.#end;
    const missing = address + bytes + READ_AHEAD_BYTES - this.memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.memory.grow(Math.ceil(missing / PAGE_BYTES));
      } catch (cause) {
        throw new EngineError("out-of-memory", `${Math.ceil(bytes / 2 ** 20)} MB`, { cause });
      }
    }
    this.#end = address + bytes;
    return address;
  }

  /** Joins the free block at index `at` with the one behind it, if they touch. */
  #merge(at: number): void {
    const block = this.#free[at];
    const next = this.#free[at + 1];
    if (!block || !next || block.address + block.bytes !== next.address) return;
    block.bytes += next.bytes;
    this.#free.splice(at + 1, 1);
  }
}
