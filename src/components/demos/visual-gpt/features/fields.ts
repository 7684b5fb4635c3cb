import { PROJECTION_RANGES } from "../../../../engine/experiments/projection.ts";
import { choice, integer, setting, text } from "../../../kit/state/fields.ts";
import { textProblem } from "../../../kit/text/format-marks.ts";
import { MOST, whose } from "../own/whose.ts";
import { MAPPED } from "./sentences.ts";

/** What the reader can set. `depth` 0 is that of the embeddings; points are counted from 1, 0 is none. */
export const fields = {
  model: whose,
  own: text({
    label: "你的一句话",
    initial: "请给我一张白纸。",
    maxLength: 24,
    validate: (value) => (value.trim() === "" ? "先写几个字。" : textProblem(value)),
  }),
  method: choice({
    label: "怎样压到平面上",
    initial: "pca",
    options: [
      { value: "pca", label: "PCA" },
      { value: "t-sne", label: "t-SNE" },
    ],
  }),
  perplexity: setting(PROJECTION_RANGES.perplexity, {
    initial: 15,
    min: 2,
    max: 40,
    step: 1,
    hint: "每个点大约看几个邻居",
  }),
  start: integer({ label: "从第几种乱排开始", initial: 1, min: 1, max: 20 }),
  color: choice({
    label: "颜色和形状是",
    initial: "own",
    options: [
      { value: "own", label: "这个字" },
      { value: "guess", label: "猜的下一个字" },
    ],
  }),
  depth: integer({ initial: 6, min: 0, max: MOST.layers }),
  // A character that stands in many of the sentences: what follows it differs.
  point: integer({ initial: [...MAPPED.join("")].indexOf("一") + 1, min: 0, max: 1000 }),
};

export const VIEWS = ["color", "depth", "point"] as const;
