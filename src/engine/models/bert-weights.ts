import { EngineError } from "../errors.ts";
import type { BertConfig } from "../files/config.ts";
import type { TensorView } from "../files/safetensors.ts";
import { takePacked, takeTensor } from "../files/take-tensor.ts";
import type { FeedForwardWeights } from "../nn/feed-forward.ts";
import { type LayerNormWeights, layerNormWeights } from "../nn/layer-norm.ts";
import { type LinearWeights, linearWeights } from "../nn/linear.ts";
import type { TransformerBlockWeights } from "../nn/transformer-block.ts";
import { constant, type Initialize, type WeightBuilder, type WeightSource } from "../nn/weights.ts";
import { normal } from "../tensor/init.ts";
import type { Parameter } from "../tensor/parameters.ts";

/** What stands on the encoder. */
export interface BertHeads {
  /** A linear layer and tanh over [CLS], as next-sentence prediction and classification need it. */
  readonly pooler: boolean;
  readonly maskedLm: boolean;
  readonly nextSentence: boolean;
  /** Classes of the sequence classifier; 0: it has none. */
  readonly classes: number;
}

export interface BertWeights {
  /** [vocabularySize, width] */
  readonly words: Parameter;
  /** [contextLength, width] */
  readonly positions: Parameter;
  /** [segments, width] */
  readonly segments: Parameter;
  readonly norm: LayerNormWeights;
  readonly blocks: readonly TransformerBlockWeights[];
  readonly pooler: LinearWeights | null;
  readonly maskedLm: {
    readonly transform: LinearWeights;
    readonly norm: LayerNormWeights;
    /** [vocabularySize, width]; where the head is tied, it is `words`. */
    readonly decoder: Parameter;
    /** [vocabularySize] */
    readonly bias: Parameter;
  } | null;
  readonly nextSentence: LinearWeights | null;
  readonly classifier: LinearWeights | null;
}

/** What stands above the frozen part of a BERT that is fine-tuned. */
export interface BertTopWeights {
  readonly blocks: readonly TransformerBlockWeights[];
  readonly pooler: LinearWeights | null;
  readonly classifier: LinearWeights;
}

/** The standard deviation with which BERT's matrices start (Devlin et al. 2019). */
const INITIAL_DEVIATION = 0.02;

const matrix: Initialize = (random, length) => normal(random, length, INITIAL_DEVIATION);

/** Asks for every weight of a BERT, under the names of transformers' `BertForPreTraining` and `BertForSequenceClassification`. */
export function bertWeights(weights: WeightBuilder, config: BertConfig, heads: BertHeads): BertWeights {
  const { vocabularySize, contextLength, width, layers } = config;
  const dense = (name: string, columns: number) => linearWeights(weights.at(name), width, columns, matrix);
  const predictions = weights.at("cls.predictions");
  // #region tables
  const embeddings = weights.at("bert.embeddings");
  const words = embeddings.take("word_embeddings.weight", [vocabularySize, width], matrix);
  const positions = embeddings.take("position_embeddings.weight", [contextLength, width], matrix);
  const segments = embeddings.take("token_type_embeddings.weight", [config.segments, width], matrix);
  const norm = layerNormWeights(embeddings.at("LayerNorm"), width);
  // #endregion
  return {
    words,
    positions,
    segments,
    norm,
    blocks: Array.from({ length: layers }, (_, i) => block(weights, config, i)),
    pooler: heads.pooler ? dense("bert.pooler.dense", width) : null,
    maskedLm: heads.maskedLm
      ? {
          transform: dense("cls.predictions.transform.dense", width),
          norm: layerNormWeights(predictions.at("transform.LayerNorm"), width),
          decoder: config.tiedHead ? words : predictions.take("decoder.weight", [vocabularySize, width], matrix),
          bias: predictions.take("bias", [vocabularySize], constant(0)),
        }
      : null,
    nextSentence: heads.nextSentence ? dense("cls.seq_relationship", 2) : null,
    classifier: heads.classes > 0 ? dense("classifier", heads.classes) : null,
  };
}

/** Asks for the weights of the last blocks of a BERT, and of the head above them, under the same names. */
export function bertTopWeights(
  weights: WeightBuilder,
  config: BertConfig,
  { blocks, classes, pooling }: { readonly blocks: number; readonly classes: number; readonly pooling: "cls" | "mean" },
): BertTopWeights {
  const { width, layers } = config;
  const dense = (name: string, columns: number) => linearWeights(weights.at(name), width, columns, matrix);
  return {
    blocks: Array.from({ length: blocks }, (_, i) => block(weights, config, layers - blocks + i)),
    pooler: pooling === "cls" ? dense("bert.pooler.dense", width) : null,
    classifier: dense("classifier", classes),
  };
}

// #region block-weights
function block(all: WeightBuilder, config: BertConfig, layer: number): TransformerBlockWeights {
  const { width, innerWidth } = config;
  const weights = all.at(`bert.encoder.layer.${layer}`);
  const square = (name: string) => linearWeights(weights.at(name), width, width, matrix);
  const feedForward: FeedForwardWeights = {
    expand: linearWeights(weights.at("intermediate.dense"), width, innerWidth, matrix),
    contract: linearWeights(weights.at("output.dense"), innerWidth, width, matrix),
  };
  return {
    attention: {
      query: square("attention.self.query"),
      key: square("attention.self.key"),
      value: square("attention.self.value"),
      output: square("attention.output.dense"),
    },
    attentionNorm: layerNormWeights(weights.at("attention.output.LayerNorm"), width),
    cross: null,
    feedForward,
    feedForwardNorm: layerNormWeights(weights.at("output.LayerNorm"), width),
  };
}
// #endregion

/** The heads that a checkpoint has. */
export function headsOf(tensors: ReadonlyMap<string, Pick<TensorView, "shape">>): BertHeads {
  return {
    pooler: tensors.has("bert.pooler.dense.weight") || tensors.has("pooler.dense.weight"),
    maskedLm: tensors.has("cls.predictions.bias"),
    nextSentence: tensors.has("cls.seq_relationship.weight"),
    classes: tensors.get("classifier.weight")?.shape[0] ?? 0,
  };
}

/** @throws EngineError `unsupported-model`: heads that stand on the pooler, without one */
export function expectHeads(heads: BertHeads): BertHeads {
  if (heads.pooler || !(heads.nextSentence || heads.classes > 0)) return heads;
  throw new EngineError("unsupported-model", "没有 pooler 的分类头");
}

/**
 * The name under which a checkpoint has a weight: a bare `BertModel` leaves out the "bert." in front, and the first BERTs, converted from
 * TensorFlow, call gain and bias of a layer norm gamma and beta. The weight's own name if it is not there.
 */
export function storedBertName(tensors: ReadonlyMap<string, unknown>, name: string): string {
  const old = name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta");
  return [name, old].flatMap((own) => [own, own.replace(/^bert\./, "")]).find((own) => tensors.has(own)) ?? name;
}

/**
 * The weights of a checkpoint. It throws what `takeTensor` throws.
 * @param packed whether F16 and 8-bit weights are taken as they are
 */
export function bertCheckpoint(tensors: ReadonlyMap<string, TensorView>, packed: boolean): WeightSource {
  return (name, shape) => {
    const stored = storedBertName(tensors, name);
    // The outputs of every layer, and the vectors of every table, lie along the rows.
    const matrix = packed ? takePacked(tensors, stored, shape, "rows") : null;
    return matrix ?? takeTensor(tensors, stored, shape);
  };
}

/** What is trained where the embeddings and the lowest blocks are frozen: the blocks above them, the pooler and the heads. */
export function trainableAbove(frozenBlocks: number): (name: string) => boolean {
  return (name) => {
    if (name.startsWith("bert.embeddings.")) return false;
    const block = /^bert\.encoder\.layer\.(\d+)\./.exec(name)?.[1];
    return block === undefined || Number(block) >= frozenBlocks;
  };
}
