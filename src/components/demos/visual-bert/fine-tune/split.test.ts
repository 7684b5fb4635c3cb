import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { SETS } from "./sets/sets.ts";
import { poolSize, splitTask } from "./split.ts";

describe.each(Object.entries(SETS))("the sentences of %s", (_name, set) => {
  test("are at least 120, all different, every class alike", () => {
    expect(set.texts.length).toBeGreaterThanOrEqual(120);
    expect(new Set(set.texts.map(({ text }) => text)).size).toBe(set.texts.length);
    const counts = set.classes.map((_, label) => set.texts.filter((one) => one.label === label).length);
    expect(new Set(counts).size).toBe(1);
  });

  test("were kept out of what bert-zh was trained on, word for word", () => {
    const folder = "training/sentences";
    const files = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, "utf8"));
    expect(set.texts.filter(({ text }) => files.some((file) => file.includes(text)))).toEqual([]);
  });

  test("nothing is both trained on and asked; the seed draws what is trained on, and changes no question", () => {
    const [one, same, other] = [7, 7, 8].map((seed) => splitTask(set, 24, seed));
    expect(same).toEqual(one);
    expect(other!.validation).toEqual(one!.validation);
    expect(other!.training).not.toEqual(one!.training);
    const asked = new Set(one!.validation.map(({ text }) => text));
    for (const { training } of [one!, other!, splitTask(set, poolSize(set), 1)]) {
      expect(training.filter(({ text }) => asked.has(text))).toEqual([]);
    }
    expect(one!.validation).toHaveLength(set.texts.length / 2);
  });

  test("the texts that are trained on are shared out evenly among the classes", () => {
    const { training } = splitTask(set, 24, 3);
    const counts = set.classes.map((_, label) => training.filter((one) => one.label === label).length);
    expect(counts).toEqual(set.classes.map(() => 24 / set.classes.length));
    expect(splitTask(set, 1000, 3).training).toHaveLength(poolSize(set));
    expect(splitTask(set, 0, 3).training).toHaveLength(set.classes.length);
  });
});

test("classes of unequal size are used as far as they go, and two sentences of a class are one for each side", () => {
  const set = {
    classes: ["few", "many"],
    texts: [..."ab"].map((text) => ({ text, label: 0 })).concat([..."cdefgh"].map((text) => ({ text, label: 1 }))),
  };
  const { training, validation } = splitTask(set, 4, 1);
  expect(training.map(({ label }) => label).sort()).toEqual([0, 1, 1, 1]);
  expect(validation.map(({ label }) => label)).toEqual([0, 1, 1, 1]);
});
