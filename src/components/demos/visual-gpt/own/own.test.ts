import { beforeAll, describe, expect, test } from "vitest";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { drawDepths, type Features } from "../features/features.ts";
import { fields as featuresFields } from "../features/fields.ts";
import { pointsOf } from "../features/words.ts";
import { fields as filmFields } from "../film/fields.ts";
import { type Film, film as shoot } from "../film/film.ts";
import { linesOf as filmLines, tellShot } from "../film/words.ts";
import { read as readHeads, sight } from "../heads.ts";
import { read as readLens } from "../lens/lens.ts";
import { findNeurons, linesOf as neuronLines } from "../neurons/neurons.ts";
import { type Patched, patchAll } from "../patch/patch.ts";
import { lossRows, read as readPositions } from "../position/position.ts";
import { openContext, openOwn } from "../testing/open.ts";
import { readBoth } from "../two-sides/two-sides.ts";
import { read as walk } from "../walk/reading.ts";
import { IDS, stationOf } from "../walk/stations.ts";
import { csvAt } from "../walk/tables.ts";
import { shapeOf, viewOf } from "../walk/views.ts";
import { encodeText, fitting } from "./encode.ts";
import { MOST, within } from "./whose.ts";

/** In byte-level BPE: words of several characters, a space, and half a character. */
const TEXT = "hello 猫";
/** As the tiny model's tokenizer cuts it. */
const TOKENS = ["[endoftext]", "h", "e", "ll", "o", " ", "‹E7›", "‹8C›", "‹AB›"];

let own: WorkContext<"model" | "bert">;

beforeAll(async () => {
  own = await openOwn();
});

async function last<T>(results: AsyncIterable<T>): Promise<T> {
  const all = await Array.fromAsync(results);
  return all.at(-1)!;
}

describe("a text of a model that cuts bytes", () => {
  test("begins behind the mark, and reads as it was written", async () => {
    const { tokens, ids, segments } = await encodeText(own, TEXT);
    expect(tokens).toEqual(TOKENS);
    expect(segments).toHaveLength(ids.length);
    expect(ids[0]).toBe(own.model.endId);
  });

  test("may be one character, and is refused where it is longer than the context, or has a mark in it", async () => {
    expect((await encodeText(own, "a")).tokens).toEqual(["[endoftext]", "a"]);
    await expect(encodeText(own, "猫".repeat(11))).rejects.toThrow("34 个词元，模型最多读 32 个");
    await expect(encodeText(own, "a".repeat(20), 12)).rejects.toThrow("图上最多放 12 个");
    await expect(encodeText(own, "a<|endoftext|>b")).rejects.toThrow("「[endoftext]」是格式的记号");
    const unmarked = { ...own, model: { ...own.model, endId: null } };
    await expect(encodeText(unmarked, "a")).rejects.toThrow("eos_token_id");
  });

  test("of the site's model is what its tokenizer makes of it behind [END]", async () => {
    const site = await openContext();
    for (const text of ["他爱吃苹果。", "猫🐱"]) {
      const { ids, tokens, unknown } = await site.engine.encode(site.model.id, `[END]${text}`);
      expect(await encodeText(site, text)).toMatchObject({ ids, tokens, unknown });
    }
  });

  test("is what a tokenizer puts around it, without what closes it", async () => {
    const bert = { engine: own.engine, model: own.bert };
    expect((await encodeText(bert, "我爱猫")).tokens).toEqual(["[CLS]", "我", "爱", "猫"]);
  });

  test("of several as many are kept as there is room for, the last in any case", async () => {
    const kept = await fitting(own, ["aa", "猫".repeat(20), "b", "c", "d"], 8);
    expect(kept.map(({ text }) => text)).toEqual(["aa", "b", "d"]);
    await expect(fitting(own, ["a", "猫".repeat(20)], 8)).rejects.toThrow("模型最多读 32 个");
  });
});

test("every station of the walk has its numbers, with the shape that it says", async () => {
  const reading = await walk(own, TEXT);
  expect(reading.sizes).toMatchObject({ layers: 1, heads: 2, characters: false, mark: "[endoftext]" });
  expect(stationOf("tokens").says(reading.sizes)).toContain("几个字节");
  for (const station of IDS) {
    const place = { station, layer: 1 };
    expect(csvAt(reading, place, 2, 3).rows.length, station).toBeGreaterThan(0);
    const view = viewOf(reading, place, 2);
    if (view) expect(`${view.rows} × ${view.columns}`, station).toBe(shapeOf(station, reading));
  }
  expect(new Set(reading.guesses[3]!.map(({ text }) => text)).size).toBe(8);
});

test("heads are measured on as many of the model's own tokens as it can read", async () => {
  const reading = await readHeads(own, { text: TEXT, seed: 1 });
  expect(reading.facts).toHaveLength(2);
  expect(reading.repeated).toEqual({ length: 7, times: 4 });
  for (const what of ["head", "mean", "rollout"] as const) {
    const [weights] = sight(reading, { what, layer: 1, head: 2 });
    expect(weights).toHaveLength(TOKENS.length ** 2);
  }
});

test("a film ends where the context is full, and says so", async () => {
  const settings = { ...initial(filmFields), text: "hello 猫 hello 猫 hello", tokens: 20 };
  const whole: Film = await last(shoot(own, settings));
  expect(whole.shots.length).toBeLessThan(20);
  expect(whole.tokens.length - 1).toBe(own.model.contextLength);
  expect(whole.wanted).toBe(20);
  expect(filmLines(whole)).toHaveLength(whole.shots.length);
  expect(tellShot(whole, 1)).toContain("第 2 步");
  expect((await last(shoot(own, { ...settings, text: "a", tokens: 2 }))).wanted).toBeUndefined();
});

test("the lens, positions and neurons read it", async () => {
  const lens = await readLens(own, TEXT);
  expect(lens.depths).toHaveLength(2);
  expect(lens.targets.slice(0, -1)).toEqual(TOKENS.slice(1));
  const positions = await readPositions(own, { text: TEXT, shift: 200, seed: 1 });
  expect(positions.altered[1]!.rows!.at(-1)).toBe(31);
  expect(positions.compared).toEqual({ count: 32, step: 1 });
  expect(lossRows(positions)).toHaveLength(TOKENS.length - 1);
  await expect(readPositions(own, { text: "a".repeat(31), shift: 1, seed: 1 })).rejects.toThrow("没有地方平移");
  const excited = await findNeurons(own, TEXT);
  expect(excited.sentences.at(-1)).toEqual(TOKENS);
  expect(neuronLines(excited)).toHaveLength(12);
});

test("its residual stream is a map", async () => {
  const features: Features = await last(drawDepths(own, { ...initial(featuresFields), own: TEXT }));
  expect(features.depths).toHaveLength(2);
  expect(features.tokens.slice(-8).map(({ text }) => text)).toEqual(TOKENS.slice(1));
  expect(pointsOf(features, "own", features.tokens.length - 1)).toHaveLength(features.tokens.length);
});

test("one sentence is patched with another of as many tokens, whatever they are of characters", async () => {
  const patched: Patched = await last(patchAll(own, { donor: "五月", into: "五夜" }));
  expect(patched.into.tokens).toEqual(["[endoftext]", "五", "夜"]);
  expect(patched.leans).toHaveLength(2 * 3);
  await expect(last(patchAll(own, { donor: "hello", into: "hello 猫" }))).rejects.toThrow(
    "现在一句 4 个词元，一句 8 个",
  );
});

test("a GPT that cuts a sentence otherwise than BERT is compared with it all the same", async () => {
  const both = await readBoth({ ...own, gpt: own.model }, "我爱猫", "我爱狗");
  expect(both.alike).toBe(false);
  const { gpt, bert } = both.sides;
  expect(bert.changed.map((place) => bert.tokens[place])).toEqual(["猫"]);
  expect(gpt.changed.length).toBeGreaterThan(0);
  expect(gpt.changes).toHaveLength(gpt.tokens.length);
  for (const place of [0, 1, 2]) expect(gpt.changes[place]).toBe(0);
});

test("layers and heads that a model has not are no choice, and what was set beyond is the last", () => {
  const value = initial(filmFields);
  const limited = within({ fields: filmFields, value }, { head: 2, step: 3 });
  expect(limited.fields.head.options.map(({ value }) => value)).toEqual([0, 1, 2]);
  value.head = 9;
  expect(limited.value.head).toBe(2);
  limited.value.head = 1;
  expect(value.head).toBe(1);
  expect(limited.value.text).toBe(value.text);
  expect(filmFields.head.decode(String(MOST.heads))).toBe(MOST.heads);
});
