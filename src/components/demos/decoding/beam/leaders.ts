import type { Hypothesis } from "../../../../engine/decoding/beam.ts";
import { type BeamNode, tokensTo } from "./layout.ts";

/** A text of the list: one of the n-best, or, as long as the search goes on, one that leads by now. */
export interface Leader extends Pick<Hypothesis, "ids" | "logProb" | "score"> {
  /** Why it ended; null while it is still being written. */
  readonly reason: Hypothesis["reason"] | null;
}

/**
 * Who leads after a step, best first: what is finished by then, and the beams that go on.
 *
 * @param finished of the step
 * @param column its candidates
 */
export function leadersOf(
  finished: readonly Hypothesis[],
  column: readonly BeamNode[],
  lengthPenalty: number,
  count: number,
): Leader[] {
  const beams = column
    .filter(({ candidate }) => candidate.fate === "kept")
    .map((node): Leader => {
      const { score: logProb } = node.candidate;
      return { ids: tokensTo(node), logProb, score: logProb / node.step ** lengthPenalty, reason: null };
    });
  return [...finished, ...beams].sort((a, b) => b.score - a.score).slice(0, count);
}
