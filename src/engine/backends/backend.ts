import type {
  AttentionOperations,
  ElementwiseOperations,
  LayerOperations,
  LossOperations,
  OptimizerOperations,
  RecurrentOperations,
} from "./operations.ts";
import type { Memory } from "./storage.ts";

export type BackendKind = "cpu" | "webgpu";

/**
 * What every backend can do. Everything above this interface (models, decoding, training) is written once and runs on all of them.
 *
 * A backend owns its memory. Operations are *recorded* in call order and return at once; nothing is promised to have run until `read`
 * resolves. So a whole forward pass costs one submission and one read-back on a GPU, and is a plain sequence of calls on the CPU.
 */
export interface Backend
  extends Memory,
    ElementwiseOperations,
    LayerOperations,
    AttentionOperations,
    RecurrentOperations,
    LossOperations,
    OptimizerOperations {
  readonly kind: BackendKind;
  /** What computes, for the reader's eyes: "Apple M3", "WebAssembly SIMD". */
  readonly device: string;
  /** Resolves, with a reason, if the device is lost while the backend is in use; `read` then rejects with `device-lost`. */
  readonly lost: Promise<string>;
  /** Whether it computes faster with weights in half precision than with the same in f32. */
  readonly prefersHalves: boolean;
}
