import { beforeAll, expect, test } from "vitest";
import { sum } from "../../../../engine/statistics.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { openContext } from "../testing/open.ts";
import { type Film, film, looks, type Settings } from "./film.ts";
import { columns, linesOf, tellCost, tellShot, totalOf } from "./words.ts";

const SETTINGS: Settings = { text: "春天来了", tokens: 4, choose: "greedy", temperature: 1, seed: 1 };
let context: WorkContext;
let shot: Film;

async function shoot(settings: Settings, clock?: () => number): Promise<Film> {
  let last: Film | undefined;
  for await (const now of film(context, settings, clock)) last = now;
  return last!;
}

beforeAll(async () => {
  context = await openContext();
  shot = await shoot(SETTINGS);
});

test("the greedy film writes what reading the whole text anew each time gives", async () => {
  const { ids } = await context.engine.encode(context.model.id, `[END]${SETTINGS.text}`);
  const written = [...ids];
  for (const { chosen, candidates } of shot.shots) {
    const logits = await context.engine.next(context.model.id, written);
    const id = logits.indexOf(logits.reduce((most, value) => Math.max(most, value)));
    expect(chosen.text).toBe(context.model.vocabulary[id]);
    expect(candidates[0]).toMatchObject({ text: chosen.text, chosen: true });
    written.push(id);
  }
  expect(shot.tokens).toEqual(written.map((id) => context.model.vocabulary[id]));
});

test("every step reads what is new, and looks at all that is there", () => {
  expect(shot.shots.map(({ fresh }) => fresh)).toEqual([5, 1, 1, 1]);
  expect(shot.shots.map(({ seen }) => seen)).toEqual([5, 6, 7, 8]);
  for (const one of shot.shots)
    for (const head of [0, 1, 4])
      for (const row of looks(one, shot, head)) {
        expect(row).toHaveLength(one.seen);
        expect(sum(row)).toBeCloseTo(1, 4);
      }
});

test("the last block's guess is the likeliest candidate, and the first step costs the same either way", () => {
  for (const { lens, candidates } of shot.shots) {
    expect(lens).toHaveLength(7);
    expect(lens.at(-1)!.text).toBe(candidates[0]!.text);
    expect(lens.at(-1)!.probability).toBeCloseTo(candidates[0]!.probability, 4);
  }
  const [first, second] = shot.shots.map(({ products }) => products);
  expect(first!.cached).toBe(first!.whole);
  expect(second!.whole / second!.cached).toBeGreaterThan(2);
});

test("what is drawn depends on the seed; one that is unlikely is listed all the same", async () => {
  const hot = { ...SETTINGS, choose: "sample", temperature: 2 } as const;
  const [one, same, other] = [await shoot(hot), await shoot(hot), await shoot({ ...hot, seed: 2 })];
  expect(one.tokens).toEqual(same.tokens);
  expect(one.tokens).not.toEqual(other.tokens);
  for (const { candidates } of [...one.shots, ...other.shots]) {
    expect(candidates).toHaveLength(6);
    expect(candidates.filter(({ chosen }) => chosen)).toHaveLength(1);
  }
});

test("steps are timed where there is a clock, and the figure of the build has no times", async () => {
  let ticks = 0;
  const timed = await shoot({ ...SETTINGS, tokens: 2 }, () => (ticks += 5));
  expect(timed.shots.map(({ seconds }) => seconds)).toEqual(Array(2).fill({ cached: 0.005, whole: 0.005 }));
  expect(totalOf(timed.shots, ({ seconds }) => seconds)).toEqual({ cached: 0.01, whole: 0.01 });
  expect(tellCost(timed.shots[1]!)).toContain("5\u00a0毫秒");
  expect(totalOf(shot.shots, ({ seconds }) => seconds)).toBeNull();
  expect(tellShot(shot, 1)).toContain("前面 5 列");
  expect(linesOf(shot).map((line) => columns.at(-1)!.cell(line))).toEqual([null, null, null, null]);
});
