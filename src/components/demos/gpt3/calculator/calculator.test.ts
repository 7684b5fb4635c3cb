import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { initial } from "../../../kit/state/hash-state.ts";
import {
  factsOf,
  fields,
  formatSize,
  groupDigits,
  knownModels,
  nameOf,
  offBy,
  problemOf,
  shapeIn,
} from "./calculator.ts";
import { countOf, PRESETS } from "./presets.ts";
import { countShipped, countTensors } from "./shipped.ts";
import { costsOf, type ModelShape, piecesOf, sharesOf } from "./sizes.ts";

const models = new URL("../../../../../public/models/", import.meta.url);
const preset = (wanted: string): ModelShape => PRESETS.find(({ name }) => name === wanted)!;
const parameters = (model: ModelShape): number => costsOf(model, "F32").parameters;

/** The files of the book's models, as they lie there. */
async function count() {
  const file = async (id: string, path: string): Promise<ArrayBuffer> => {
    const bytes = await readFile(new URL(`${id}/${path}`, models));
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  };
  return countShipped({ engine: { file } as Parameters<typeof countShipped>[0]["engine"] });
}

describe("parameters", () => {
  it.each([
    ["GPT-2 small", 124_439_808],
    ["GPT-2 medium", 354_823_168],
    ["GPT-2 large", 774_030_080],
    ["GPT-2 XL", 1_557_611_200],
    ["BERT-base", 110_106_428],
    ["BERT-large", 336_226_108],
  ])("of %s are those of its checkpoint, %i", (name, count) => {
    expect(parameters(preset(name))).toBe(count);
  });

  it.each(PRESETS)("of $name are what its paper says, $published, as far as that is rounded", (model) => {
    expect(Math.abs(parameters(model) / countOf(model.published) - 1)).toBeLessThan(0.025);
  });

  it("of the book's models are those in their files, one by one", async () => {
    const shipped = await count();
    expect(shipped.map(({ name }) => name)).toEqual(["gpt-zh", "bert-zh", "gpt-poem"]);
    for (const model of shipped) expect(parameters(model), model.name).toBe(model.counted);
    // The reader can set each of them.
    const known = knownModels(shipped);
    for (const model of known) {
      const settings = { ...initial(fields), ...shapeIn(model) };
      for (const [key, field] of Object.entries(fields)) {
        const value = settings[key as keyof typeof settings];
        expect(field.decode(String(typeof value === "boolean" ? Number(value) : value)), `${model.name}: ${key}`).toBe(
          value,
        );
      }
      expect(nameOf(settings, known)).toBe(model.name);
      expect(Math.abs(offBy(model))).toBeLessThan(0.025);
    }
  });

  it("leave the scales of 8-bit weights out", () => {
    expect(
      countTensors([
        { name: "a", shape: [2, 3] },
        { name: "a.scale", shape: [2] },
      ]),
    ).toBe(6);
  });

  it("do without biases, and have another matrix where the head is not tied", () => {
    const model = preset("GPT-2 small");
    expect(parameters({ ...model, biases: false })).toBe(124_439_808 - 12 * (9 * 768));
    expect(parameters({ ...model, tied: false })).toBe(124_439_808 + 50_257 * 768);
  });

  it("are all in one group or another", () => {
    for (const model of PRESETS) {
      const shares = sharesOf(piecesOf(model));
      expect(shares.reduce((sum, own) => sum + own.parameters, 0)).toBe(parameters(model));
      expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    }
  });
});

describe("costs", () => {
  const gpt3 = preset("GPT-3 175B");

  it("come to GPT-3's training, 3.14e23 operations on 300 billion tokens (table D.1)", () => {
    const { training, approximation } = costsOf(gpt3, "F16");
    expect((approximation * 300e9) / 3.14e23).toBeCloseTo(1, 2);
    // What 6 N leaves out is attention's own work; what it has too much are the tables, which are looked up.
    expect(training / approximation).toBeGreaterThan(1);
    expect(training / approximation).toBeLessThan(1.03);
  });

  it("are for a tiny model what one counts by hand", () => {
    const tiny: ModelShape = { ...gpt3, vocabulary: 10, positions: 3, layers: 1, width: 2, heads: 1, factor: 4 };
    // Products for a token: 3·4 + 4 of attention, 2 · 16 of the MLP, 20 of the head; attention over 2 keys on average: 2 · 2 · 2.
    expect(costsOf(tiny, "F32")).toMatchObject({ forward: 2 * (16 + 32 + 20) + 2 * 8, attending: 16, cache: 16 });
  });

  it("halve with the format, and a BERT keeps no cache", () => {
    expect(costsOf(gpt3, "F32").memory).toBe(2 * costsOf(gpt3, "F16").memory);
    expect(costsOf(gpt3, "I8").cache).toBe(2 * 96 * 12_288);
    expect(costsOf(preset("BERT-base"), "F16").cache).toBeNull();
  });
});

it("says what cannot be built", () => {
  expect(problemOf(preset("GPT-3 XL"))).toContain("24 个头");
  expect(problemOf(preset("GPT-3 175B"))).toBeUndefined();
});

it("writes sizes and counts", () => {
  expect([0, 999, 349_200_000_000, 1.4e12].map(formatSize)).toEqual([
    "0\u00a0B",
    "999\u00a0B",
    "349\u00a0GB",
    "1.4\u00a0TB",
  ]);
  expect(groupDigits(124_439_808)).toBe("124,439,808");
  expect(factsOf(initial(fields)).map(({ text }) => text)).not.toContain("—");
});
