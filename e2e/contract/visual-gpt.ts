import { CLOCKS } from "../../src/components/demos/visual-gpt/film/words.ts";
import type { Row } from "./row.ts";

export const visualGptRows: readonly Row[] = [
  {
    page: "/gpt-bert/visual-gpt/",
    demo: "walk",
    settings: { station: "mask", layer: 2, head: 3 },
    result: "title",
    change: { fill: "一句话", with: "我爱猫" },
  },
  {
    page: "/gpt-bert/visual-gpt/introduction/",
    demo: "perplexity",
    result: "words",
    change: { fill: "一段话", with: "我爱猫。" },
  },
  {
    page: "/gpt-bert/visual-gpt/architecture/",
    demo: "features",
    result: "neighbours",
    midway: /^画到/,
    change: { fill: "你的一句话", with: "我爱一只猫" },
    backends: {
      tolerance: 0.02,
      because:
        "whose neighbour is nearest may depend on the last digits, and then a share of some hundred moves by one",
    },
  },
  {
    page: "/gpt-bert/visual-gpt/architecture/",
    demo: "neurons",
    result: "contexts",
    change: { fill: "再加一段你的话", with: "我爱猫。" },
  },
  {
    page: "/gpt-bert/visual-gpt/gpt-and-bert/",
    demo: "two-sides",
    settings: { text: "我爱猫", other: "我爱狗", layer: 2 },
    result: "words",
    change: { fill: "改几个字，一样长", with: "他爱猫" },
  },
  {
    page: "/gpt-bert/visual-gpt/generation/",
    demo: "film",
    settings: { text: "我爱", tokens: 3, temperature: 1.5, step: 2 },
    result: "candidates",
    clocks: CLOCKS,
    seeded: true,
  },
  {
    page: "/gpt-bert/visual-gpt/input/",
    demo: "position",
    settings: { shift: 60, layer: 2 },
    result: "ways",
    seeded: true,
  },
  {
    page: "/gpt-bert/visual-gpt/attention/",
    demo: "heads",
    settings: { layer: 5, view: "matrix" },
    result: "head",
    seeded: true,
  },
  {
    page: "/gpt-bert/visual-gpt/attention/",
    demo: "patch",
    settings: { donor: "我爱吃苹果。我爱吃", into: "我爱吃面包。我爱吃" },
    result: "grid",
    midway: /^换了 \d+/,
    change: { fill: "换进这一句", with: "他爱吃西瓜。我也爱吃" },
  },
  {
    page: "/gpt-bert/visual-gpt/output/",
    demo: "lens",
    settings: { text: "我爱吃鱼。我爱吃" },
    result: "words",
    change: { fill: "一句话", with: "我爱猫" },
  },
  {
    page: "/gpt-bert/visual-gpt/gpt1-gpt2/",
    demo: "norms",
    settings: { layers: 2, steps: 20 },
    run: [{ press: "start" }],
    result: "curves",
    cancel: "stop",
    enough: /GPT-1 第 [1-9]\d 步，GPT-2 第 [1-9]\d 步/,
    firstRecords: 10,
    steps: true,
    seeded: true,
    backends: {
      tolerance: 1e-2,
      records: 10,
      because: "in a training every step multiplies the differences of the ones before",
    },
  },
];
