import type { EngineCalls } from "../../../engine/client.ts";
import type { FinishReason } from "../../../engine/decoding/choice.ts";
import type { SampleUpdate } from "../../../engine/decoding/sample.ts";
import { DEFAULT_SETTINGS, type GenerationSettings } from "../../../engine/decoding/settings.ts";
import { mean } from "../../../engine/statistics.ts";
import type { ModelInfo } from "../../../engine/worker.ts";

/** A token that a model wrote. */
export interface WrittenToken {
  readonly token: number;
  /** Its natural log-probability under the model itself, before any filter. */
  readonly logProb: number;
}

/** Why an answer ended; `next`: the model went on with another question, and was stopped there. */
export type Ending = FinishReason | "next";

/** An answer as far as a model has got. */
export interface Answer {
  /** All of them, the end token included. */
  readonly tokens: readonly WrittenToken[];
  /** What the reader takes for the answer: without the end token, and without what `stop` matched. */
  readonly text: string;
  readonly ending: Ending | undefined;
}

export const NO_ANSWER: Answer = { tokens: [], text: "", ending: undefined };

/** How an answer is to be written. */
export interface Writing {
  readonly temperature: number;
  readonly topP: number;
  /** Most tokens of an answer. */
  readonly tokens: number;
  readonly seed: number;
}

/** The settings of the engine for that. @param count answers to the same question */
export function generationOf(
  { temperature, topP, tokens, seed }: Writing,
  endIds: readonly number[],
  count = 1,
): GenerationSettings {
  const limits = { maxNewTokens: tokens, endIds, numReturnSequences: count };
  return { ...DEFAULT_SETTINGS, ...limits, doSample: true, temperature, topP, seed };
}

/** The answer after one more event of its sequence. @param stop text that ends it, and does not belong to it */
export function extendAnswer(
  answer: Answer,
  event: SampleUpdate,
  { vocabulary, endIds }: Pick<ModelInfo, "vocabulary" | "endIds">,
  stop?: string,
): Answer {
  if (event.type === "finish") return { ...answer, ending: event.reason };
  const { token, logProb } = event;
  const tokens = [...answer.tokens, { token, logProb }];
  if (endIds.includes(token)) return { ...answer, tokens };
  const text = answer.text + (vocabulary[token] ?? "");
  if (stop === undefined || !text.endsWith(stop)) return { ...answer, tokens, text };
  return { tokens, text: text.slice(0, -stop.length), ending: "next" };
}

/** One answer, token by token. @throws EngineError as `sample` */
export async function* writeAnswer(
  engine: EngineCalls,
  model: ModelInfo,
  prompt: readonly number[],
  writing: Writing,
  stop?: string,
): AsyncGenerator<Answer, void, undefined> {
  let answer = NO_ANSWER;
  for await (const event of engine.sample(model.id, prompt, generationOf(writing, model.endIds))) {
    answer = extendAnswer(answer, event, model, stop);
    yield answer;
    if (answer.ending === "next") return;
  }
}

/** Several answers to the same question, written in one batch. @throws EngineError as `sample` */
export async function writeAnswers(
  engine: EngineCalls,
  model: ModelInfo,
  prompt: readonly number[],
  writing: Writing,
  count: number,
): Promise<Answer[]> {
  const answers = Array.from({ length: count }, () => NO_ANSWER);
  for await (const event of engine.sample(model.id, prompt, generationOf(writing, model.endIds, count))) {
    answers[event.sequence] = extendAnswer(answers[event.sequence] ?? NO_ANSWER, event, model);
  }
  return answers;
}

/** Mean natural log-probability of the tokens of an answer; `null` for none. */
export function meanLogProb({ tokens }: Pick<Answer, "tokens">): number | null {
  if (tokens.length === 0) return null;
  return mean(tokens.map(({ logProb }) => logProb));
}

/** Why an answer ended, for the reader. */
export const ENDING_SENTENCES: Readonly<Record<Ending, string>> = {
  end: "自己写了 [END]，停下了",
  next: "写起下一个问题来，替它停下了",
  length: "到了长度上限，没有停",
  context: "上下文满了，没有停",
};

/** Whether a model ended its answer, rather than being cut off. */
export function stopped({ ending }: Pick<Answer, "ending">): boolean {
  return ending === "end" || ending === "next";
}
