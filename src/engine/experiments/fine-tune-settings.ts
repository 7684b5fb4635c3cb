import type { LabelledText } from "../analysis/character-model.ts";
import { EngineError } from "../errors.ts";
import { checkRanges, type Ranges } from "../ranges.ts";

/** What a BERT is fine-tuned on, and how. */
export interface FineTuneSettings {
  /** The names of the classes. */
  readonly classes: readonly string[];
  readonly training: readonly LabelledText[];
  /** Never trained on. */
  readonly validation: readonly LabelledText[];
  /** How many of the last blocks are trained besides the head. */
  readonly blocks: number;
  /** What stands for the whole text: the pooler's view of [CLS], or the mean over all tokens. */
  readonly pooling: "cls" | "mean";
  /** The highest; it rises over the first tenth of the steps, and falls to 0 in a straight line. */
  readonly learningRate: number;
  /** How often every training text is used. */
  readonly epochs: number;
  /** Texts per step. */
  readonly batch: number;
}

// #region defaults
/** Chosen with seeds 11 to 13 on an early checkpoint of bert-zh; `npm run fine-tune` prints what seeds 1 to 5 give. */
export const FINE_TUNE_DEFAULTS = {
  blocks: 2,
  pooling: "mean",
  learningRate: 0.0005,
  epochs: 12,
  batch: 8,
} as const satisfies Partial<FineTuneSettings>;
// #endregion

/** What each number may be. */
export const FINE_TUNE_RANGES: Ranges<FineTuneSettings> = {
  blocks: { name: "训练的层数", min: 0, max: 6, whole: true },
  learningRate: { name: "学习率", min: 0, max: 10 },
  epochs: { name: "遍数", min: 1, max: 100, whole: true },
  batch: { name: "小批", min: 1, max: 64, whole: true },
};

export const MAX_CLASSES = 8;
/** Of training and validation together: what the frozen blocks make of them stays in memory. */
export const MAX_TEXTS = 500;

/** @throws EngineError `bad-input` if a number is out of its range, or the texts are no classification task */
export function checkFineTuneSettings(settings: FineTuneSettings): void {
  checkRanges(settings, FINE_TUNE_RANGES);
  const { classes, training, validation } = settings;
  const refuse = (reason: string): never => {
    throw new EngineError("bad-input", reason);
  };
  if (classes.length < 2) refuse("只有一类，没有什么可分：至少要有两类");
  if (classes.length > MAX_CLASSES) refuse(`有 ${classes.length} 类，最多 ${MAX_CLASSES} 类`);
  const texts = [...training, ...validation];
  if (texts.length > MAX_TEXTS) refuse(`有 ${texts.length} 句，最多 ${MAX_TEXTS} 句`);
  if (texts.some(({ text }) => text.trim() === "")) refuse("有一句是空的");
  if (texts.some(({ label }) => !Number.isInteger(label) || label < 0 || label >= classes.length)) {
    refuse("有一句的类别不在类别之中");
  }
  for (const [label, name] of classes.entries()) {
    if (!training.some((one) => one.label === label)) refuse(`「${name}」一句训练的也没有`);
  }
  if (validation.length === 0) refuse("一句验证的也没有");
}
