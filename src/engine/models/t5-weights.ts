import type { TensorView } from "../files/safetensors.ts";
import type { T5Config } from "../files/t5-config.ts";
import { takePacked, takeTensor } from "../files/take-tensor.ts";
import type { T5BlockWeights, T5StackWeights } from "../nn/t5-block.ts";
import { constant, type Initialize, type WeightBuilder, type WeightSource } from "../nn/weights.ts";
import { normal } from "../tensor/init.ts";
import type { Parameter } from "../tensor/parameters.ts";

export interface T5Weights {
  /** [vocabularySize, width]: the words of both sides. */
  readonly words: Parameter;
  readonly encoder: T5StackWeights;
  readonly decoder: T5StackWeights;
  /** [vocabularySize, width]; where the head is tied, it is `words`. */
  readonly head: Parameter;
}

const HEAD = "lm_head.weight";
/** Under any of these names a file may have the table that both sides share. */
const TABLES = ["shared.weight", "encoder.embed_tokens.weight", "decoder.embed_tokens.weight", HEAD];

/**
 * Asks for every weight of a T5, under the names of transformers' `T5ForConditionalGeneration`. New ones start as large as there: as nothing
 * divides the scores, queries start smaller (Raffel et al. 2020).
 *
 * @param tiedHead the head is the table of the words
 */
export function t5Weights(weights: WeightBuilder, config: T5Config, tiedHead: boolean): T5Weights {
  const { vocabularySize, width, layers, decoderLayers } = config;
  const unit = drawn(1);
  const words = weights.take("shared.weight", [vocabularySize, width], unit);
  return {
    words,
    encoder: stack(weights.at("encoder"), config, layers, false),
    decoder: stack(weights.at("decoder"), config, decoderLayers, true),
    head: tiedHead ? words : weights.take(HEAD, [vocabularySize, width], unit),
  };
}

function stack(weights: WeightBuilder, config: T5Config, layers: number, hasCross: boolean): T5StackWeights {
  const { width, heads, buckets } = config;
  // The first layer's: all layers share it.
  const bias = weights.at("block.0.layer.0.SelfAttention.relative_attention_bias");
  return {
    bias: bias.take("weight", [buckets, heads], drawn(width ** -0.5)),
    blocks: Array.from({ length: layers }, (_, i) => block(weights.at(`block.${i}.layer`), config, hasCross)),
    norm: weights.at("final_layer_norm").take("weight", [width], constant(1)),
  };
}

function block(weights: WeightBuilder, config: T5Config, hasCross: boolean): T5BlockWeights {
  const { width, innerWidth, heads, headWidth, gated } = config;
  const all = heads * headWidth;
  const attention = (layer: number, name: string) => {
    const part = weights.at(`${layer}.${name}`);
    return {
      norm: weights.at(`${layer}.layer_norm`).take("weight", [width], constant(1)),
      query: part.take("q.weight", [all, width], drawn((width * headWidth) ** -0.5)),
      key: part.take("k.weight", [all, width], drawn(width ** -0.5)),
      value: part.take("v.weight", [all, width], drawn(width ** -0.5)),
      output: part.take("o.weight", [width, all], drawn(all ** -0.5)),
    };
  };
  const own = attention(0, "SelfAttention");
  const cross = hasCross ? attention(1, "EncDecAttention") : null;
  const last = weights.at(hasCross ? "2" : "1");
  const dense = last.at("DenseReluDense");
  const expand = (name: string) => dense.take(`${name}.weight`, [innerWidth, width], drawn(width ** -0.5));
  return {
    attention: own,
    cross,
    feedForward: {
      norm: last.take("layer_norm.weight", [width], constant(1)),
      expand: expand(gated ? "wi_0" : "wi"),
      straight: gated ? expand("wi_1") : null,
      contract: dense.take("wo.weight", [width, innerWidth], drawn(innerWidth ** -0.5)),
    },
  };
}

const drawn =
  (deviation: number): Initialize =>
  (random, length) =>
    normal(random, length, deviation);

/** Whether a checkpoint has no head of its own. transformers, too, goes by that: every T5 is called tied, whether it is or not. */
export function hasTiedHead(tensors: ReadonlyMap<string, unknown>): boolean {
  return !tensors.has(HEAD) || storedT5Name(tensors, "shared.weight") === HEAD;
}

/** The name under which a checkpoint has a weight: of the table that is shared, any of those that mean it. Its own where it is missing. */
export function storedT5Name(tensors: ReadonlyMap<string, unknown>, name: string): string {
  const names = name === TABLES[0] ? TABLES : [name];
  return names.find((own) => tensors.has(own)) ?? name;
}

/** Whether a matrix may stay as narrow as its file has it: single numbers are taken out of the biases, not rows. */
export function staysPacked(name: string): boolean {
  return !name.includes("relative_attention_bias");
}

/**
 * The weights of a checkpoint. It throws what `takeTensor` throws.
 * @param packed whether F16 and 8-bit weights are taken as they are
 */
export function t5Checkpoint(tensors: ReadonlyMap<string, TensorView>, packed: boolean): WeightSource {
  return (name, shape) => {
    const stored = storedT5Name(tensors, name);
    const matrix = packed && staysPacked(name) ? takePacked(tensors, stored, shape, "rows") : null;
    return matrix ?? takeTensor(tensors, stored, shape);
  };
}
