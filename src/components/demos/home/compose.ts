import type { RemoteTree } from "../../../engine/client.ts";
import { filterLogits, lastStage, type Stages } from "../../../engine/decoding/pipeline.ts";
import type { GenerationSettings } from "../../../engine/decoding/settings.ts";
import { softmax } from "../../../engine/decoding/softmax.ts";
import { type Compared, compare } from "../../subjects/poems/compare.ts";
import { decide } from "../../subjects/poems/decide.ts";

/** Candidates that are kept of each step. */
const SHOWN = 10;

/** A token of the poem, with what it was chosen from. */
export interface PickedToken {
  readonly token: number;
  readonly probability: number;
  /** The most likely tokens, best first; the chosen one is among them, at the end if need be. */
  readonly candidates: readonly Compared[];
}

/** Writes token by token and tells of each what it was chosen from. Ends at an end token, which is no part of the text. */
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
    if (settings.endIds.includes(token)) return;
    yield describePick(stages, token);
    history = [...history, token];
    step = await tree.append(step.node, [token]);
  }
}

function describePick(stages: Stages, token: number): PickedToken {
  const before = softmax(stages[0].logits);
  const after = softmax(lastStage(stages).logits);
  return { token, probability: before[token] ?? 0, candidates: compare(before, after, SHOWN, [token]) };
}
