import type { EngineCalls } from "../../../../engine/client.ts";
import type { GenerationSettings } from "../../../../engine/decoding/settings.ts";
import { MODEL } from "../../../subjects/poems/poem-tables.ts";
import { BeamReader, type Draft, EMPTY_DRAFT, extendDraft } from "./draft.ts";

/** One decoder's text, draft by draft. Ends when the text is over or the signal aborts. */
export async function* write(
  engine: Pick<EngineCalls, "sample" | "beamSearch">,
  prompt: readonly number[],
  settings: GenerationSettings,
  searches: boolean,
  signal: AbortSignal,
): AsyncGenerator<Draft, void, undefined> {
  if (searches) {
    const reader = new BeamReader(settings.lengthPenalty);
    for await (const event of engine.beamSearch(MODEL, prompt, settings)) {
      if (signal.aborted) return;
      yield reader.read(event);
    }
    return;
  }
  let draft = EMPTY_DRAFT;
  for await (const event of engine.sample(MODEL, prompt, settings)) {
    if (signal.aborted) return;
    draft = extendDraft(draft, event);
    yield draft;
  }
}
