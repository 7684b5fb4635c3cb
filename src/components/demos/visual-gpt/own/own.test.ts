import { beforeAll, describe, expect, test } from "vitest";
import { separatorOf } from "../../../../engine/model-info.ts";
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
import { read as readLikely, stepsOf, tellText } from "../perplexity/perplexity.ts";
import { lossRows, read as readPositions } from "../position/position.ts";
import { openContext, openOwn, openShaped } from "../testing/open.ts";
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
const WORDS = ["h", "e", "ll", "o", " ", "‹E7›", "‹8C›", "‹AB›"];
const MARK = "[endoftext]";

async function last<T>(results: AsyncIterable<T>): Promise<T> {
  const all = await Array.fromAsync(results);
  return all.at(-1)!;
}

/** The tiny model as it is, and with a config.json that names no token between texts. */
describe.each([
  { name: "a model with a mark", change: {}, marks: [MARK] },
  { name: "a model without a mark", change: { eos_token_id: undefined }, marks: [] },
])("$name", ({ change, marks }) => {
  const tokens = [...marks, ...WORDS];
  const front = marks.length;
  const { length } = tokens;
  let own: WorkContext<"model" | "bert">;

  beforeAll(async () => {
    own = await openOwn(change);
  });

  test("a text begins behind the mark, if there is one, and reads as it was written", async () => {
    const read = await encodeText(own, TEXT);
    expect(read).toMatchObject({ tokens, front });
    expect(read.segments).toHaveLength(length);
    expect(separatorOf(own.model)).toBe(front === 1 ? read.ids[0] : null);
  });

  test("a text may be one character, and is refused where it is longer than the context, has a mark in it, or nothing", async () => {
    expect((await encodeText(own, "a")).tokens).toEqual([...marks, "a"]);
    await expect(encodeText(own, "猫".repeat(11))).rejects.toThrow(`${33 + front} 个词元，模型最多读 32 个`);
    expect((await encodeText(own, "a".repeat(32 - front))).ids).toHaveLength(32);
    await expect(encodeText(own, "a".repeat(20), 12)).rejects.toThrow("图上最多放 12 个");
    await expect(encodeText(own, "a<|endoftext|>b")).rejects.toThrow("「[endoftext]」是格式的记号");
    await expect(encodeText(own, "")).rejects.toThrow("没有一个词元");
  });

  test("of several texts as many are kept as there is room for, the last in any case", async () => {
    const kept = await fitting(own, ["aa", "猫".repeat(20), "b", "c", "d"], 5 + 3 * front);
    expect(kept.map(({ text }) => text)).toEqual(front === 1 ? ["aa", "b", "d"] : ["aa", "b", "c", "d"]);
    await expect(fitting(own, ["a", "猫".repeat(20)], 8)).rejects.toThrow("模型最多读 32 个");
  });

  test("every station of the walk has its numbers, with the shape that it says", async () => {
    const reading = await walk(own, TEXT);
    expect(reading.sizes).toMatchObject({ layers: 1, heads: 2, characters: false, mark: marks.join("") });
    const words = stationOf("tokens").says(reading.sizes);
    expect(words).toContain("几个字节");
    expect(words).toContain(front === 1 ? "最前面的 [endoftext]" : "没有表示文章开头的记号");
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
    expect(reading.repeated).toEqual({ length: front === 1 ? 7 : 8, times: 4 });
    for (const what of ["head", "mean", "rollout"] as const) {
      const [weights] = sight(reading, { what, layer: 1, head: 2 });
      expect(weights).toHaveLength(length ** 2);
    }
  });

  test("perplexity is of every token before which something stands", async () => {
    const likely = await readLikely(own, TEXT);
    expect([...likely.given, ...likely.tokens]).toEqual(WORDS);
    expect(likely.given).toHaveLength(1 - front);
    const steps = stepsOf(likely);
    expect(steps.map(({ place }) => place)).toEqual([...WORDS.keys()].map((i) => i + 1).slice(1 - front));
    for (const { loss } of steps) expect(loss).toBeGreaterThan(0);
    expect(tellText(likely)).toContain(`${WORDS.length - 1 + front} 个词元的概率`);
    // What the model is asked is what the lens reads at the place before.
    const lens = await readLens(own, TEXT);
    const [first] = steps;
    expect(lens.depths.at(-1)![0]!.target).toBeCloseTo(first!.probability, 5);
  });

  test("a film begins with the text, ends where the context is full, and says so", async () => {
    const settings = { ...initial(filmFields), text: "hello 猫 hello 猫 hello", tokens: 20 };
    const whole: Film = await last(shoot(own, settings));
    expect(whole.shots.length).toBeLessThan(20);
    expect(whole.tokens.length - 1).toBe(own.model.contextLength);
    expect(whole.wanted).toBe(20);
    expect(filmLines(whole)).toHaveLength(whole.shots.length);
    expect(tellShot(whole, 1)).toContain("第 2 步");
    expect(whole.shots).toHaveLength(own.model.contextLength + 1 - whole.prompt);
    const short = await last(shoot(own, { ...settings, text: "a", tokens: 2 }));
    expect(short.wanted).toBeUndefined();
    expect(short.shots[0]!.fresh).toBe(1 + front);
  });

  test("the lens, positions and neurons read it", async () => {
    const lens = await readLens(own, TEXT);
    expect(lens.depths).toHaveLength(2);
    expect(lens.targets.slice(0, -1)).toEqual(tokens.slice(1));
    const positions = await readPositions(own, { text: TEXT, shift: 200, seed: 1 });
    expect(positions.altered[1]!.rows!.at(-1)).toBe(31);
    expect(positions.compared).toEqual({ count: 32, step: 1 });
    expect(lossRows(positions).map(({ place }) => place)).toEqual([...WORDS.keys()].map((i) => i + 1).slice(1 - front));
    await expect(readPositions(own, { text: "a".repeat(32 - front), shift: 1, seed: 1 })).rejects.toThrow(
      "没有地方平移",
    );
    const excited = await findNeurons(own, TEXT);
    expect(excited.sentences.at(-1)!.slice(excited.front)).toEqual(WORDS);
    expect(neuronLines(excited)).toHaveLength(12);
  });

  test("its residual stream is a map", async () => {
    const features: Features = await last(drawDepths(own, { ...initial(featuresFields), own: TEXT }));
    expect(features.depths).toHaveLength(2);
    expect(features.tokens.slice(-8).map(({ text }) => text)).toEqual(WORDS);
    expect(features.depths[0]!.positions).toHaveLength(2 * features.tokens.length);
    expect(pointsOf(features, "own", features.tokens.length - 1)).toHaveLength(features.tokens.length);
  });

  test("one sentence is patched with another of as many tokens, whatever they are of characters", async () => {
    const patched: Patched = await last(patchAll(own, { donor: "五月", into: "五夜" }));
    expect(patched.into).toMatchObject({ tokens: [...marks, "五", "夜"], front });
    expect(patched.leans).toHaveLength(2 * (2 + front));
    await expect(last(patchAll(own, { donor: "hello", into: "hello 猫" }))).rejects.toThrow(
      "现在一句 4 个词元，一句 8 个",
    );
  });

  test("a GPT that cuts a sentence otherwise than BERT is compared with it all the same", async () => {
    const both = await readBoth({ ...own, gpt: own.model }, "我爱猫", "我爱狗");
    expect(both.alike).toBe(false);
    const { gpt, bert } = both.sides;
    expect(bert.changed.map((place) => bert.tokens[place])).toEqual(["猫"]);
    expect(bert.words).toEqual(["我", "爱", "猫"]);
    expect(gpt.tokens).toEqual([...marks, ...gpt.words]);
    expect(gpt.changes).toHaveLength(gpt.tokens.length);
    const [changed] = gpt.changed;
    expect(changed).toBeGreaterThan(0);
    for (let place = 0; place < changed!; place++) expect(gpt.changes[place]).toBe(0);
  });

  test("a text of one character is in all of them, or is said to be too short", async () => {
    expect((await walk(own, "a")).guesses).toHaveLength(1 + front);
    expect((await readHeads(own, { text: "a", seed: 1 })).facts).toHaveLength(2);
    expect((await readLens(own, "a")).targets).toHaveLength(1 + front);
    expect((await findNeurons(own, "a")).sentences.at(-1)).toHaveLength(1 + front);
    const patched: Patched = await last(patchAll(own, { donor: "a", into: "b" }));
    expect(patched.leans).toHaveLength(2 * (1 + front));
    const positions = readPositions(own, { text: "a", shift: 1, seed: 1 });
    const likely = readLikely(own, "a");
    if (front === 1) {
      expect(lossRows(await positions)).toHaveLength(1);
      expect((await likely).logProbs).toHaveLength(1);
    } else {
      await expect(positions).rejects.toThrow("至少要有一个可以猜的词元");
      await expect(likely).rejects.toThrow("「a」前面没有东西，猜不了它。至少写两个词元");
    }
  });
});

describe("a text", () => {
  test("of the site's model is what its tokenizer makes of it behind [END]", async () => {
    const site = await openContext();
    for (const text of ["他爱吃苹果。", "猫🐱"]) {
      const { ids, tokens, unknown } = await site.engine.encode(site.model.id, `[END]${text}`);
      expect(await encodeText(site, text)).toMatchObject({ ids, tokens, unknown, front: 1 });
    }
  });

  test("is what a tokenizer puts around it, without what closes it", async () => {
    const { engine, bert } = await openOwn();
    expect(await encodeText({ engine, model: bert }, "我爱猫")).toMatchObject({
      tokens: ["[CLS]", "我", "爱", "猫"],
      front: 1,
    });
  });
});

test("a film stops at any of several ends", async () => {
  const settings = { ...initial(filmFields), text: "hello", tokens: 8, choose: "greedy" as const };
  const idsOf = ({ model }: WorkContext<"model" | "bert">, { tokens, prompt }: Film): number[] =>
    tokens.slice(prompt).map((token) => model.vocabulary.indexOf(token));
  const endless = await openOwn({ eos_token_id: null });
  const written = idsOf(endless, await last(shoot(endless, settings)));
  const end = written.at(-1)!;
  const unwritten = endless.model.vocabulary.findIndex((_, id) => !written.includes(id));
  for (const eos_token_id of [
    [end, unwritten],
    [unwritten, end],
  ]) {
    const own = await openOwn({ eos_token_id });
    const film: Film = await last(shoot(own, settings));
    expect(idsOf(own, film)).toEqual(written.slice(0, written.indexOf(end) + 1));
    expect(film.places).toBe(film.tokens.length - 1);
  }
});

test.each([
  ["one block, one head, eight positions", { n_layer: 1, n_head: 1, n_positions: 8 }],
  ["four positions, no mark", { n_positions: 4, eos_token_id: [0, 1] }],
  [
    "twelve blocks of twelve heads, a narrow network in them, GELU as it is defined, an output table of its own",
    {
      ...{ n_layer: 12, n_head: 12, n_embd: 24, n_inner: 20, n_positions: 12 },
      ...{ tie_word_embeddings: false, activation_function: "gelu" },
    },
  ],
])("a model may have %s", async (_, change) => {
  const own = await openShaped(change);
  const { layers, heads } = own.model.config;
  const text = "hell";
  const { tokens } = await encodeText(own, text);
  const { length } = tokens;
  const reading = await walk(own, text);
  for (const station of IDS) {
    const view = viewOf(reading, { station, layer: layers }, heads);
    if (view) expect(`${view.rows} × ${view.columns}`, station).toBe(shapeOf(station, reading));
  }
  const measured = await readHeads(own, { text, seed: 1 });
  expect(measured.facts).toHaveLength(layers * heads);
  expect(measured.repeated.length * measured.repeated.times).toBeGreaterThan(2);
  expect((await readLens(own, text)).depths).toHaveLength(layers + 1);
  expect(stepsOf(await readLikely(own, text)).at(-1)!.place).toBe(3);
  const positions = await readPositions(own, { text, shift: 1, seed: 1 });
  expect(positions.likeness).toHaveLength(positions.compared.count ** 2);
  expect(lossRows(positions)).toHaveLength(length - 1);
  const film: Film = await last(shoot(own, { ...initial(filmFields), text, tokens: 2 }));
  expect(film.shots).toHaveLength(2);
  expect(film.shots[0]!.lens).toHaveLength(layers + 1);
  const excited = await findNeurons(own, text);
  expect(excited.neurons).toHaveLength(layers * 12);
  const features: Features = await last(drawDepths(own, { ...initial(featuresFields), own: text }));
  expect(features.depths).toHaveLength(layers + 1);
  if (own.model.contextLength < 9) {
    // None of the sentences has room.
    expect(features.tokens).toHaveLength(3);
    await expect(last(drawDepths(own, { ...initial(featuresFields), own: "he" }))).rejects.toThrow("只有 2 个词元");
  }
  for (const { positions } of features.depths) expect(positions.every(Number.isFinite)).toBe(true);
  const patched: Patched = await last(patchAll(own, { donor: "五月", into: "五夜" }));
  expect(patched.leans.every(Number.isFinite)).toBe(true);
  const { sides } = await readBoth({ ...own, gpt: own.model }, "月", "夜");
  expect(sides.gpt.patterns).toHaveLength(layers);
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
