import type { WorkContext } from "../../../kit/figure/types.ts";
import type { PoemPrompt } from "../../../subjects/poems/poem.ts";
import { type FilteredStep, readFiltered } from "./filtered-step.ts";

/** A text under top-k. */
export interface TopKReading {
  readonly topK: number;
  readonly steps: readonly FilteredStep[];
}

/** A text under top-p. */
export interface TopPReading {
  readonly topP: number;
  readonly vocabularySize: number;
  readonly steps: readonly FilteredStep[];
}

/** @throws EngineError as `readFiltered` */
export async function readTopK(
  context: WorkContext,
  { topK, ...prompt }: PoemPrompt & { readonly topK: number },
): Promise<TopKReading> {
  return { topK, steps: await readFiltered(context, prompt, { topK }) };
}

/** @throws EngineError as `readFiltered` */
export async function readTopP(
  context: WorkContext,
  { topP, ...prompt }: PoemPrompt & { readonly topP: number },
): Promise<TopPReading> {
  const vocabularySize = context.model.vocabulary.length;
  return { topP, vocabularySize, steps: await readFiltered(context, prompt, { topP }) };
}
