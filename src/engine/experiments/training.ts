import { wholeOf } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { Schedule } from "../optim/schedules.ts";
import type { Parameters } from "../tensor/parameters.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import { nextTurn } from "./experiment.ts";

/** What a step measured. */
export interface StepMetrics {
  /** Steps done, from 1. */
  readonly step: number;
  /** Before the step. */
  readonly loss: number;
  /** Of all gradients together, before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
}

/** A model and the optimiser that moves its weights: made together or not at all, and freed together. */
export class Training<Model extends { readonly parameters: Parameters }> {
  readonly model: Model;
  readonly #optimizer: Optimizer;

  /** @param optimizerOf makes the optimiser; where it cannot, the model is freed, too */
  constructor(model: Model, optimizerOf: (parameters: Parameters) => Optimizer) {
    this.model = model;
    try {
      this.#optimizer = optimizerOf(model.parameters);
    } catch (error) {
      model.parameters.dispose();
      throw error;
    }
  }

  // #region steps
  /**
   * One step after the other; others have a turn in between.
   *
   * @param schedule the learning rate of each step, from 1
   * @param forward computes the loss of the next batch, [1]
   * @throws EngineError `diverged` if the loss or a gradient is not finite any more; `device-lost`; `out-of-memory`
   */
  async *run(
    steps: number,
    schedule: Schedule,
    forward: (tape: Tape) => Tensor,
  ): AsyncGenerator<StepMetrics, void, undefined> {
    for (let step = 1; step <= steps; step++) {
      const learningRate = schedule(step);
      yield { step, ...(await this.#step(learningRate, forward)), learningRate };
      await nextTurn();
    }
  }

  /** Forward, backward, and one move of the weights. */
  async #step(learningRate: number, forward: (tape: Tape) => Tensor) {
    const { parameters } = this.model;
    const tape = new Tape(parameters.backend);
    try {
      parameters.zeroGradients();
      const mean = forward(tape);
      tape.backward(mean);
      this.#optimizer.step(learningRate);
      const read = await parameters.backend.read([wholeOf(mean.storage), this.#optimizer.squaredNorm]);
      const [loss, squares] = [read[0]![0]!, read[1]![0]!];
      if (!Number.isFinite(loss + squares)) throw new EngineError("diverged");
      return { loss, gradientNorm: Math.sqrt(squares) };
    } finally {
      tape.dispose();
    }
  }
  // #endregion

  dispose(): void {
    this.#optimizer.dispose();
    this.model.parameters.dispose();
  }
}
