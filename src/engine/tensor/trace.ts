import type { Span, Storage } from "../backends/backend.ts";
import type { Scope } from "./scope.ts";

/** Numbers with a shape, on the host, row-major. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Collects intermediates of one forward pass by name. Names follow TransformerLens ("blocks.3.attn.pattern"); a pattern may hold `*`
 * for one part of a name ("blocks.*.resid_post"). What is wanted is copied aside when it exists and read back with the results in one
 * batch, so that a trace neither changes nor delays what it watches.
 */
export class Trace {
  #patterns: readonly RegExp[];
  #captured = new Map<string, { span: Span; arrange: (data: Float32Array) => HostTensor }>();

  constructor(patterns: readonly string[]) {
    this.#patterns = patterns.map((pattern) => {
      const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
      return new RegExp(`^${parts.join("[^.]*")}$`);
    });
  }

  /**
   * Keeps a copy of the first numbers of `storage` under `name`, if somebody wants it. `arrange` turns the backend's layout into the
   * one that readers of the trace see; without it the numbers are given as they are.
   */
  capture(
    scope: Scope,
    name: string,
    storage: Storage,
    shape: readonly number[],
    arrange = (data: Float32Array): HostTensor => ({ shape, data }),
  ): void {
    if (!this.#patterns.some((pattern) => pattern.test(name))) return;
    const length = shape.reduce((product, size) => product * size, 1);
    const kept = scope.alloc(length);
    scope.backend.copy(kept, storage, length);
    this.#captured.set(name, { span: { storage: kept, offset: 0, length }, arrange });
  }

  get spans(): Span[] {
    return [...this.#captured.values()].map(({ span }) => span);
  }

  /** The captured tensors, given what was read from `spans`. */
  tensors(data: readonly Float32Array[]): Map<string, HostTensor> {
    return new Map(
      [...this.#captured].map(([name, { arrange }], i) => [name, arrange(data[i] ?? new Float32Array(0))]),
    );
  }
}
