import { PROBE_RANGES } from "../../../../engine/experiments/probe.ts";
import { PROJECTION_RANGES } from "../../../../engine/experiments/projection.ts";
import { choice, seed, setting, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { BERT, CLASSIFIER } from "../chapter-models.ts";
import { LABEL_NAMES, MAX_LENGTH, MAX_OWN, type Task } from "./labelled.ts";
import type { Pooling, Source } from "./vectors.ts";

/** Sources as the address writes them. */
const SOURCES = [
  { value: "bag", label: "逐字统计" },
  { value: "0", label: "嵌入" },
  ...(["1", "2", "3", "4", "5", "6"] as const).map((value) => ({ value, label: value })),
  { value: "sum", label: "后四层相加" },
  { value: "concat", label: "后四层相接" },
] as const;
type SourceName = (typeof SOURCES)[number]["value"];

/** The encoders whose layers can be looked at: as it was pre-trained, and fine-tuned. */
export type EncoderId = typeof BERT | typeof CLASSIFIER;

/** Folds of a probe's cross-validation. */
export const FOLDS = 5;

const { perplexity, steps } = PROJECTION_RANGES;

/** What the reader can set. */
export const fields = {
  model: choice<EncoderId>({
    initial: BERT,
    label: "哪个模型",
    options: [
      { value: BERT, label: "bert-zh", hint: "只预训练过" },
      { value: CLASSIFIER, label: "sentiment-zh", hint: "又用评论微调过；没有下载的，点运行才下载" },
    ],
  }),
  source: choice<SourceName>({ initial: "5", label: "地图上画哪一层", options: SOURCES }),
  pooling: choice<Pooling>({
    initial: "mean",
    label: "一句话怎么变成一个向量",
    options: named({ mean: "各字平均", cls: "取 [CLS]" }),
  }),
  task: choice<Task>({
    initial: "topic",
    label: "分什么",
    options: [
      { value: "topic", label: "话题", hint: LABEL_NAMES.topic.join("、") },
      { value: "feeling", label: "心情", hint: LABEL_NAMES.feeling.join("、") },
    ],
  }),
  method: choice({ initial: "pca", label: "怎么压到平面上", options: named({ pca: "PCA", "t-sne": "t-SNE" }) }),
  // With sixty sentences more neighbours are no neighbours.
  perplexity: setting(perplexity, { initial: 20, min: 2, max: 50, step: 1, hint: "每个点大约看几个邻居" }),
  steps: setting(steps, { initial: 750, min: 50, max: 2000, step: 50, unit: "步" }),
  repeats: setting(PROBE_RANGES.repeats, {
    initial: 4,
    max: 10,
    label: "探针重复几次",
    unit: "次",
    hint: `每次把句子重新分成 ${FOLDS} 份，轮流留一份来考`,
  }),
  own: text({ initial: "外面的雪真大\n我把药吃了", maxLength: MAX_OWN * (MAX_LENGTH + 1) }),
  seed: seed(1),
};

/** A source of the address. */
export function sourceOf(written: SourceName): Source {
  return written === "bag" || written === "sum" || written === "concat" ? written : Number(written);
}

/** A source for the address; undefined if it has no name there. */
export function writtenSource(source: Source): SourceName | undefined {
  return SOURCES.find(({ value }) => value === String(source))?.value;
}
