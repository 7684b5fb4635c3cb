import { describe, expect, it } from "vitest";
import { Random } from "../../../../engine/random.ts";
import { bestMeant, isMeant, rowOf, type Sample, verdictOf } from "./measure.ts";
import { writeTilted } from "./sample.ts";
import { rootTicks } from "./ticks.ts";

/** Three tokens, the last one ends a text; what has been written does not matter. */
const REFERENCE = [0.6, 0.3, 0.1];
const logits = () => Float32Array.from(REFERENCE, Math.log);
const rewards = Float64Array.of(0, 1, 0);
const never = new AbortController().signal;

async function writeAll(beta: number, seeds: readonly number[], maxTokens = 200, signal = never) {
  const asked: number[][] = [];
  const tree = {
    extend: async (parents: readonly number[], ids: readonly number[]) => {
      expect(parents).toHaveLength(ids.length);
      asked.push([...ids]);
      return ids.map((id, i) => ({ node: 100 * asked.length + i + id, logits: logits() }));
    },
  };
  const settings = { rewards, beta, maxTokens, endIds: [2] };
  const randoms = seeds.map((seed) => new Random(seed));
  return { texts: await writeTilted(tree, { node: 0, logits: logits() }, settings, randoms, signal), asked };
}

async function write(beta: number, seed: number, maxTokens?: number, signal?: AbortSignal) {
  const { texts, asked } = await writeAll(beta, [seed], maxTokens, signal);
  return { text: texts[0]!, asked: asked.flat() };
}

describe("writeTilted", () => {
  it("adds up reward, ln π_ref and KL along the text, and runs every token but the last", async () => {
    const { text, asked } = await write(0.5, 3);
    const e2 = Math.exp(2);
    const sum = 0.7 + 0.3 * e2;
    const policy = [0.6 / sum, (0.3 * e2) / sum, 0.1 / sum];
    const perStep = policy.reduce((total, p, i) => total + p * Math.log(p / REFERENCE[i]!), 0);
    expect(text.finished).toBe(true);
    expect(asked).toEqual(text.ids);
    expect(text.kl).toBeCloseTo(perStep * (text.ids.length + 1), 5);
    expect(text.reward).toBe(text.ids.filter((id) => id === 1).length);
    const logProb = [...text.ids, 2].reduce((total, id) => total + Math.log(REFERENCE[id]!), 0);
    expect(text.logProb).toBeCloseTo(logProb, 4);
  });

  it("without a reward to gain is the model itself", async () => {
    const { text } = await write(Number.POSITIVE_INFINITY, 1);
    expect(text.kl).toBeCloseTo(0, 6);
  });

  it("on a long leash writes nothing but what is rewarded, until it is stopped", async () => {
    const { text, asked } = await write(0.01, 1, 12);
    expect(text.ids).toEqual(new Array(12).fill(1));
    expect([text.finished, asked.length]).toEqual([false, 11]);
  });

  it("writes each text as if it were alone, and runs only those that go on", async () => {
    const seeds = [1, 2, 3, 4, 5];
    const { texts, asked } = await writeAll(1, seeds);
    for (const [i, seed] of seeds.entries()) expect(texts[i]).toEqual((await write(1, seed)).text);
    const lengths = texts.map(({ ids }) => ids.length);
    expect(new Set(lengths).size).toBeGreaterThan(1);
    expect(asked.map((ids) => ids.length)).toEqual(
      Array.from({ length: Math.max(...lengths) }, (_, t) => lengths.filter((length) => length > t).length),
    );
  });

  it("the same seed writes the same, and a cancelled one stops", async () => {
    expect((await write(1, 5)).text).toEqual((await write(1, 5)).text);
    expect((await write(1, 5, 200, AbortSignal.abort())).text.ids).toEqual([]);
  });
});

const GOOD = "床前明月光，疑是地上霜。举头望山色，低头思故乡。";
const sample = (body: string, finished = true, reward = 1): Sample => ({ body, finished, reward, kl: 2, logProb: -48 });

describe("what was meant", () => {
  it("mentions a character, keeps the form, and harps on nothing", () => {
    expect(isMeant(sample(GOOD), "五绝", "月花")).toBe(true);
    expect(isMeant(sample(GOOD), "五绝", "雪")).toBe(false);
    expect(isMeant(sample(GOOD), "七绝", "月")).toBe(false);
    expect(isMeant(sample(GOOD, false), "五绝", "月")).toBe(false);
    expect(isMeant(sample(GOOD.replace("山色", "月月")), "五绝", "月")).toBe(false);
    expect(isMeant(sample(""), "五绝", "月")).toBe(false);
  });

  it("is counted beside what was optimised", () => {
    const row = rowOf(0.5, [sample(GOOD), sample("月".repeat(32), false, 32)], "五绝", "月");
    expect([row.reward, row.kl, row.meant]).toEqual([16.5, 2, 0.5]);
    expect(row.logProb).toBeCloseTo((-48 / 25 - 48 / 32) / 2, 9);
    // 23 pairs of the poem, all different, and 31 times 月月.
    expect(row.distinct2).toBeCloseTo(24 / 54, 9);
  });

  it("the verdict says whether it rose and fell", () => {
    const row = (beta: number, reward: number, meant: number) => ({
      ...rowOf(beta, [sample("")], "五绝", ""),
      reward,
      meant,
    });
    const rows = [row(Number.POSITIVE_INFINITY, 0.4, 0.3), row(0.3, 3, 0.8), row(0.05, 20, 0)];
    expect(bestMeant(rows)?.beta).toBe(0.3);
    expect(verdictOf(rows)).toContain("升到 80%（β = 0.3）");
    expect(verdictOf(rows)).toContain("跌到 0%");
    expect(verdictOf(rows)).toContain("到 20.0 个，一步也没有跌");
    expect(verdictOf(rows.with(1, row(0.3, 0.1, 0.8)))).not.toContain("一步也没有跌");
    expect(verdictOf(rows.slice(1))).toContain("没有先升后跌");
    expect(verdictOf([])).toBe("");
  });
});

it.each([1, 1.4, 7, 60, 230, 999])("ticks of an axis to %d are round, few, and stand apart", (farthest) => {
  const ticks = rootTicks(farthest);
  expect(ticks.length).toBeGreaterThanOrEqual(3);
  expect(ticks.length).toBeLessThanOrEqual(5);
  expect(ticks.at(-1)).toBeLessThanOrEqual(farthest);
  const places = ticks.map((tick) => Math.sqrt(tick / farthest));
  for (let i = 1; i < places.length; i++) expect(places[i]! - places[i - 1]!).toBeGreaterThanOrEqual(0.18);
});
