import type { Backend } from "../backends/backend.ts";
import type { BertConfig } from "../files/config.ts";
import { applyLinear } from "../nn/linear.ts";
import { transformerBlock } from "../nn/transformer-block.ts";
import { Watch } from "../nn/watch.ts";
import { WeightBuilder, type WeightSource } from "../nn/weights.ts";
import { maxOf } from "../statistics.ts";
import { tanh } from "../tensor/ops/elementwise.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import { linear } from "../tensor/ops/linear.ts";
import { Parameters } from "../tensor/parameters.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import { type BertTopWeights, bertTopWeights } from "./bert-weights.ts";
import type { WeightOptions } from "./model-options.ts";

/** What a BERT makes of a text below its last blocks: [tokens, width], row-major, without padding. */
export type TextState = Float32Array;

export interface BertTopShape {
  /** How many of the last blocks belong to it; 0 for the head alone. */
  readonly blocks: number;
  readonly classes: number;
  /**
   * What stands for the whole text: "cls" is what `BertForSequenceClassification` takes, the pooler's view of [CLS]; "mean" is the mean of the
   * vectors of all tokens (Reimers & Gurevych 2019).
   */
  readonly pooling: "cls" | "mean";
}

/**
 * The upper end of a BERT: its last blocks and a classification head. Fine-tuning changes nothing else, so what the frozen blocks below
 * make of a text is computed once, and the training goes on from there.
 */
export class BertTop {
  readonly config: BertConfig;
  readonly shape: BertTopShape;
  /** Named as in transformers' `BertForSequenceClassification`. */
  readonly parameters: Parameters;
  readonly #weights: BertTopWeights;

  /** @throws EngineError `out-of-memory`, and what the source throws */
  constructor(
    backend: Backend,
    config: BertConfig,
    shape: BertTopShape,
    source: WeightSource,
    { trainable = () => false }: WeightOptions = {},
  ) {
    this.config = config;
    this.shape = shape;
    this.parameters = new Parameters(backend);
    this.#weights = bertTopWeights(new WeightBuilder(this.parameters, source, trainable), config, shape);
  }

  dispose(): void {
    this.parameters.dispose();
  }

  // #region class-logits
  /** @returns [texts, classes], logits */
  classLogits(tape: Tape, texts: readonly TextState[]): Tensor {
    const { heads, activation, epsilon, width } = this.config;
    const { blocks, pooler, classifier } = this.#weights;
    const { states, lengths } = this.#pad(tape, texts);
    const options = { batch: texts.length, heads, causal: false, lengths, activation, epsilon };
    let x = states;
    for (const block of blocks) x = transformerBlock(tape, x, block, options, new Watch());

    const places = x.storage.length / width / texts.length;
    if (!pooler) return applyLinear(tape, meanOverTokens(tape, x, lengths, places), classifier);
    const firsts = Int32Array.from(texts, (_, text) => text * places);
    return applyLinear(tape, tanh(tape, applyLinear(tape, embedding(tape, x, firsts), pooler)), classifier);
  }
  // #endregion

  /** [texts, longest, width], and how much of each is no padding. */
  #pad(tape: Tape, texts: readonly TextState[]): { states: Tensor; lengths: Int32Array } {
    const { width } = this.config;
    const lengths = Int32Array.from(texts, (state) => state.length / width);
    const longest = maxOf(lengths);
    const rows = new Float32Array(texts.length * longest * width);
    for (const [text, state] of texts.entries()) rows.set(state, text * longest * width);
    return { states: tape.constant(rows, [texts.length, longest, width]), lengths };
  }
}

/**
 * A mean is a product with a matrix of shares, so that its gradient needs nothing of its own.
 *
 * @param x [texts, places, width]
 * @param lengths tokens of each text that count
 * @returns [texts, width]
 */
function meanOverTokens(tape: Tape, x: Tensor, lengths: Int32Array, places: number): Tensor {
  const texts = lengths.length;
  const shares = new Float32Array(texts * texts * places);
  for (const [text, length] of lengths.entries()) {
    const start = (text * texts + text) * places;
    shares.fill(1 / length, start, start + length);
  }
  const rows = tape.view(x, [texts * places, x.shape.at(-1) ?? 0]);
  return linear(tape, tape.constant(shares, [texts, texts * places]), rows, null);
}
