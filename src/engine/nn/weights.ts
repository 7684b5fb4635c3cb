import type { Random } from "../random.ts";
import type { PackedMatrix, Parameter, Parameters } from "../tensor/parameters.ts";
import { sizeOf } from "../tensor/tape.ts";

/** Draws the numbers of a new weight. */
export type Initialize = (random: Random, length: number) => Float32Array;

/** Where the numbers of a weight come from: a checkpoint has them by name, a new model draws them. */
export type WeightSource = (
  name: string,
  shape: readonly number[],
  initialize: Initialize,
) => Float32Array | PackedMatrix;

/** Draws every weight, in the order in which a model asks for them: the same seed gives the same model. */
export function newWeights(random: Random): WeightSource {
  return (_name, shape, initialize) => initialize(random, sizeOf(shape));
}

/**
 * Adds the weights of a model to its parameters, part by part; names are put together with dots, as PyTorch's modules do. A model that lacks
 * one of its weights is none: if one cannot be had, those added before are freed.
 */
export class WeightBuilder {
  readonly #parameters: Pick<Parameters, "add" | "dispose">;
  readonly #source: WeightSource;
  readonly #trainable: (name: string) => boolean;
  readonly #prefix: string;

  /** @param trainable which weights get gradients, by full name; all of them where it is left out */
  constructor(
    parameters: Pick<Parameters, "add" | "dispose">,
    source: WeightSource,
    trainable: (name: string) => boolean = () => true,
    prefix = "",
  ) {
    this.#parameters = parameters;
    this.#source = source;
    this.#trainable = trainable;
    this.#prefix = prefix;
  }

  /** The weights of a part of this part. */
  at(part: string): WeightBuilder {
    return new WeightBuilder(this.#parameters, this.#source, this.#trainable, `${this.#prefix}${part}.`);
  }

  /** @throws EngineError `out-of-memory`, and what the source throws */
  take(name: string, shape: readonly number[], initialize: Initialize): Parameter {
    const full = `${this.#prefix}${name}`;
    try {
      return this.#parameters.add(full, shape, this.#source(full, shape, initialize), this.#trainable(full));
    } catch (error) {
      this.#parameters.dispose();
      throw error;
    }
  }
}

/** Every number the same: zeros for biases, ones for the gain of a layer norm. */
export function constant(value: number): Initialize {
  return (_random, length) => new Float32Array(length).fill(value);
}
