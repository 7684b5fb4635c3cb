import { softmax } from "../../../engine/decoding/softmax.ts";
import { EngineError } from "../../../engine/errors.ts";
import type { WorkContext } from "../../kit/figure/types.ts";
import { text } from "../../kit/state/fields.ts";
import { className } from "../../subjects/sentences/class-names.ts";
import { type Gap, gapsOf, maskPlaces } from "../../subjects/sentences/guesses.ts";
import { unknownSentence } from "../../subjects/sentences/unknown.ts";
import { gapProblem, MAX_SENTENCE, withMasks } from "./gaps.ts";

/** Most characters of a text, and of each of two sentences: they fit into the smallest context. */
const MAX_TEXT = 120;
const MAX_EACH = 60;
/** Guesses that are shown for each gap. */
const GUESSES = 5;

export const classifyFields = {
  text: text({ initial: "房间很干净，下次还来。", maxLength: MAX_TEXT, label: "一段话" }),
};

export const fillFields = {
  sentence: text({
    initial: "今天天气很[MASK]。",
    maxLength: MAX_SENTENCE,
    label: "一句话，要猜的字写成 [MASK]",
    validate: (value) => gapProblem(withMasks(value)),
  }),
};

export const pairFields = {
  first: text({ initial: "昨天晚上下了一场大雨。", maxLength: MAX_EACH, label: "第一句" }),
  second: text({ initial: "今天早上路上都是水。", maxLength: MAX_EACH, label: "第二句" }),
};

/** The classes of a text, the likeliest first. `remark`, here and below: what the model could not read. */
export interface Classified {
  readonly rows: readonly { readonly id: number; readonly label: string; readonly value: number }[];
  readonly remark: string;
}

/** Which class a text belongs to. @throws EngineError `unsupported-model` */
export async function classify(
  { engine, model: { id, config } }: WorkContext,
  { text }: { readonly text: string },
): Promise<Classified> {
  const encoded = await engine.encode(id, text);
  const { classes } = await engine.read(id, encoded);
  if (!classes) throw new EngineError("unsupported-model", "这个 BERT 没有分类的头");
  const names = config.architecture === "bert" ? config.classNames : [];
  const rows = [...softmax(classes)]
    .map((value, i) => ({ id: i, label: className(names[i] ?? `第 ${i + 1} 类`), value }))
    .sort((a, b) => b.value - a.value);
  return { rows, remark: unknownSentence(encoded.unknown) };
}

/** A sentence as the model read it, and what may stand in its gaps. */
export interface Filled {
  readonly tokens: readonly string[];
  readonly gaps: readonly Gap[];
  readonly remark: string;
}

/** Fills the gaps of a sentence. */
export async function fill(
  { engine, model: { id, vocabulary } }: WorkContext,
  { sentence }: { readonly sentence: string },
): Promise<Filled> {
  const encoded = await engine.encode(id, withMasks(sentence));
  const places = maskPlaces(encoded.tokens);
  const { tokens: logits } = await engine.read(id, encoded, { guesses: places });
  const gaps = gapsOf(places, logits, vocabulary, GUESSES);
  return { tokens: encoded.tokens, gaps, remark: unknownSentence(encoded.unknown) };
}

/** Whether a second sentence follows the first. */
export interface Judged {
  /** Its probability, 0–1. */
  readonly follows: number;
  readonly remark: string;
}

/** How likely the second sentence follows the first. @throws EngineError `unsupported-model` */
export async function judgePair(
  { engine, model: { id } }: WorkContext,
  { first, second }: { readonly first: string; readonly second: string },
): Promise<Judged> {
  const encoded = await engine.encode(id, first, second);
  const { nextSentence } = await engine.read(id, encoded);
  if (!nextSentence) throw new EngineError("unsupported-model", "这个 BERT 没有判断下一句的头");
  return { follows: softmax(nextSentence)[0] ?? 0, remark: unknownSentence(encoded.unknown) };
}
