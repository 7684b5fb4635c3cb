import { EngineError } from "../../../engine/errors.ts";

/** The answer; undefined if the run was stopped, or has failed: the frame tells the reader, and nobody needs the answer then. */
export async function quietly<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}
