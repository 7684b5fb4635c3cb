import type { RemoteTree } from "../../../../engine/client.ts";
import { filteredLogProbs } from "../../../../engine/decoding/beam.ts";
import { roomFor } from "../../../../engine/decoding/choice.ts";
import { greedyToken } from "../../../../engine/decoding/greedy.ts";
import { filterLogits, lastStage } from "../../../../engine/decoding/pipeline.ts";
import type { GenerationSettings } from "../../../../engine/decoding/settings.ts";

/** What greedy decoding writes, weighed on the scale of a beam search. */
export interface GreedyText {
  /** Generated tokens, the end token included. */
  readonly ids: readonly number[];
  /** Sum of the log-probabilities that the search would have added up for this text. */
  readonly logProb: number;
  /** logProb / lengthᵅ, as in `Hypothesis`. */
  readonly score: number;
}

/**
 * Greedy decoding under the settings of a beam search: the same filters, length limits and scores, so that the two can be compared.
 *
 * @param promptIds not empty, at most `contextLength` long
 * @returns what was written until the end or until the signal aborted; no token where the prompt leaves no room
 */
export async function greedyText(
  tree: Pick<RemoteTree, "append">,
  promptIds: readonly number[],
  contextLength: number,
  settings: GenerationSettings,
  signal: AbortSignal,
): Promise<GreedyText> {
  const room = roomFor(promptIds.length, contextLength, settings.maxNewTokens);
  const ids: number[] = [];
  let logProb = 0;
  let step = await tree.append(null, promptIds);
  while (ids.length < room.tokens && !signal.aborted) {
    const history = [...promptIds, ...ids];
    const token = greedyToken(lastStage(filterLogits(step.logits, history, settings)).logits);
    logProb += filteredLogProbs(step.logits, history, settings)[token] ?? 0;
    ids.push(token);
    if (settings.endIds.includes(token) || ids.length === room.tokens) break;
    step = await tree.append(step.node, [token]);
  }
  return { ids, logProb, score: ids.length > 0 ? logProb / ids.length ** settings.lengthPenalty : 0 };
}
