import type { Gpt2Config } from "../files/config.ts";
import type { TensorView } from "../files/safetensors.ts";
import { takePacked, takeTensor } from "../files/take-tensor.ts";
import { type LayerNormWeights, layerNormWeights } from "../nn/layer-norm.ts";
import { constant, type Initialize, type WeightBuilder, type WeightSource } from "../nn/weights.ts";
import { normal } from "../tensor/init.ts";
import type { Parameter } from "../tensor/parameters.ts";

/** A linear layer as GPT-2's `Conv1D` stores it: inputs along the rows. */
export interface Conv1dWeights {
  /** [inner, columns] */
  readonly weight: Parameter;
  /** [columns] */
  readonly bias: Parameter;
}

export interface Gpt2Block {
  readonly ln1: LayerNormWeights;
  /** [width, 3 · width], to q, k and v side by side. */
  readonly qkv: Conv1dWeights;
  readonly project: Conv1dWeights;
  readonly ln2: LayerNormWeights;
  readonly expand: Conv1dWeights;
  readonly contract: Conv1dWeights;
}

export interface Gpt2Weights {
  /** [vocabularySize, width] */
  readonly tokens: Parameter;
  /** [contextLength, width] */
  readonly positions: Parameter;
  readonly blocks: readonly Gpt2Block[];
  readonly lnFinal: LayerNormWeights;
  /** [vocabularySize, width]; where the head is tied, it is `tokens`. */
  readonly head: Parameter;
}

/** The standard deviation with which GPT-2's matrices start (Radford et al. 2018, 2019). */
const INITIAL_DEVIATION = 0.02;

/**
 * Asks for every weight of a GPT-2, under the names of transformers' `GPT2LMHeadModel`. The layers that add to the residual stream start
 * smaller by 1/√(their number), so that the stream does not grow with depth (Radford et al. 2019).
 */
export function gpt2Weights(weights: WeightBuilder, config: Gpt2Config): Gpt2Weights {
  const { vocabularySize, contextLength, width, innerWidth, layers, tiedHead } = config;
  const matrix: Initialize = (random, length) => normal(random, length, INITIAL_DEVIATION);
  const toResidual: Initialize = (random, length) => normal(random, length, INITIAL_DEVIATION / Math.sqrt(2 * layers));
  const conv1d = (part: WeightBuilder, inner: number, columns: number, initialize: Initialize): Conv1dWeights => ({
    weight: part.take("weight", [inner, columns], initialize),
    bias: part.take("bias", [columns], constant(0)),
  });
  const block = (part: WeightBuilder): Gpt2Block => ({
    ln1: layerNormWeights(part.at("ln_1"), width),
    qkv: conv1d(part.at("attn.c_attn"), width, 3 * width, matrix),
    project: conv1d(part.at("attn.c_proj"), width, width, toResidual),
    ln2: layerNormWeights(part.at("ln_2"), width),
    expand: conv1d(part.at("mlp.c_fc"), width, innerWidth, matrix),
    contract: conv1d(part.at("mlp.c_proj"), innerWidth, width, toResidual),
  });
  const body = weights.at("transformer");
  const tokens = body.take("wte.weight", [vocabularySize, width], matrix);
  return {
    tokens,
    positions: body.take("wpe.weight", [contextLength, width], matrix),
    blocks: Array.from({ length: layers }, (_, i) => block(body.at(`h.${i}`))),
    lnFinal: layerNormWeights(body.at("ln_f"), width),
    head: tiedHead ? tokens : weights.take("lm_head.weight", [vocabularySize, width], matrix),
  };
}

/**
 * The weights of a checkpoint, by `storedGpt2Name`. It throws what `takeTensor` throws.
 *
 * @param packed whether F16 and 8-bit weights are taken as they are
 */
export function gpt2Checkpoint(
  config: Gpt2Config,
  tensors: ReadonlyMap<string, TensorView>,
  packed: boolean,
): WeightSource {
  return (name, shape) => {
    const stored = storedGpt2Name(tensors, name, config);
    const matrix = packed ? takePacked(tensors, stored, shape, outputAxis(name)) : null;
    return matrix ?? takeTensor(tensors, stored, shape);
  };
}

/**
 * The name under which a checkpoint has a weight: its own, that of a bare `GPT2Model`, without "transformer." in front, or, of the table of a tied head,
 * that of the head, which safetensors' `save_model` keeps of the two. Its own where it is missing.
 */
export function storedGpt2Name(
  tensors: ReadonlyMap<string, unknown>,
  name: string,
  { tiedHead }: Pick<Gpt2Config, "tiedHead">,
): string {
  const bare = name.replace("transformer.", "");
  const twin = tiedHead && name.endsWith("wte.weight") ? "lm_head.weight" : name;
  return [name, bare, twin].find((own) => tensors.has(own)) ?? name;
}

/** Where a layer's outputs lie: along the columns of `Conv1D`; along the rows of tables, which are heads, too. */
export function outputAxis(name: string): "rows" | "columns" {
  return name.includes(".h.") ? "columns" : "rows";
}
