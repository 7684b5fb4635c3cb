import { expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../../engine/decoding/settings.ts";
import { compose, type PickedToken } from "./compose.ts";

const END = 3;

/** A model that always gives the tokens 0, 1, 2 and END the same odds, until the third token, where it insists on END. */
function treeOf(appended: number[][]) {
  return {
    append: async (_parent: number | null, ids: readonly number[]) => {
      appended.push([...ids]);
      const last = appended.flat().length >= 5;
      return { node: appended.length, logits: Float32Array.from(last ? [0, 0, 0, 99] : [3, 2, 1, -9]) };
    },
  };
}

async function write(settings: Partial<typeof DEFAULT_SETTINGS>): Promise<{ picks: PickedToken[]; read: number[][] }> {
  const read: number[][] = [];
  const picks = await Array.fromAsync(
    compose(treeOf(read), [7, 7], { ...DEFAULT_SETTINGS, doSample: true, endIds: [END], seed: 5, ...settings }),
  );
  return { picks, read };
}

it("reads the prompt, then each token it has written, and stops at the end token", async () => {
  const { picks, read } = await write({});
  expect(picks).toHaveLength(3);
  expect(read).toEqual([[7, 7], ...picks.map(({ token }) => [token])]);
});

it("writes the same text with the same seed", async () => {
  const texts = await Promise.all([write({ seed: 5 }), write({ seed: 5 })]);
  expect(texts[0].picks).toEqual(texts[1].picks);
});

it("tells what a token was chosen from, before and after the filters", async () => {
  const { picks } = await write({ topK: 2 });
  const { candidates, token, probability } = picks[0]!;
  expect(candidates.map((candidate) => candidate.token)).toEqual([0, 1, 2, 3]);
  expect(candidates.map(({ after }) => after > 0)).toEqual([true, true, false, false]);
  expect(candidates.find((candidate) => candidate.token === token)?.before).toBe(probability);
  expect(candidates.reduce((sum, { after }) => sum + after, 0)).toBeCloseTo(1, 5);
});

it("never writes more than it may", async () => {
  expect((await write({ maxNewTokens: 2 })).picks).toHaveLength(2);
});
