import type { BeamStep, Hypothesis } from "../../../../engine/decoding/beam.ts";
import type { GenerationSettings } from "../../../../engine/decoding/settings.ts";
import { DEFAULT_SETTINGS } from "../../../../engine/decoding/settings.ts";
import type { TokenNames } from "../../../kit/figure/names.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { settingsFrom } from "../../../kit/state/fields.ts";
import type { PoemPrompt } from "../../../subjects/poems/poem.ts";
import { encodePrompt, MODEL } from "../../../subjects/poems/poem-tables.ts";
import { type BeamSettings, EARLY_STOPPING } from "./fields.ts";
import { type GreedyText, greedyText } from "./greedy.ts";

/** A search as far as it has got. */
export interface Search {
  readonly prompt: PoemPrompt;
  readonly settings: GenerationSettings;
  /** What the tokens stand for, by their ids. */
  readonly names: TokenNames;
  readonly steps: readonly BeamStep[];
  /** The n-best list, best first; `null` until the search is over. */
  readonly hypotheses: readonly Hypothesis[] | null;
  /** What greedy decoding writes instead; `null` until it is computed. */
  readonly greedy: GreedyText | null;
}

/** A beam search as it goes on, and then what greedy decoding writes. @throws EngineError as `encodePrompt` and `beamSearch` */
export async function* searchBeams(
  { engine, model, signal }: WorkContext,
  reader: BeamSettings,
): AsyncGenerator<Search, void, undefined> {
  const { form, title, opening, nBest, numBeams, early } = reader;
  const prompt = { form, title, opening };
  const ids = await encodePrompt(engine, prompt);
  const settings = {
    ...settingsFrom(DEFAULT_SETTINGS, reader),
    numReturnSequences: Math.min(nBest, numBeams),
    earlyStopping: EARLY_STOPPING[early],
    endIds: model.endIds,
  };
  let search: Search = { prompt, settings, names: model.vocabulary, steps: [], hypotheses: null, greedy: null };
  yield search;
  for await (const event of engine.beamSearch(MODEL, ids, settings)) {
    if (event.type === "step") search = { ...search, steps: [...search.steps, event] };
    else search = { ...search, hypotheses: event.hypotheses };
    yield search;
  }
  const tree = await engine.tree(MODEL);
  try {
    const greedy = await greedyText(tree, ids, model.contextLength, settings, signal);
    if (!signal.aborted) yield { ...search, greedy };
  } finally {
    await tree.dispose();
  }
}
