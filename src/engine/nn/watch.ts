import type { Tensor } from "../tensor/tape.ts";
import { sizeOf } from "../tensor/tape.ts";
import { type Arrange, NO_TRACE, type Trace } from "../tensor/trace.ts";

/** A trace as one part of a model sees it: the part names its intermediates as if it were alone. */
export class Watch {
  readonly #trace: Trace;
  readonly #prefix: string;

  constructor(trace: Trace = NO_TRACE, prefix = "") {
    this.#trace = trace;
    this.#prefix = prefix;
  }

  /** For a part of this part. */
  at(part: string): Watch {
    return new Watch(this.#trace, `${this.#prefix}${part}.`);
  }

  wants(name: string): boolean {
    return this.#trace.wants(`${this.#prefix}${name}`);
  }

  /** @param shape what readers see it as, where that is not its own shape */
  tensor(name: string, { storage, shape: own }: Tensor, shape: readonly number[] = own): void {
    this.#trace.watch(`${this.#prefix}${name}`, { storage, shape });
  }

  /** Something that is worked out on the host from several tensors. */
  derived(name: string, tensors: readonly Tensor[], arrange: Arrange): void {
    const spans = tensors.map(({ storage, shape }) => ({ storage, offset: 0, length: sizeOf(shape) }));
    this.#trace.add(`${this.#prefix}${name}`, spans, arrange);
  }
}
