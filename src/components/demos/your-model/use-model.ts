import type { EngineClient } from "../../../engine/client.ts";
import { DEFAULT_SETTINGS } from "../../../engine/decoding/settings.ts";
import { logSoftmax } from "../../../engine/decoding/softmax.ts";
import { EngineError } from "../../../engine/errors.ts";
import type { EncodedText } from "../../../engine/files/tokenizer.ts";
import type { ModelInfo, PipelineInfo } from "../../../engine/worker.ts";
import { type Gap, gapsOf, maskPlaces } from "../../subjects/sentences/guesses.ts";
import { type PipelineView, viewOf } from "./pipeline-result.ts";

/** What a model does with a text, which depends on what it is. */
export type Purpose = "write" | "rewrite" | "fill" | "pipeline";

/** A token that was written, with its probability. */
export interface Written {
  readonly token: number;
  readonly probability: number;
}

export interface WritingSettings {
  readonly tokens: number;
  readonly temperature: number;
  readonly seed: number;
}

/** How many guesses are shown for each mask. */
const GUESSES = 10;

export function purposeOf(model: ModelInfo | PipelineInfo): Purpose {
  if (model.kind === "pipeline") return "pipeline";
  const { architecture } = model.config;
  return ({ gpt2: "write", t5: "rewrite", bert: "fill" } as const)[architecture];
}

/**
 * Goes on with a text, token by token. Each yield is all that was written so far, with the text of it.
 * @throws EngineError `bad-input`
 */
export async function* write(
  engine: EngineClient,
  model: ModelInfo,
  prompt: string,
  { tokens, ...settings }: WritingSettings,
): AsyncGenerator<{ readonly written: readonly Written[]; readonly text: string }, void, undefined> {
  const { ids } = await engine.encode(model.id, prompt);
  const own = {
    ...DEFAULT_SETTINGS,
    ...settings,
    doSample: true,
    topP: 0.95,
    endIds: model.endIds,
    maxNewTokens: tokens,
  };
  const written: Written[] = [];
  for await (const event of engine.sample(model.id, ids, own)) {
    if (event.type === "finish") continue;
    written.push({ token: event.token, probability: Math.exp(event.logProb) });
    // Anew each time: a character may consist of several tokens.
    const text = await engine.decode(
      model.id,
      written.map(({ token }) => token),
    );
    yield { written: [...written], text };
  }
}

/** How the text is chosen that a model makes of another. */
export type Way = "greedy" | "beams" | "sample";

/** Beams of `beams`. */
export const BEAMS = 4;

/**
 * Turns a text into another one, with transformers' settings: greedily, the best of several beams, or drawn.
 * @returns with the probability that the model gives each token
 * @throws EngineError `bad-input`
 */
export async function rewrite(
  engine: EngineClient,
  model: ModelInfo,
  source: string,
  { way, tokens, ...settings }: WritingSettings & { readonly way: Way },
): Promise<{ readonly written: readonly Written[]; readonly text: string }> {
  if (model.config.architecture !== "t5") throw new EngineError("bad-input", "要一个 T5");
  const { ids } = await engine.encode(model.id, source);
  const own = { ...DEFAULT_SETTINGS, ...settings, maxNewTokens: tokens, endIds: model.endIds };
  const chosen: number[] = [];
  if (way === "beams") {
    for await (const event of engine.beamSearch(model.id, ids, { ...own, numBeams: BEAMS })) {
      if (event.type === "result") for (const id of event.hypotheses[0]?.ids ?? []) chosen.push(id);
    }
  } else {
    for await (const event of engine.sample(model.id, ids, { ...own, doSample: way === "sample" })) {
      if (event.type === "token") chosen.push(event.token);
    }
  }
  const { logits } = await engine.readPair(model.id, ids, [model.config.startId, ...chosen.slice(0, -1)]);
  const size = model.config.vocabularySize;
  const written = chosen.map((token, i) => {
    const row = logSoftmax(logits.data.subarray(i * size, (i + 1) * size));
    return { token, probability: Math.exp(row[token] ?? Number.NEGATIVE_INFINITY) };
  });
  return { written, text: await engine.decode(model.id, chosen) };
}

/** Guesses for each mask of a text. */
export interface Filled {
  readonly encoded: EncodedText;
  readonly guesses: readonly Gap[];
}

/** @throws EngineError `bad-input` if there is no mask, or the model has no head that could guess it */
export async function fill(engine: EngineClient, model: ModelInfo, text: string): Promise<Filled> {
  const encoded = await engine.encode(model.id, text);
  const places = maskPlaces(encoded.tokens);
  if (places.length === 0) throw new EngineError("bad-input", "文字里要有 [MASK]");
  const { tokens } = await engine.read(model.id, encoded, { guesses: places });
  if (tokens.length === 0) throw new EngineError("unsupported-model", "这个 BERT 没有填空的头（masked-LM head）");
  return { encoded, guesses: gapsOf(places, tokens, model.vocabulary, GUESSES) };
}

/** @param second the text that answers a question, for models that answer questions */
export async function runPipeline(
  engine: EngineClient,
  model: PipelineInfo,
  text: string,
  second: string,
): Promise<PipelineView> {
  const input = model.task === "question-answering" ? { question: text, context: second } : text;
  return viewOf(await engine.run(model.id, input));
}
