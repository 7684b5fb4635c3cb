import type { FinishReason } from "../../../engine/decoding/choice.ts";
import { DEFAULT_SETTINGS, GENERATION_RANGES } from "../../../engine/decoding/settings.ts";
import type { WorkContext } from "../../kit/figure/types.ts";
import { choice, type StateOf, seed, setting, text } from "../../kit/state/fields.ts";
import { textProblem } from "../../kit/text/format-marks.ts";
import { promptFields } from "../../subjects/poems/prompt-fields.ts";
import { CATEGORIES } from "../../subjects/reviews/prompts.ts";
import { unknownSentence } from "../../subjects/sentences/unknown.ts";
import { askedProblem, exampleOf, type Format, formatOf, MAX_TEXT, promptOf } from "./formats.ts";

/** Tokens that are drawn from at each step, as in the evaluations on the cards. */
export const TOP_K = 40;

/** What the reader can set for a model of a format. */
export function writeFields(format: Format) {
  const example = exampleOf(format);
  return {
    form: choice({ ...promptFields.form, initial: example.form }),
    title: text({ ...promptFields.title, initial: example.title }),
    opening:
      format === "poem"
        ? text({ ...promptFields.opening, initial: example.opening })
        : text({ initial: example.opening, maxLength: MAX_TEXT, label: "开头（可以不写）", validate: textProblem }),
    instruction: text({
      initial: example.instruction,
      maxLength: MAX_TEXT,
      label: "指令",
      validate: (instruction) => askedProblem("chat", { ...example, instruction }),
    }),
    category: choice({
      initial: example.category,
      label: "类别",
      options: CATEGORIES.map((value) => ({ value, label: value })),
    }),
    temperature: setting(GENERATION_RANGES.temperature, { initial: 0.8, max: 2, step: 0.1 }),
    tokens: setting(GENERATION_RANGES.maxNewTokens, { initial: 60, max: 120, label: "最多写几个词元", unit: "个" }),
    seed: seed(2),
  };
}

/** A token as it is drawn. */
interface Token {
  readonly text: string;
  readonly special: boolean;
}

/** A text as far as it is written. */
export interface WrittenText {
  /** What it goes on from, as the model reads it. */
  readonly given: readonly string[];
  readonly written: readonly (Token & { readonly logProb: number })[];
  /** Why it ended; null before. */
  readonly ended: FinishReason | null;
  /** What the model could not read. */
  readonly remark: string;
}

/** Goes on from what the reader has set: the text as it grows, from what it goes on from to its end. @throws EngineError `bad-input` */
export async function* writeText(
  { engine, model }: WorkContext,
  { tokens, temperature, seed, ...asked }: StateOf<ReturnType<typeof writeFields>>,
): AsyncGenerator<WrittenText, void, undefined> {
  const { id, vocabulary, specialIds, endIds } = model;
  const prompt = await engine.encode(id, promptOf(formatOf(id), asked));
  const limits = { maxNewTokens: tokens, endIds };
  const own = { ...DEFAULT_SETTINGS, ...limits, doSample: true, temperature, topK: TOP_K, seed };
  const remark = unknownSentence(prompt.unknown);
  let text: WrittenText = { given: prompt.tokens, written: [], ended: null, remark };
  yield text;
  for await (const event of engine.sample(id, prompt.ids, own)) {
    if (event.type === "finish") text = { ...text, ended: event.reason };
    else {
      const { token, logProb } = event;
      const written = { text: vocabulary[token] ?? "", special: specialIds.has(token), logProb };
      text = { ...text, written: [...text.written, written] };
    }
    yield text;
  }
}
