import type { Backend } from "../backends/backend.ts";
import { EngineError } from "../errors.ts";
import type { BertConfig } from "../files/config.ts";
import type { TensorView } from "../files/safetensors.ts";
import { activate } from "../nn/feed-forward.ts";
import { applyLayerNorm } from "../nn/layer-norm.ts";
import { applyLinear } from "../nn/linear.ts";
import { meanCrossEntropy } from "../nn/loss.ts";
import { blockNames, transformerBlock } from "../nn/transformer-block.ts";
import { Watch } from "../nn/watch.ts";
import { newWeights, WeightBuilder, type WeightSource } from "../nn/weights.ts";
import type { Random } from "../random.ts";
import { add, tanh } from "../tensor/ops/elementwise.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import { linear } from "../tensor/ops/linear.ts";
import { Parameters } from "../tensor/parameters.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import { NO_TRACE, type Trace } from "../tensor/trace.ts";
import { type BertHeads, type BertWeights, bertCheckpoint, bertWeights, expectHeads, headsOf } from "./bert-weights.ts";
import type { CheckpointOptions, WeightOptions } from "./model-options.ts";
import { checkBatch, type TokenBatch } from "./token-batch.ts";

// #region batch
export interface BertBatch extends TokenBatch {
  /** [batch × length]: 0 for the first sentence, 1 for the second. All 0 where it is left out. */
  readonly segments?: Int32Array;
}
// #endregion

export interface BertOutput {
  /** [batch, length, width]: the last block's output. */
  readonly hidden: Tensor;
  /** [batch, width]: what stands for the whole sequence, where the model has a pooler. */
  readonly pooled: Tensor | null;
}

/**
 * BERT (Devlin et al. 2019): a Transformer encoder with learned positions and segments, layer norm after each sub-layer, and heads for
 * masked tokens, for the next sentence, and for classes. It trains and infers through the same `forward`.
 */
export class Bert {
  readonly config: BertConfig;
  readonly heads: BertHeads;
  /** Named as in transformers' `BertForPreTraining` and `BertForSequenceClassification`. */
  readonly parameters: Parameters;
  /** Every name that a trace may ask for. */
  readonly traceNames: readonly string[];
  #weights: BertWeights;

  /**
   * Takes weights from a source, such as one that reads a checkpoint for the encoder and draws a new head.
   * @throws EngineError `out-of-memory`, and what the source throws
   */
  constructor(
    backend: Backend,
    config: BertConfig,
    heads: BertHeads,
    source: WeightSource,
    { trainable = () => false }: WeightOptions = {},
  ) {
    expectHeads(heads);
    this.config = config;
    this.heads = heads;
    this.parameters = new Parameters(backend);
    this.#weights = bertWeights(new WeightBuilder(this.parameters, source, trainable), config, heads);
    this.traceNames = [
      "embed",
      "pos_embed",
      "token_type_embed",
      "embed_sum",
      "full_embed",
      ...blockNames("blocks", config.layers),
      ...(heads.pooler ? ["pooler_out"] : []),
    ];
  }

  /**
   * Opens a checkpoint of `BertModel`, `BertForPreTraining`, `BertForMaskedLM` or `BertForSequenceClassification`, with the heads that it has.
   * @throws EngineError as `takeTensor`; `unsupported-model` for a classifier without a pooler; `out-of-memory`
   */
  static open(
    backend: Backend,
    config: BertConfig,
    tensors: ReadonlyMap<string, TensorView>,
    { packed, ...options }: CheckpointOptions = {},
  ): Bert {
    const source = bertCheckpoint(tensors, packed ?? options.trainable === undefined);
    return new Bert(backend, config, headsOf(tensors), source, options);
  }

  /** A checkpoint's encoder under a new classifier: where fine-tuning starts. @throws EngineError as `open` */
  static withNewClassifier(
    backend: Backend,
    config: BertConfig,
    tensors: ReadonlyMap<string, TensorView>,
    classes: number,
    random: Random,
    options: WeightOptions = {},
  ): Bert {
    const { pooler } = headsOf(tensors);
    const [old, drawn] = [bertCheckpoint(tensors, false), newWeights(random)];
    const isNew = (name: string) => name.startsWith("classifier.") || (!pooler && name.startsWith("bert.pooler."));
    const heads = { pooler: true, maskedLm: false, nextSentence: false, classes };
    const source: WeightSource = (name, ...rest) => (isNew(name) ? drawn : old)(name, ...rest);
    return new Bert(backend, config, heads, source, options);
  }

  /** A model that knows nothing yet. @throws EngineError `out-of-memory` */
  static create(
    backend: Backend,
    config: BertConfig,
    heads: BertHeads,
    random: Random,
    options: WeightOptions = {},
  ): Bert {
    return new Bert(backend, config, heads, newWeights(random), options);
  }

  dispose(): void {
    this.parameters.dispose();
  }

  /** The word embeddings of a batch, [batch, length, width]: what attribution methods vary. @throws EngineError `bad-input` */
  embed(tape: Tape, batch: BertBatch): Tensor {
    const length = checkBatch(batch, this.config.vocabularySize, this.config.contextLength);
    return embedding(tape, this.#weights.words, batch.ids, [batch.batch, length]);
  }

  // #region embeddings
  /**
   * What goes into the first block: of every token the vectors of its word, its segment and its place, summed and normalised.
   *
   * @param words [batch, length, width]
   * @returns [batch, length, width]
   */
  #embeddings(tape: Tape, batch: BertBatch, words: Tensor, watch: Watch): Tensor {
    const { positions, segments, norm } = this.#weights;
    const length = batch.ids.length / batch.batch;
    const shape = [batch.batch, length];
    const places = batch.ids.map((_, i) => i % length);
    const place = embedding(tape, positions, places, shape);
    const segment = embedding(tape, segments, this.#segmentIds(batch), shape);
    watch.tensor("embed", words);
    watch.tensor("pos_embed", place);
    watch.tensor("token_type_embed", segment);

    const sum = add(tape, add(tape, words, segment), place);
    watch.tensor("embed_sum", sum);
    const normal = applyLayerNorm(tape, sum, norm, this.config.epsilon);
    watch.tensor("full_embed", normal);
    return normal;
  }
  // #endregion

  #segmentIds({ ids, segments = new Int32Array(ids.length) }: BertBatch): Int32Array {
    if (segments.length === ids.length && segments.every((id) => id >= 0 && id < this.config.segments)) return segments;
    throw new EngineError("bad-input", `每个词元要有一个段号，0 到 ${this.config.segments - 1}`);
  }

  // #region encoder
  /**
   * @param words vectors that take the place of the word embeddings
   * @throws EngineError `bad-input`
   */
  forward(tape: Tape, batch: BertBatch, trace: Trace = NO_TRACE, words: Tensor = this.embed(tape, batch)): BertOutput {
    checkBatch(batch, this.config.vocabularySize, this.config.contextLength);
    const { heads, epsilon, activation } = this.config;
    const { lengths } = batch;
    const options = { batch: batch.batch, heads, causal: false, activation, epsilon, ...(lengths && { lengths }) };
    const watch = new Watch(trace);

    let x = this.#embeddings(tape, batch, words, watch);
    for (const [i, block] of this.#weights.blocks.entries()) {
      x = transformerBlock(tape, x, block, options, watch.at(`blocks.${i}`));
    }
    return { hidden: x, pooled: this.#pool(tape, x, batch.batch, watch) };
  }
  // #endregion

  // #region pooler
  /** What stands for the whole sequence: a linear layer and tanh over its first token, [CLS]. @returns [batch, width] */
  #pool(tape: Tape, hidden: Tensor, count: number, watch: Watch): Tensor | null {
    const { pooler } = this.#weights;
    if (!pooler) return null;
    const length = hidden.storage.length / this.config.width / count;
    const firsts = Int32Array.from({ length: count }, (_, b) => b * length);
    const pooled = tanh(tape, applyLinear(tape, embedding(tape, hidden, firsts), pooler));
    watch.tensor("pooler_out", pooled);
    return pooled;
  }
  // #endregion

  // #region masked-lm
  /**
   * What may stand at some places of the text.
   *
   * @param rows places, counted through the whole batch: sequence · length + position
   * @returns [rows, vocabularySize], logits
   * @throws EngineError `bad-input` if there is no such place; `internal` if the model has no such head
   */
  tokenLogits(tape: Tape, { hidden }: BertOutput, rows: Int32Array): Tensor {
    const head = this.#weights.maskedLm ?? missing("cls.predictions");
    const { width, activation, epsilon } = this.config;
    checkPlaces(rows, hidden.storage.length / width);
    const chosen = embedding(tape, hidden, rows);
    const transformed = activate(tape, applyLinear(tape, chosen, head.transform), activation);
    const normal = applyLayerNorm(tape, transformed, head.norm, epsilon);
    return linear(tape, normal, head.decoder, head.bias, { transposed: true });
  }
  // #endregion

  // #region next-sentence
  /**
   * Whether the second sentence follows the first.
   * @returns [batch, 2], logits of "it does" and "it does not"
   * @throws EngineError `internal` if the model has no such head
   */
  nextSentenceLogits(tape: Tape, { pooled }: BertOutput): Tensor {
    const head = this.#weights.nextSentence ?? missing("cls.seq_relationship");
    return applyLinear(tape, pooled ?? missing("bert.pooler"), head);
  }
  // #endregion

  /** @returns [batch, classes], logits @throws EngineError `internal` if the model has no such head */
  classLogits(tape: Tape, { pooled }: BertOutput): Tensor {
    return applyLinear(tape, pooled ?? missing("bert.pooler"), this.#weights.classifier ?? missing("classifier"));
  }

  // #region pretraining-loss
  /**
   * The loss of pre-training: mean cross-entropy of the masked tokens plus that of the next sentence, [1], in nats.
   *
   * @param targets [batch × length]: the token that stood there; negative where none is asked for
   * @param nextSentence [batch]: 0 where the second sentence follows, 1 where it does not; left out in a masked language model alone
   */
  pretrainingLoss(tape: Tape, batch: BertBatch, targets: Int32Array, nextSentence?: Int32Array): Tensor {
    const output = this.forward(tape, batch);
    const rows = Int32Array.from(targets.keys()).filter((row) => targets[row]! >= 0);
    const asked = rows.map((row) => targets[row]!);
    const tokens = meanCrossEntropy(tape, this.tokenLogits(tape, output, rows), asked);
    if (!nextSentence) return tokens;
    return add(tape, tokens, meanCrossEntropy(tape, this.nextSentenceLogits(tape, output), nextSentence));
  }
  // #endregion

  /** The loss of a classifier: mean cross-entropy, [1], in nats. @param classes [batch] */
  classificationLoss(tape: Tape, batch: BertBatch, classes: Int32Array): Tensor {
    return meanCrossEntropy(tape, this.classLogits(tape, this.forward(tape, batch)), classes);
  }
}

function checkPlaces(rows: Int32Array, places: number): void {
  const beyond = rows.find((row) => row < 0 || row >= places);
  if (beyond === undefined) return;
  throw new EngineError("bad-input", `位置 ${beyond} 上没有词元，应在 0 到 ${places - 1} 之间`);
}

function missing(head: string): never {
  throw new EngineError("internal", `这个 BERT 没有 ${head}`);
}
