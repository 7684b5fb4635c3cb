import type { Backend } from "../backends/backend.ts";
import type { Gpt2Config } from "../files/config.ts";
import type { ParsedModel } from "../files/loader.ts";
import { applyLinear, type LinearWeights, linearWeights } from "../nn/linear.ts";
import { constant, newWeights, WeightBuilder, type WeightSource } from "../nn/weights.ts";
import type { Random } from "../random.ts";
import { affine } from "../tensor/ops/elementwise.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import type { Parameters } from "../tensor/parameters.ts";
import { sizeOf, type Tape, type Tensor } from "../tensor/tape.ts";
import { Gpt2 } from "./gpt2.ts";
import { hiddenStatesFrom, residualStream, unembed } from "./gpt2-plain.ts";
import { gpt2Checkpoint } from "./gpt2-weights.ts";
import type { TokenBatch } from "./token-batch.ts";

/**
 * A language model that reinforcement learning trains: a GPT-2 that acts, by writing tokens, and one linear layer on its last hidden states
 * that says how well the text will be judged at its end (Ziegler et al. 2019). Only the topmost blocks, the last layer norm and the value
 * are trained; embeddings and the blocks below stay what they were, so their work is done once for the policy and its reference.
 */
export class Gpt2ActorCritic {
  readonly actor: Gpt2;
  /** How many blocks, from the lowest up, are frozen. */
  readonly frozen: number;
  readonly #value: LinearWeights;

  /**
   * @param source the weights of the GPT-2, and of "value_head"
   * @param trained how many blocks are trained
   * @throws EngineError `out-of-memory`, and what the source throws
   */
  constructor(backend: Backend, config: Gpt2Config, source: WeightSource, trained: number) {
    this.frozen = Math.max(0, config.layers - trained);
    const trainable = (name: string): boolean => isTrained(name, this.frozen);
    this.actor = new Gpt2(backend, config, source, { trainable });
    // Zero: at first it expects nothing, and moves none of the advantages.
    this.#value = linearWeights(
      new WeightBuilder(this.actor.parameters, source).at("value_head"),
      config.width,
      1,
      constant(0),
    );
  }

  /** A checkpoint's GPT-2 with a value that expects nothing. @throws EngineError as `takeTensor`; `out-of-memory` */
  static open(
    backend: Backend,
    config: Gpt2Config,
    tensors: ParsedModel["tensors"],
    trained: number,
    random: Random,
  ): Gpt2ActorCritic {
    const [floats, packed] = [gpt2Checkpoint(config, tensors, false), gpt2Checkpoint(config, tensors, true)];
    const drawn = newWeights(random);
    const source: WeightSource = (name, shape, initialize) => {
      if (name.startsWith("value_head.")) return drawn(name, shape, initialize);
      const weight = packed(name, shape, initialize);
      // What is trained has 32 bits, and through 8 bits no gradient flows back.
      const kept = weight instanceof Float32Array || weight.format === "f16";
      return kept && !isTrained(name, config.layers - trained) ? weight : floats(name, shape, initialize);
    };
    return new Gpt2ActorCritic(backend, config, source, trained);
  }

  /** Of both parts. */
  get parameters(): Parameters {
    return this.actor.parameters;
  }

  /** What the frozen blocks make of a batch, for `hiddenStates`. @returns [batch, length, width] @throws EngineError `bad-input` */
  frozenStates(tape: Tape, batch: TokenBatch): Tensor {
    return residualStream(tape, this.actor, batch, this.frozen);
  }

  /** @param states as `frozenStates` gives them @returns the last hidden states, [batch, length, width] */
  hiddenStates(tape: Tape, states: Tensor): Tensor {
    return hiddenStatesFrom(tape, this.actor, this.frozen, states);
  }

  /**
   * What the value function expects at the end of texts that have come so far. Its loss does not reach the blocks: they are trained to write only.
   *
   * @param hidden [..., width]
   * @returns [rows]
   */
  values(tape: Tape, hidden: Tensor): Tensor {
    const values = applyLinear(tape, { ...hidden, gradient: null }, this.#value);
    return tape.view(values, [sizeOf(values.shape)]);
  }

  dispose(): void {
    this.parameters.dispose();
  }
}

/**
 * The logits that a token is drawn from, at some places of a batch.
 *
 * @param hidden [batch, length, width]
 * @param rows places, counted through the whole batch
 * @param temperature what the logits are divided by
 * @returns [rows, vocabularySize]
 */
export function tokenLogits(tape: Tape, model: Gpt2, hidden: Tensor, rows: Int32Array, temperature: number): Tensor {
  const logits = unembed(tape, model, embedding(tape, hidden, rows));
  return temperature === 1 ? logits : affine(tape, logits, 1 / temperature);
}

function isTrained(name: string, frozen: number): boolean {
  if (name.startsWith("value_head.") || name.startsWith("transformer.ln_f.")) return true;
  const block = /^transformer\.h\.(\d+)\./.exec(name)?.[1];
  return block !== undefined && Number(block) >= frozen;
}
