import type { Storage } from "../../backends/storage.ts";
import { sizeOf, type Tape, type Tensor } from "../tape.ts";

/**
 * Where the gradient by an operand goes. Some kernels compute the gradients by several operands at once; where one of them wants none,
 * its part goes into memory that nobody reads.
 */
export function gradientOrScratch(tape: Tape, operand: Tensor): Storage {
  return operand.gradient ?? tape.memory.alloc(sizeOf(operand.shape));
}
