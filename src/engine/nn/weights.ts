import type { Random } from "../random.ts";
import type { Parameter, Parameters, QuantizedMatrix } from "../tensor/parameters.ts";
import { sizeOf } from "../tensor/tape.ts";

/** Draws the numbers of a new weight. */
export type Initialize = (random: Random, length: number) => Float32Array;

/** Where the numbers of a weight come from: a checkpoint has them by name, a new model draws them. */
export type WeightSource = (
  name: string,
  shape: readonly number[],
  initialize: Initialize,
) => Float32Array | QuantizedMatrix;

/** Draws every weight, in the order in which a model asks for them: the same seed gives the same model. */
export function newWeights(random: Random): WeightSource {
  return (_name, shape, initialize) => initialize(random, sizeOf(shape));
}

/** Adds the weights of a model to its parameters, part by part; names are put together with dots, as PyTorch's modules do. */
export class WeightBuilder {
  readonly #parameters: Pick<Parameters, "add">;
  readonly #source: WeightSource;
  readonly #trainable: (name: string) => boolean;
  readonly #prefix: string;

  /** @param trainable which weights get gradients, by full name; all of them where it is left out */
  constructor(
    parameters: Pick<Parameters, "add">,
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

  take(name: string, shape: readonly number[], initialize: Initialize): Parameter {
    const full = `${this.#prefix}${name}`;
    return this.#parameters.add(full, shape, this.#source(full, shape, initialize), this.#trainable(full));
  }
}

/** Every number the same: zeros for biases, ones for the gain of a layer norm. */
export function constant(value: number): Initialize {
  return (_random, length) => new Float32Array(length).fill(value);
}
