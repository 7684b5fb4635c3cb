import {
  TRANSLATOR_DEFAULTS,
  TRANSLATOR_RANGES,
  type TranslatorSettings,
} from "../../../engine/experiments/translator-settings.ts";
import { choice, integer, seed, settingFields, text } from "../../kit/state/fields.ts";
import { named } from "../../kit/state/options.ts";

export type Architecture = TranslatorSettings["architecture"];

/** The three translators, in order. */
export const NAMES: Readonly<Record<Architecture, string>> = {
  lstm: "LSTM",
  "lstm-attention": "LSTM 加注意力",
  transformer: "Transformer",
};
export const ARCHITECTURES = Object.keys(NAMES) as readonly Architecture[];

/** What the reader can set about the trainings. */
export const fields = {
  ...settingFields(TRANSLATOR_RANGES, TRANSLATOR_DEFAULTS, {
    digits: { unit: "位" },
    steps: { min: 20, max: 5000, step: 20, unit: "步" },
    width: { min: 8, max: 128, step: 2, label: "状态的宽度" },
    batch: { min: 4, max: 64, unit: "对" },
    learningRate: { min: 0.0001, max: 10, step: 0.0001, scale: "log" },
  }),
  seed: seed(1),
};

/** Characters of a source: a number of twelve digits, or a date. */
export const MAX_SOURCE = 12;
/** Characters that are written at most: more than any right answer has. */
export const MAX_WRITTEN = 32;

/** What is wrong with a text that is to be read, as a sentence; it need not be a number, but must be made of the same characters. */
export function sourceProblem(source: string): string | undefined {
  if (source === "") return "先写一个数，或者一个日期。";
  const unknown = [...source].find((character) => !/[\d-]/.test(character));
  if (unknown) return `模型只见过数字和「-」，没有见过「${unknown}」。`;
  return undefined;
}

/** Of a demo that looks into a translator: what it reads, and how the small one is trained that stands in where the reader has trained none. */
function looked(source: string, steps: number) {
  return {
    source: text({
      label: "原文",
      initial: source,
      maxLength: MAX_SOURCE,
      placeholder: "2026-11-30",
      validate: sourceProblem,
    }),
    steps: integer({ initial: steps, min: 10, max: 2000, step: 10, label: "小模型训练几步", unit: "步" }),
  };
}

/** Steps after which the small translator reads most of its numbers and dates. */
export const QUICK_STEPS = 300;
/** The small translator's longest number. */
export const QUICK_DIGITS = 4;

export const stateFields = {
  model: choice({ label: "看哪个模型", initial: "lstm-attention", options: named(NAMES) }),
  ...looked("2026-11-30", QUICK_STEPS),
  /** The state that is looked at; chosen in the figure, its place from 1. */
  side: choice({ initial: "encoder", values: ["encoder", "decoder"] }),
  place: integer({ initial: 10, min: 1, max: MAX_WRITTEN + 2 }),
};

export const STATE_VIEWS = ["side", "place"] as const;

/** The characters that readings are made of. */
const READ = /^[零一二三四五六七八九十百千万亿年月日]?$/u;

export const whatIfFields = {
  ...looked("2026-11-30", QUICK_STEPS),
  act: choice({
    label: "这一行的注意力",
    initial: "only",
    options: named({ none: "不改", only: "只看这一格", without: "不看这一格" }),
  }),
  /** Of the character that is written, and of the source's character; chosen in the figure, from 1. */
  row: integer({ initial: 4, min: 1, max: MAX_WRITTEN }),
  column: integer({ initial: 9, min: 1, max: MAX_SOURCE }),
  word: text({
    label: "这一步的字改成",
    initial: "",
    maxLength: 1,
    placeholder: "不改",
    validate: (word) => (READ.test(word) ? undefined : `「${word}」不是读数用的字，模型没有写过。`),
  }),
};
