import { beforeAll, expect, test } from "vitest";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { READ } from "../features/sentences.ts";
import { openContext } from "../testing/open.ts";
import { CONTEXTS, commonest, type Excited, findNeurons, readAndNext, tellNeuron } from "./neurons.ts";

const OWN = "我打开门，外面正在下雪。";
let context: WorkContext;
let excited: Excited;

beforeAll(async () => {
  context = await openContext();
  excited = await findNeurons(context, OWN);
});

test("what excites a neuron is what the model's own trace says, highest first", async () => {
  expect(excited.sentences).toHaveLength(READ.length + 1);
  const { neuron, layer, contexts } = excited.neurons.find(({ layer }) => layer === 4)!;
  const [first] = contexts;
  const text = [...READ, OWN][first!.sentence]!;
  const { ids } = await context.engine.encode(context.model.id, `[END]${text}`);
  const name = `blocks.${layer - 1}.mlp.post`;
  const { data } = (await context.engine.traces(context.model.id, ids, [name])).get(name)!;
  expect(first!.value).toBeCloseTo(data[first!.place * excited.width + neuron]!, 4);
  expect(contexts.map(({ value }) => value)).toEqual(contexts.map(({ value }) => value).toSorted((a, b) => b - a));
  for (const { values, place, value } of contexts) expect(values[place]).toBe(value);
});

test("of every block the choosiest are listed, choosiest first", () => {
  for (let layer = 1; layer <= excited.layers; layer++) {
    const own = excited.neurons.filter((neuron) => neuron.layer === layer);
    expect(own).toHaveLength(12);
    expect(own[0]!.selectivity).toBeGreaterThanOrEqual(own.at(-1)!.selectivity);
    for (const { contexts } of own) expect(contexts).toHaveLength(CONTEXTS);
  }
});

const SENTENCES = {
  sentences: [
    ["[END]", "我", "很", "好"],
    ["[END]", "天", "很", "冷"],
    ["[END]", "他", "好"],
  ],
};
const neuron = (...places: readonly (readonly [sentence: number, place: number])[]) => ({
  ...{ layer: 1, neuron: 0, selectivity: 1 },
  contexts: places.map(([sentence, place]) => ({ sentence, place, value: 1, values: [] })),
});

test("a neuron is named by what half of its contexts share, before it or behind", () => {
  expect(tellNeuron(SENTENCES, neuron([0, 2], [1, 2]))).toBe("读到「很」，2 次里有 2 次");
  expect(tellNeuron(SENTENCES, neuron([0, 1], [1, 1], [2, 1]))).toBe("后面跟着「很」，3 次里有 2 次");
  expect(tellNeuron(SENTENCES, neuron([0, 1], [1, 2], [2, 1]))).toBe("没有一半以上相同的字");
  expect(readAndNext(SENTENCES, neuron([0, 3])).next).toEqual([]);
  expect(commonest(["a", "b", "b", "a", "a"])).toEqual({ text: "a", count: 3 });
});
