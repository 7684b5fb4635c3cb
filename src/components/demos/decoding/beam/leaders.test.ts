import { expect, it } from "vitest";
import { beamSearch } from "../../../../engine/decoding/beam.ts";
import { DEFAULT_SETTINGS } from "../../../../engine/decoding/settings.ts";
import { ToyTree } from "../../../../engine/decoding/toy-tree.ts";
import { randomLogits, SEEDS } from "../../../../engine/testing/random-logits.ts";
import { bigram } from "../../../../engine/testing/toys.ts";
import { type BeamNode, layoutBeams } from "./layout.ts";
import { leadersOf } from "./leaders.ts";

it.each(SEEDS)("who leads, step by step, and at the end the n-best list (seed %i)", async (seed) => {
  const model = bigram(Array.from({ length: 10 }, (_, token) => [...randomLogits(100 * seed + token, 10)]));
  const settings = { ...DEFAULT_SETTINGS, numBeams: 3, numReturnSequences: 2, endIds: [0], maxNewTokens: 8 };
  const { lengthPenalty } = settings;
  const steps = [];
  for await (const event of beamSearch(new ToyTree(model), [1], settings)) {
    if (event.type === "result") {
      // No beam that was given up is better than what the search found.
      const column: readonly BeamNode[] = [];
      expect(leadersOf(steps.at(-1)?.hypotheses ?? [], column, lengthPenalty, 2)).toEqual(event.hypotheses);
      break;
    }
    steps.push(event);
    const { nodes } = layoutBeams(steps, [], { column: 50, row: 20, margin: 10 });
    const column = nodes.filter(({ step }) => step === event.length);
    const leaders = leadersOf(event.hypotheses, column, lengthPenalty, 2);
    expect(leaders).toHaveLength(2);
    expect(leaders[0]!.score).toBeGreaterThanOrEqual(leaders[1]!.score);
    for (const { ids, logProb, score, reason } of leaders) {
      expect(score).toBeCloseTo(logProb / ids.length ** lengthPenalty, 6);
      expect(ids.length).toBeLessThanOrEqual(event.length);
      if (reason === null) expect(ids).toHaveLength(event.length);
    }
  }
});
