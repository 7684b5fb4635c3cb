import type { RemoteTree } from "../../../engine/client.ts";
import { filterLogits, lastStage, type Stages } from "../../../engine/decoding/pipeline.ts";
import type { GenerationSettings } from "../../../engine/decoding/settings.ts";
import { softmax } from "../../../engine/decoding/softmax.ts";
import { topIndices } from "../../../engine/decoding/top-indices.ts";
import { decide } from "../../subjects/poems/decide.ts";

/** Candidates that are kept of each step. */
const SHOWN = 10;

/** A token that could have been written; probabilities in 0–1. */
export interface Candidate {
  readonly token: number;
  /** Under the model itself. */
  readonly probability: number;
  /** After the filters; 0 when they dropped it. */
  readonly after: number;
}

/** A token of the poem, with what it was chosen from. */
export interface PickedToken {
  readonly token: number;
  readonly probability: number;
  /** The most likely tokens, best first; the chosen one is among them, at the end if need be. */
  readonly candidates: readonly Candidate[];
}

/** Writes token by token and tells of each what it was chosen from. Ends at the end token, which is no part of the text. */
export async function* compose(
  tree: Pick<RemoteTree, "append">,
  promptIds: readonly number[],
  settings: GenerationSettings,
): AsyncGenerator<PickedToken, void, undefined> {
  let step = await tree.append(null, promptIds);
  let history = promptIds;
  for (let position = 0; position < settings.maxNewTokens; position++) {
    const stages = filterLogits(step.logits, history, settings);
    const token = decide(stages, settings, position);
    if (token === settings.endId) return;
    yield describePick(stages, token);
    history = [...history, token];
    step = await tree.append(step.node, [token]);
  }
}

function describePick(stages: Stages, token: number): PickedToken {
  const before = softmax(stages[0].logits);
  const after = softmax(lastStage(stages).logits);
  const best = topIndices(before, SHOWN).map(({ index }) => index);
  const ids = best.includes(token) ? best : [...best, token];
  return {
    token,
    probability: before[token] ?? 0,
    candidates: ids.map((id) => ({ token: id, probability: before[id] ?? 0, after: after[id] ?? 0 })),
  };
}
