import type { Backend } from "../backends/backend.ts";
import { EngineError } from "../errors.ts";
import type { ParsedModel } from "../files/loader.ts";
import type { Tokenizer } from "../files/tokenizer.ts";
import { Bert } from "../models/bert.ts";
import { type Reading, readTexts } from "../models/bert-reading.ts";
import { maxOf } from "../statistics.ts";
import { nextTurn } from "./experiment.ts";

/** BERTs of the site whose features a reward model may stand on. */
export type FeatureModel = "bert-zh" | "sentiment-zh";

/** A trained reward model: a linear layer on the features of a text. Plain data, for a file or for another experiment. */
export interface RewardHead {
  /** Whose features it reads. */
  readonly model: FeatureModel;
  /** [width] */
  readonly weights: readonly number[];
  /** So that the texts that it was trained on have a mean of 0. */
  readonly bias: number;
}

/** Texts that go through the network at once. */
const BATCH = 16;

/** A frozen BERT that reads reviews. */
export class TextReader {
  readonly #model: Bert;
  readonly #tokenizer: Tokenizer;

  /** Takes the model over: it is freed with the reader. */
  constructor(model: Bert, tokenizer: Tokenizer) {
    this.#model = model;
    this.#tokenizer = tokenizer;
  }

  /** @throws EngineError `bad-input` if it is no BERT; as `Bert.open` */
  static open(backend: Backend, { config, tensors, tokenizer }: ParsedModel): TextReader {
    if (config.architecture !== "bert") throw new EngineError("bad-input", "读评论的要是 BERT");
    return new TextReader(Bert.open(backend, config, tensors), tokenizer);
  }

  /** Length of the features. */
  get width(): number {
    return this.#model.config.width;
  }

  /** The probability of one class for each text. @throws EngineError `bad-input` if the model has no such class */
  async classProbabilities(texts: readonly string[], name: string): Promise<number[]> {
    const index = this.#model.config.classNames.indexOf(name);
    if (index < 0) throw new EngineError("bad-input", `分类器没有 ${name} 这一类`);
    const readings = await this.#read(texts, []);
    return readings.map(({ classes }) => probability(classes!, index));
  }

  // #region features
  /** What stands for each text: the mean of its tokens' last states (Reimers & Gurevych 2019). @returns [texts × width] */
  async features(texts: readonly string[]): Promise<Float32Array> {
    const { width, layers } = this.#model.config;
    const name = `blocks.${layers - 1}.normalized_resid_post`;
    const readings = await this.#read(texts, [name]);
    const features = new Float32Array(texts.length * width);
    for (const [i, { traces }] of readings.entries()) {
      const { shape, data } = traces.get(name)!;
      const tokens = shape[0]!;
      for (const [j, value] of data.entries()) features[i * width + (j % width)]! += value / tokens;
    }
    return features;
  }
  // #endregion

  dispose(): void {
    this.#model.dispose();
  }

  async #read(texts: readonly string[], trace: readonly string[]): Promise<Reading[]> {
    const readings: Reading[] = [];
    for (let at = 0; at < texts.length; at += BATCH) {
      const batch = texts.slice(at, at + BATCH).map((text) => this.#encode(text));
      for (const reading of await readTexts(this.#model, batch, { trace })) readings.push(reading);
      await nextTurn();
    }
    return readings;
  }

  /** A text that is too long is cut before its last mark. */
  #encode(text: string) {
    const { ids, segments } = this.#tokenizer.encode(text);
    const over = ids.length - this.#model.config.contextLength;
    if (over <= 0) return { ids, segments };
    const cut = (values: readonly number[]): number[] => [...values.slice(0, -1 - over), values.at(-1)!];
    return { ids: cut(ids), segments: cut(segments) };
  }
}

/** What a reward model says of texts. @param features [texts × width] @throws EngineError `bad-input` if its width is another one */
export function applyHead({ weights, bias }: RewardHead, features: Float32Array): number[] {
  const width = weights.length;
  if (features.length % width !== 0) throw new EngineError("bad-input", `奖励模型的宽度是 ${width}，特征不是`);
  return Array.from({ length: features.length / width }, (_, i) =>
    weights.reduce((sum, weight, j) => sum + weight * features[i * width + j]!, bias),
  );
}

function probability(logits: Float32Array, index: number): number {
  const largest = maxOf(logits);
  const weights = Array.from(logits, (logit) => Math.exp(logit - largest));
  return weights[index]! / weights.reduce((sum, weight) => sum + weight, 0);
}
