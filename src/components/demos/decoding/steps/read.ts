import type { GenerationSettings } from "../../../../engine/decoding/settings.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import type { PoemPrompt } from "../../../subjects/poems/poem.ts";
import { type FilteredStep, readFiltered } from "./filtered-step.ts";

/** A text under a filter. */
export interface FilteredText<Filter> {
  /** Of the filter: `{ topK: 10 }`. */
  readonly filter: Filter;
  readonly vocabularySize: number;
  readonly steps: readonly FilteredStep[];
}

/** @throws EngineError as `readFiltered` */
export async function readText<Filter extends Partial<GenerationSettings>>(
  context: WorkContext,
  prompt: PoemPrompt,
  filter: Filter,
): Promise<FilteredText<Filter>> {
  const vocabularySize = context.model.vocabulary.length;
  return { filter, vocabularySize, steps: await readFiltered(context, prompt, filter) };
}
