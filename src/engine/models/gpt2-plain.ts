import { EngineError } from "../errors.ts";
import { type Gpt2Config, scoreDivisor } from "../files/config.ts";
import { watchAttention } from "../nn/attention.ts";
import { activate } from "../nn/feed-forward.ts";
import { applyLayerNorm, type LayerNormWeights } from "../nn/layer-norm.ts";
import { Watch } from "../nn/watch.ts";
import { layerNormScale } from "../tensor/derived.ts";
import { attention } from "../tensor/ops/attention.ts";
import { add } from "../tensor/ops/elementwise.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import { linear } from "../tensor/ops/linear.ts";
import { crossEntropy, weightedSum } from "../tensor/ops/losses.ts";
import { sizeOf, type Tape, type Tensor } from "../tensor/tape.ts";
import { NO_TRACE, type Trace } from "../tensor/trace.ts";
import type { Gpt2 } from "./gpt2.ts";
import { type PositionRows, positionRows } from "./gpt2-batch.ts";
import type { Gpt2Block } from "./gpt2-weights.ts";
import { checkBatch, type TokenBatch } from "./token-batch.ts";

/**
 * GPT-2 by the operations of a tape, for training and for gradients: the same weights and the same function as `Gpt2.forward`, without its
 * cache and its fused steps. Padding stands on the right, where causal attention never looks.
 */

export interface PlainOptions {
  readonly positions?: PositionRows;
  /** Names as `gpt2TraceNames` gives them, shapes as there with an axis for the batch in front. */
  readonly trace?: Trace;
  /** Vectors that take the place of the token embeddings. */
  readonly embedded?: Tensor;
}

/** The token embeddings of a batch, [batch, length, width]: what attribution methods vary. @throws EngineError `bad-input` */
export function embedTokens(tape: Tape, { config, weights }: Gpt2, batch: TokenBatch): Tensor {
  const length = checkBatch(batch, config.vocabularySize, config.contextLength);
  return embedding(tape, weights.tokens, batch.ids, [batch.batch, length]);
}

// #region plain
/**
 * The last hidden states, behind the final layer norm: what the head reads, and what other heads (a value, a reward) may read.
 *
 * @returns [batch, length, width]
 * @throws EngineError `bad-input`
 */
export function hiddenStates(tape: Tape, model: Gpt2, batch: TokenBatch, options: PlainOptions = {}): Tensor {
  return hiddenStatesFrom(tape, model, 0, residualStream(tape, model, batch, 0, options), options);
}

/**
 * The residual stream before a block: where the blocks below are frozen, it can be kept and read by several passes.
 *
 * @param block how many blocks have added to it
 * @returns [batch, length, width]
 * @throws EngineError `bad-input`
 */
export function residualStream(
  tape: Tape,
  model: Gpt2,
  batch: TokenBatch,
  block: number,
  { positions = "own", trace = NO_TRACE, embedded = embedTokens(tape, model, batch) }: PlainOptions = {},
): Tensor {
  const { config, weights } = model;
  const watch = new Watch(trace);
  const length = checkBatch(batch, config.vocabularySize, config.contextLength);
  const rows = positionRows(
    positions,
    batch.ids.map((_, i) => i % length),
    config,
  );
  const place = rows ? embedding(tape, weights.positions, rows, [batch.batch, length]) : zerosLike(tape, embedded);
  watch.tensor("embed", embedded);
  watch.tensor("pos_embed", place);
  return runBlocks(tape, add(tape, embedded, place), model, 0, block, watch);
}

/** The rest of the way: as `hiddenStates`, from what `residualStream` gave. */
export function hiddenStatesFrom(
  tape: Tape,
  model: Gpt2,
  block: number,
  residual: Tensor,
  { trace = NO_TRACE }: Pick<PlainOptions, "trace"> = {},
): Tensor {
  const { config, weights } = model;
  const watch = new Watch(trace);
  const last = runBlocks(tape, residual, model, block, config.layers, watch);
  return normalize(tape, last, weights.lnFinal, config, watch.at("ln_final"));
}

function runBlocks(
  tape: Tape,
  residual: Tensor,
  { config, weights }: Gpt2,
  first: number,
  end: number,
  watch: Watch,
): Tensor {
  return weights.blocks
    .slice(first, end)
    .reduce((x, block, i) => runBlock(tape, x, block, config, first + i, watch), residual);
}

/** A pre-LN block: each sub-layer reads the normalised residual stream and adds to it. */
function runBlock(
  tape: Tape,
  residual: Tensor,
  block: Gpt2Block,
  config: Gpt2Config,
  layer: number,
  of: Watch,
): Tensor {
  const watch = of.at(`blocks.${layer}`);
  watch.tensor("resid_pre", residual);
  const normal1 = normalize(tape, residual, block.ln1, config, watch.at("ln1"));
  const attended = attend(tape, normal1, block, config, layer, watch.at("attn"));
  watch.tensor("attn_out", attended);
  const middle = add(tape, residual, attended);
  watch.tensor("resid_mid", middle);

  const normal2 = normalize(tape, middle, block.ln2, config, watch.at("ln2"));
  const before = linear(tape, normal2, block.expand.weight, block.expand.bias);
  watch.tensor("mlp.pre", before);
  const after = activate(tape, before, config.activation);
  watch.tensor("mlp.post", after);
  const out = linear(tape, after, block.contract.weight, block.contract.bias);
  watch.tensor("mlp_out", out);
  const sum = add(tape, middle, out);
  watch.tensor("resid_post", sum);
  return sum;
}

function attend(
  tape: Tape,
  x: Tensor,
  { qkv, project }: Gpt2Block,
  config: Gpt2Config,
  layer: number,
  watch: Watch,
): Tensor {
  const { heads, width } = config;
  const [batch = 0, length = 0] = x.shape;
  const packed = linear(tape, x, qkv.weight, qkv.bias);
  // Each token's [q | k | v] seen as three rows.
  const parts = tape.view(packed, [3 * batch * length, width]);
  const part = (which: number): Tensor =>
    embedding(
      tape,
      parts,
      Int32Array.from({ length: batch * length }, (_, token) => 3 * token + which),
      [batch, length],
    );
  const [q, k, v] = [part(0), part(1), part(2)];
  const options = { batch, heads, scale: 1 / scoreDivisor(config, layer + 1), causal: true };
  const { mixed, pattern } = attention(tape, q, k, v, options);
  watchAttention({ q, k, v, pattern, z: mixed }, options, watch);
  return linear(tape, mixed, project.weight, project.bias);
}

/** Next-token logits at every place. @returns [batch, length, vocabularySize] @throws EngineError `bad-input` */
export function logits(tape: Tape, model: Gpt2, batch: TokenBatch, options: PlainOptions = {}): Tensor {
  const hidden = hiddenStates(tape, model, batch, options);
  const out = unembed(tape, model, hidden);
  new Watch(options.trace).tensor("logits", out);
  return out;
}
// #endregion

export interface LossOptions {
  /** [batch × length] The token that each place should predict, negative where it does not count; the next token where it is left out. */
  readonly targets?: Int32Array;
  /** [batch × length] How much each of these predictions counts; all the same where it is left out. */
  readonly weights?: Float32Array;
}

/**
 * The loss of a language model: the cross-entropy of its predictions, averaged by their weights, in nats, [1].
 * @throws EngineError `bad-input`, also if nothing is to be predicted
 */
export function loss(
  tape: Tape,
  model: Gpt2,
  batch: TokenBatch,
  { targets = nextTokens(batch), weights }: LossOptions = {},
): Tensor {
  const rows = Int32Array.from(targets.keys()).filter((i) => targets[i]! >= 0 && weights?.[i] !== 0);
  const shares = Float32Array.from(rows, (row) => weights?.[row] ?? 1);
  const total = shares.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) throw new EngineError("bad-input", "没有要预测的词元");
  // The head is the largest layer: it reads only the places that count.
  const hidden = embedding(tape, hiddenStates(tape, model, batch), rows);
  const losses = crossEntropy(
    tape,
    unembed(tape, model, hidden),
    rows.map((row) => targets[row]!),
  );
  return weightedSum(
    tape,
    losses,
    shares.map((weight) => weight / total),
  );
}

/** The token behind each place, [batch × length]; −1 where a text ends. */
export function nextTokens({ ids, batch, lengths }: TokenBatch): Int32Array {
  const length = ids.length / batch;
  return ids.map((_, i) => {
    const position = i % length;
    const end = lengths?.[(i - position) / length] ?? length;
    return position + 1 < end ? ids[i + 1]! : -1;
  });
}

/** Next-token logits. @param hidden [..., width], as `hiddenStates` gives them @returns [..., vocabularySize] */
export function unembed(tape: Tape, { weights }: Gpt2, hidden: Tensor): Tensor {
  return linear(tape, hidden, weights.head, null, { transposed: true });
}

function normalize(tape: Tape, x: Tensor, weights: LayerNormWeights, { epsilon }: Gpt2Config, watch: Watch): Tensor {
  const width = x.shape.at(-1) ?? 0;
  watch.derived("scale", [x], (data) => ({
    ...layerNormScale(data, width, epsilon),
    shape: [...x.shape.slice(0, -1), 1],
  }));
  const normal = applyLayerNorm(tape, x, weights, epsilon);
  watch.tensor("normalized", normal);
  return normal;
}

function zerosLike(tape: Tape, { shape }: Tensor): Tensor {
  return tape.constant(new Float32Array(sizeOf(shape)), shape);
}
