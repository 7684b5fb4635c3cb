import { ATTRIBUTION_RANGES } from "../../../../engine/experiments/attribution-settings.ts";
import { choice, seed, setting, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { writtenProblem } from "../../../kit/text/format-marks.ts";
import { METHODS, RANKING_NAMES } from "../../../subjects/attribution/methods.ts";

/** Characters: of longer sentences a reader would wait for minutes. */
export const MAX_TEXT = 24;
/** Parts of sentiment-zh: classifier, pooler, six blocks, embeddings. */
export const PARTS = 9;

/** What the reader can set. */
export const fields = {
  text: text({
    label: "一句话",
    initial: "味道好就是太贵",
    maxLength: MAX_TEXT,
    placeholder: "房间干净，可是太吵",
    validate: writtenProblem,
  }),
  baseline: choice({
    label: "遮住的地方放什么",
    initial: "mask",
    options: named({ mask: "[MASK]", pad: "[PAD]", unk: "[UNK]", zero: "零向量", mean: "平均向量" }),
  }),
  randomized: setting(ATTRIBUTION_RANGES.randomized, {
    initial: 0,
    max: PARTS,
    label: "随机权重",
    unit: "个部分",
    hint: "从输出往输入数，重新抽几个部分的权重；0 是训练好的模型",
  }),
  steps: setting(ATTRIBUTION_RANGES.steps, { initial: 32, scale: "log", unit: "步" }),
  samples: setting(ATTRIBUTION_RANGES.samples, {
    initial: 60,
    max: 2048,
    scale: "log",
    label: "LIME 和 KernelSHAP 抽几句",
    unit: "句",
  }),
  seed: seed(1),
  rank: choice({ label: "怎样比两张图", initial: "kendall", options: named(RANKING_NAMES) }),
  /** The row that is looked at. */
  method: choice({ initial: "gradient", values: METHODS }),
};

export const VIEWS = ["rank", "method"] as const;
