import { TOPICS } from "../../src/components/demos/visual-bert/fine-tune/sets/topics.ts";
import type { Row } from "./row.ts";

const page = "/gpt-bert/visual-bert/";
/** Three sentences of each built-in topic, as a reader would type them: eight to train on, four to be asked. */
const fewSentences = Object.entries(TOPICS)
  .flatMap(([name, texts]) => texts.slice(0, 3).map((text) => `${name},${text}`))
  .join("\n");

export const visualBertRows: readonly Row[] = [
  {
    page: `${page}architecture/`,
    demo: "heads",
    settings: { second: "" },
    result: "survey",
    change: { fill: "第一句", with: "猫睡着了。" },
    midway: /量每个头：[1-9]/,
    show: [{ choose: "矩阵" }],
  },
  { page: `${page}input/`, demo: "input", result: "vectors" },
  {
    page,
    demo: "fill-mask",
    settings: { masks: "1.4" },
    result: "guesses",
    show: [{ click: '[data-result="heads"] button' }],
  },
  { page: `${page}masked-lm/`, demo: "mask-rule", result: "scores", seeded: true },
  { page, demo: "sixty", result: "scores", midway: /读了 6 \/ 60/ },
  {
    page: `${page}masked-lm/`,
    demo: "left-or-both",
    result: "shares",
    change: { choose: "六十句平常话" },
    midway: /做了 [3-9] \/ 60/,
    backends: { tolerance: 0, enough: /做了 1[0-9] \/ 60/ },
  },
  {
    page: `${page}next-sentence/`,
    demo: "next-sentence",
    run: [{ press: "all" }],
    result: "pairs",
    change: { fill: "第二句", with: "他很开心。" },
    midway: /做了 8 \/ 48/,
    show: [{ press: "run" }],
    backends: { tolerance: 1e-3, enough: /做了 (16|24|32|40) \/ 48/ },
  },
  {
    page: `${page}fine-tuning/`,
    demo: "fine-tune",
    settings: { source: "own", examples: 8, blocks: 0, epochs: 2, batch: 4, learningRate: 0.01 },
    // The reader's own sentences are in no link.
    before: [{ fill: "一行一句", with: fewSentences }],
    run: [{ press: "start" }],
    result: "comparison",
    cancel: "stop",
    steps: true,
    seeded: true,
    show: [{ press: "ask", until: '[data-result="asked"]' }],
  },
  {
    page: `${page}sentiment/`,
    demo: "judge",
    settings: { text: "东西很好，人很坏。" },
    result: "classes",
    show: [{ click: "summary:has-text('列成表')" }],
  },
  { page: `${page}sentiment/`, demo: "judge-exam", result: "marks", midway: /读了 8 \/ / },
  {
    page: `${page}features/`,
    demo: "features",
    settings: { repeats: 1, steps: 50 },
    result: "probes",
  },
];
