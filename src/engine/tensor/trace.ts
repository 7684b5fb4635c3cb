import type { Span, Storage } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import type { Scope } from "./scope.ts";
import { sizeOf, type Tensor } from "./tape.ts";

/** Numbers with a shape, on the host, row-major. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Makes what readers of a trace see from what was read back, one array for each span. */
export type Arrange = (...parts: Float32Array[]) => HostTensor;

interface Capture {
  readonly spans: readonly Span[];
  readonly arrange: Arrange;
}

/**
 * Collects intermediates of one forward pass by name, and reads them back with its results, in one batch. Names follow TransformerLens,
 * without its `hook_` ("blocks.3.attn.pattern"); in a pattern `*` stands for one part of a name, or a piece of one ("blocks.*.resid_*").
 *
 * A trace never changes what it watches: it reads numbers where they are, or copies them aside before they are written over.
 */
export class Trace {
  readonly #wanted: ReadonlySet<string>;
  readonly #captures = new Map<string, Capture>();

  /**
   * @param patterns what is wanted
   * @param names all that the model has
   * @throws EngineError `bad-input` if a pattern matches none of the names; it says which names are near
   */
  constructor(patterns: readonly string[], names: readonly string[]) {
    this.#wanted = new Set(patterns.flatMap((pattern) => matching(pattern, names)));
  }

  wants(name: string): boolean {
    return this.#wanted.has(name);
  }

  /** Notes that `name` is made of these spans, which nobody writes over before they are read. */
  add(name: string, spans: readonly Span[], arrange: Arrange): void {
    if (this.wants(name)) this.#captures.set(name, { spans, arrange });
  }

  /** A tensor that stays as it is until it is read, such as every tensor of a tape. */
  watch(name: string, { storage, shape }: Pick<Tensor, "storage" | "shape">): void {
    this.add(name, [{ storage, offset: 0, length: sizeOf(shape) }], (data) => ({ shape, data }));
  }

  /** A storage that will be written over: its first numbers are copied aside, if they are wanted. */
  capture(
    scope: Scope,
    name: string,
    storage: Storage,
    shape: readonly number[],
    arrange: Arrange = (data) => ({ shape, data }),
  ): void {
    if (this.wants(name)) this.add(name, [copyAside(scope, storage, sizeOf(shape))], arrange);
  }

  get spans(): Span[] {
    return [...this.#captures.values()].flatMap(({ spans }) => spans);
  }

  /** The captured tensors, in the order in which they came to be, given what was read from `spans`. */
  tensors(data: readonly Float32Array[]): Map<string, HostTensor> {
    let next = 0;
    return new Map(
      [...this.#captures].map(([name, { spans, arrange }]) => {
        const parts = data.slice(next, next + spans.length);
        next += spans.length;
        return [name, arrange(...parts)];
      }),
    );
  }
}

/** Wants nothing. */
export const NO_TRACE = new Trace([], []);

/** A copy of the first numbers of a storage. */
export function copyAside(scope: Scope, storage: Storage, length: number): Span {
  const copy = scope.alloc(length);
  scope.backend.copy(copy, storage, length);
  return { storage: copy, offset: 0, length };
}

function matching(pattern: string, names: readonly string[]): string[] {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join("[^.]*")}$`);
  const found = names.filter((name) => expression.test(name));
  if (found.length > 0) return found;
  throw new EngineError("bad-input", `没有叫 ${pattern} 的中间结果。相近的有 ${nearest(pattern, names).join("、")}`);
}

/** The three names that are the fewest edits away; the same thing in every layer counts as one. */
function nearest(pattern: string, names: readonly string[]): string[] {
  const different = [...new Set(names.map((name) => name.replace(/\d+/g, "*")))];
  return different
    .map((name) => ({ name, edits: editDistance(pattern, name) }))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Number of characters to insert, delete or replace that make b of a (Levenshtein 1966), by the table of Wagner & Fischer 1974. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    above = row;
  }
  return above[b.length]!;
}
