import type { EngineClient } from "../../../../engine/client.ts";
import type { GenerationSettings } from "../../../../engine/decoding/settings.ts";
import { until } from "../../../kit/run/demo-task.svelte.ts";
import { MODEL } from "../../../subjects/poems/poem-tables.ts";
import { BeamReader, type Draft, EMPTY_DRAFT, extendDraft } from "./draft.ts";

/** One decoder's text, draft by draft. Ends when the text is over or the signal aborts. */
export async function* write(
  engine: EngineClient,
  prompt: readonly number[],
  settings: GenerationSettings,
  searches: boolean,
  signal: AbortSignal,
): AsyncGenerator<Draft, void, undefined> {
  if (searches) {
    const reader = new BeamReader(settings.lengthPenalty);
    for await (const event of until(signal, engine.beamSearch(MODEL, prompt, settings))) yield reader.read(event);
    return;
  }
  let draft = EMPTY_DRAFT;
  for await (const event of until(signal, engine.sample(MODEL, prompt, settings))) {
    draft = extendDraft(draft, event);
    yield draft;
  }
}
