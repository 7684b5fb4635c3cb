import type { Backend } from "../backends/backend.ts";
import { applyLinear, type LinearWeights, linearWeights } from "../nn/linear.ts";
import { meanCrossEntropy } from "../nn/loss.ts";
import { LSTM_NAMES, type LstmState, type LstmWeights, lstm, lstmWeights } from "../nn/lstm.ts";
import { Watch } from "../nn/watch.ts";
import { type Initialize, WeightBuilder, type WeightSource } from "../nn/weights.ts";
import { normal, uniform } from "../tensor/init.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import { type Parameter, Parameters } from "../tensor/parameters.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import { NO_TRACE, type Trace } from "../tensor/trace.ts";
import { checkBatch, type TokenBatch } from "./token-batch.ts";

export interface LstmLanguageModelConfig {
  readonly vocabularySize: number;
  readonly embeddingWidth: number;
  /** Width of the hidden state of every layer. */
  readonly width: number;
  readonly layers: number;
}

export interface LstmLanguageModelOutput {
  /** [batch, length, vocabularySize]: of the token after each. */
  readonly logits: Tensor;
  /** After the last token of each sequence, for every layer: from here a text goes on. */
  readonly final: readonly LstmState[];
}

/** A language model of an LSTM (Sundermeyer et al. 2012): each token moves a state on, the state says which token is next. */
export class LstmLanguageModel {
  readonly config: LstmLanguageModelConfig;
  /** `embedding`, `lstm` and `fc`, as PyTorch names the weights of its modules. */
  readonly parameters: Parameters;
  /** Every name that a trace may ask for: the state after each token is [batch, length, width]. */
  readonly traceNames: readonly string[];
  #words: Parameter;
  #layers: readonly LstmWeights[];
  #head: LinearWeights;

  /**
   * @param source draws the weights (`newWeights`; PyTorch's initialisation) or has them
   * @throws EngineError `out-of-memory`, and what the source throws
   */
  constructor(backend: Backend, config: LstmLanguageModelConfig, source: WeightSource) {
    const { vocabularySize, embeddingWidth, width, layers } = config;
    this.config = config;
    this.parameters = new Parameters(backend);
    const weights = new WeightBuilder(this.parameters, source);
    const draw: Initialize = (random, length) => uniform(random, length, 1 / Math.sqrt(width));
    const drawWords: Initialize = (random, length) => normal(random, length, 1);
    this.#words = weights.take("embedding.weight", [vocabularySize, embeddingWidth], drawWords);
    this.#layers = lstmWeights(weights.at("lstm"), layers, embeddingWidth, width, draw);
    this.#head = linearWeights(weights.at("fc"), width, vocabularySize, draw, draw);
    const names = this.#layers.flatMap((_, i) => LSTM_NAMES.map((name) => `lstm.${i}.${name}`));
    this.traceNames = ["embed", ...names];
  }

  dispose(): void {
    this.parameters.dispose();
  }

  /** The vectors of the tokens, [batch, length, embeddingWidth]: what attribution methods vary. @throws EngineError `bad-input` */
  embed(tape: Tape, batch: TokenBatch): Tensor {
    const length = checkBatch(batch, this.config.vocabularySize);
    return embedding(tape, this.#words, batch.ids, [batch.batch, length]);
  }

  /**
   * @param initial the state to start from; zeros where it is left out
   * @param words vectors that take the place of the tokens' own
   * @throws EngineError `bad-input`
   */
  forward(
    tape: Tape,
    batch: TokenBatch,
    {
      initial,
      trace = NO_TRACE,
      words = this.embed(tape, batch),
    }: { readonly initial?: readonly LstmState[]; readonly trace?: Trace; readonly words?: Tensor } = {},
  ): LstmLanguageModelOutput {
    const watch = new Watch(trace);
    watch.tensor("embed", words);
    const { output, final } = lstm(tape, words, this.#layers, {
      watch: watch.at("lstm"),
      ...(initial && { initial }),
      ...(batch.lengths && { lengths: batch.lengths }),
    });
    return { logits: applyLinear(tape, output, this.#head), final };
  }

  /** Mean cross-entropy, [1], in nats. @param targets [batch × length]: the token after each; negative: ignored */
  loss(tape: Tape, batch: TokenBatch, targets: Int32Array): Tensor {
    return meanCrossEntropy(tape, this.forward(tape, batch).logits, targets);
  }
}
