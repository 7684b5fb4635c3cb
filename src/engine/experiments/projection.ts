import { gramMatrix, type Points, type SymmetricMatrix, squaredDistances } from "../analysis/gram.ts";
import { principalComponents } from "../analysis/pca.ts";
import { Tsne } from "../analysis/t-sne.ts";
import { EngineError } from "../errors.ts";
import type { Random } from "../random.ts";
import { checkRanges, type Ranges } from "../ranges.ts";
import { type Experiment, type Laboratory, nextTurn } from "./experiment.ts";

export interface ProjectionSettings {
  readonly points: Points;
  readonly method: "pca" | "t-sne";
  /** Of t-SNE: how many neighbours a point has, so to speak. */
  readonly perplexity: number;
  /** Of t-SNE. */
  readonly steps: number;
}

export type ProjectionMetrics = {
  /** Steps done; 1 is all that PCA needs. */
  readonly step: number;
  /** Of PCA: shares of the variance along the two components. */
  readonly explainedX: number | null;
  readonly explainedY: number | null;
  /** Of t-SNE: how badly the map shows who is near whom, in nats. */
  readonly divergence: number | null;
  readonly gradientNorm: number | null;
};

/** Within them a record takes a fraction of a second. */
export const PROJECTION_RANGES: Ranges<ProjectionSettings> = {
  perplexity: { name: "困惑度", min: 1, max: 1000 },
  steps: { name: "步数", min: 1, max: 10_000, whole: true },
};
const MAX_POINTS = 500;

/** Steps of t-SNE from one record to the next. */
const RECORD_PERIOD = 10;

/** A map of points of many dimensions in the plane. Answers where the points are now, [n × 2]. */
export class ProjectionExperiment implements Experiment<ProjectionMetrics, null, Float32Array> {
  readonly #gram: SymmetricMatrix;
  readonly #settings: ProjectionSettings;
  readonly #random: Random;
  #positions: Float64Array;

  /** @throws EngineError `bad-input` if a setting is out of its range, or the points cannot be used */
  constructor({ random }: Pick<Laboratory, "random">, settings: ProjectionSettings) {
    checkRanges(settings, PROJECTION_RANGES);
    const count = settings.points.data.length / settings.points.width;
    if (!(count >= 3 && count <= MAX_POINTS)) {
      throw new EngineError("bad-input", `有 ${count} 个点，要有 3 到 ${MAX_POINTS} 个`);
    }
    this.#gram = gramMatrix(settings.points);
    this.#settings = settings;
    this.#random = random;
    this.#positions = new Float64Array(2 * count);
  }

  /** @throws EngineError `bad-input` if there are too few points for the perplexity */
  async *run(): AsyncGenerator<ProjectionMetrics, void, undefined> {
    const { method, perplexity, steps } = this.#settings;
    if (method === "pca") {
      const { positions, explained } = principalComponents(this.#gram, 2);
      this.#positions = positions;
      const [explainedX = 0, explainedY = 0] = explained;
      yield { step: 1, explainedX, explainedY, divergence: null, gradientNorm: null };
      return;
    }
    const map = new Tsne(squaredDistances(this.#gram), perplexity, this.#random);
    this.#positions = map.positions;
    for (let step = 1; step <= steps; step++) {
      const measured = map.step();
      if (step % RECORD_PERIOD !== 0 && step !== steps) continue;
      yield { step, explainedX: null, explainedY: null, ...measured };
      await nextTurn();
    }
  }

  async ask(): Promise<Float32Array> {
    return Float32Array.from(this.#positions);
  }

  dispose(): void {
    // Holds nothing on the backend.
  }
}
