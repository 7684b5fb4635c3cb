import { nn, numpy as np } from "@jax-js/jax";
import type { Gpt2Config } from "../../src/engine/files/config.ts";
import { type TensorView, toFloat32 } from "../../src/engine/files/safetensors.ts";

/**
 * GPT-2 in jax-js, written as its own chat example writes Gemma: parameters in a tree, a KV cache of fixed capacity that a mask writes to. As
 * everywhere in jax-js, a function consumes the arrays that it is given; `.ref` keeps one for a further use.
 */

type Norm = { gain: np.Array; bias: np.Array };
type Linear = { weight: np.Array; bias: np.Array };
type Layer = { ln1: Norm; qkv: Linear; project: Linear; ln2: Norm; expand: Linear; contract: Linear };
export type Parameters = { tokens: np.Array; positions: np.Array; layers: Layer[]; lnFinal: Norm };

/** Keys and values of one layer, [batch, capacity, heads, headWidth]. */
export type Cache = { key: np.Array; value: np.Array };

export function parametersOf(config: Gpt2Config, tensors: ReadonlyMap<string, TensorView>): Parameters {
  const prefix = tensors.has("transformer.wte.weight") ? "transformer." : "";
  const take = (name: string): np.Array => {
    const tensor = tensors.get(`${prefix}${name}`);
    if (!tensor) throw new Error(`no tensor ${name}`);
    return np.array(toFloat32(tensor), { shape: [...tensor.shape] });
  };
  const norm = (name: string): Norm => ({ gain: take(`${name}.weight`), bias: take(`${name}.bias`) });
  const linear = (name: string): Linear => ({ weight: take(`${name}.weight`), bias: take(`${name}.bias`) });
  return {
    tokens: take("wte.weight"),
    positions: take("wpe.weight"),
    layers: Array.from({ length: config.layers }, (_, i) => ({
      ln1: norm(`h.${i}.ln_1`),
      qkv: linear(`h.${i}.attn.c_attn`),
      project: linear(`h.${i}.attn.c_proj`),
      ln2: norm(`h.${i}.ln_2`),
      expand: linear(`h.${i}.mlp.c_fc`),
      contract: linear(`h.${i}.mlp.c_proj`),
    })),
    lnFinal: norm("ln_f"),
  };
}

/** @param x [..., width] */
function runNorm({ gain, bias }: Norm, x: np.Array, epsilon: number): np.Array {
  const centred = x.ref.sub(x.mean(-1, { keepdims: true }));
  const variance = np.square(centred.ref).mean(-1, { keepdims: true });
  return centred
    .div(np.sqrt(variance.add(epsilon)))
    .mul(gain)
    .add(bias);
}

function runLinear({ weight, bias }: Linear, x: np.Array): np.Array {
  return np.dot(x, weight).add(bias);
}

function runMlp(layer: Layer, x: np.Array, epsilon: number): np.Array {
  const hidden = nn.gelu(runLinear(layer.expand, runNorm(layer.ln2, x.ref, epsilon)), { approximate: true });
  return x.add(runLinear(layer.contract, hidden));
}

/** q, k and v, each [batch, tokens, heads, headWidth], of x [batch, tokens, width]. */
function queryKeyValue(layer: Layer, x: np.Array, config: Gpt2Config): np.Array[] {
  const [batch = 1, tokens = 1] = x.shape;
  const parts = np.split(runLinear(layer.qkv, runNorm(layer.ln1, x, config.epsilon)), 3, -1);
  return parts.map((part) => part.reshape([batch, tokens, config.heads, config.width / config.heads]));
}

/** Whole sequences at once. @param x [batch, tokens, width] */
function runLayer(layer: Layer, x: np.Array, config: Gpt2Config): { x: np.Array; cache: Cache } {
  const [q, key, value] = queryKeyValue(layer, x.ref, config) as [np.Array, np.Array, np.Array];
  const mixed = nn.dotProductAttention(q, key.ref, value.ref, { isCausal: true }).reshape([...x.shape]);
  const middle = x.add(runLinear(layer.project, mixed));
  return { x: runMlp(layer, middle, config.epsilon), cache: { key, value } };
}

/** The embeddings of tokens [batch, tokens]. */
function embed(parameters: Parameters, ids: np.Array, positions: np.Array): np.Array {
  return parameters.tokens.ref.slice(ids).add(parameters.positions.slice(positions));
}

function runHead(parameters: Parameters, x: np.Array, epsilon: number): np.Array {
  return np.dot(runNorm(parameters.lnFinal, x, epsilon), parameters.tokens.transpose());
}

/** @param ids [batch, tokens] @returns logits of the last token, [batch, vocabulary], and the caches, `capacity` long */
export function prefill(
  parameters: Parameters,
  ids: np.Array,
  config: Gpt2Config,
  capacity: number,
): { logits: np.Array; caches: Cache[] } {
  const [, tokens = 0] = ids.shape;
  let x = embed(parameters, ids, np.arange(tokens));
  const caches = parameters.layers.map((layer) => {
    const { x: next, cache } = runLayer(layer, x, config);
    x = next;
    const room = { 1: [0, capacity - tokens] as [number, number] };
    return { key: np.pad(cache.key, room), value: np.pad(cache.value, room) };
  });
  const last = x.slice([], -1);
  return { logits: runHead(parameters, last, config.epsilon), caches };
}

/** One token of each sequence. @param ids [batch] @param position of that token, a scalar */
export function step(
  parameters: Parameters,
  caches: Cache[],
  ids: np.Array,
  position: np.Array,
  config: Gpt2Config,
): { logits: np.Array; caches: Cache[] } {
  const [batch = 1] = ids.shape;
  const { width, epsilon } = config;
  const capacity = caches[0]?.key.shape[1] ?? 0;
  const slot = np.arange(capacity).equal(position.ref).reshape([1, capacity, 1, 1]);
  const seen = np.arange(capacity).lessEqual(position.ref);
  let x = embed(parameters, ids.reshape([batch, 1]), position.reshape([1]));
  const updated = parameters.layers.map((layer, i) => {
    const cache = caches[i] as Cache;
    const [q, k, v] = queryKeyValue(layer, x.ref, config) as [np.Array, np.Array, np.Array];
    const key = np.where(slot.ref, k, cache.key);
    const value = np.where(slot.ref, v, cache.value);
    const mixed = nn.dotProductAttention(q, key.ref, value.ref, { mask: seen.ref }).reshape([batch, 1, width]);
    x = runMlp(layer, x.add(runLinear(layer.project, mixed)), epsilon);
    return { key, value };
  });
  slot.dispose();
  seen.dispose();
  return { logits: runHead(parameters, x.reshape([batch, width]), epsilon), caches: updated };
}

/**
 * Mean cross-entropy. The head computes logits of shape [vocabulary, batch · tokens], four times as fast here as the other way round. One-hot
 * vectors pick the targets' logits: the gradient of a gather there cannot be jitted.
 *
 * @param ids [batch, tokens] @param targets [batch · tokens]
 */
export function loss(parameters: Parameters, ids: np.Array, targets: np.Array, config: Gpt2Config): np.Array {
  const [batch = 1, tokens = 1] = ids.shape;
  const rows = batch * tokens;
  const table = parameters.tokens;
  let x = table.ref.slice(ids).add(parameters.positions.slice(np.arange(tokens)));
  for (const layer of parameters.layers) {
    const { x: next, cache } = runLayer(layer, x, config);
    cache.key.dispose();
    cache.value.dispose();
    x = next;
  }
  const hidden = runNorm(parameters.lnFinal, x, config.epsilon).reshape([rows, config.width]);
  const logits = np.dot(table, hidden.transpose());
  const wanted = logits.ref.mul(nn.oneHot(targets, config.vocabularySize).transpose());
  return nn.logsumexp(logits, 0).sum().sub(wanted.sum()).div(rows);
}
