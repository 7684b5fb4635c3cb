import { gramMatrix, type SymmetricMatrix, squaredDistances } from "../analysis/gram.ts";
import { leadingComponents } from "../analysis/leading.ts";
import { nearestOthers } from "../analysis/neighbours.ts";
import { alignedMap } from "../analysis/procrustes.ts";
import { Tsne } from "../analysis/t-sne.ts";
import { EngineError } from "../errors.ts";
import { Random } from "../random.ts";
import { checkRanges } from "../ranges.ts";
import { type Experiment, type Laboratory, nextTurn } from "./experiment.ts";
import { PROJECTION_RANGES, type ProjectionSettings } from "./projection.ts";

export interface DepthMapsSettings extends Pick<ProjectionSettings, "method" | "perplexity" | "steps"> {
  /** [points × width] The same points at every depth. */
  readonly depths: readonly Float32Array[];
  readonly width: number;
}

export type DepthMapsMetrics = {
  /** Depths drawn, from 1. */
  readonly depth: number;
  /** Of PCA: shares of the variance along the two components. */
  readonly explainedX: number | null;
  readonly explainedY: number | null;
  /** Of t-SNE, at its end. */
  readonly divergence: number | null;
};

export interface DepthMap {
  /** [points × 2] Turned to the map of the depth before. */
  readonly positions: Float32Array;
  /** [points] Of each point the nearest other one, in all dimensions. */
  readonly nearest: readonly number[];
}

const MAX_POINTS = 400;
/** Steps of t-SNE from one turn of the others to the next. */
const TURN = 10;

/** The same points at one depth of a network after the other, as maps that can be laid over each other. Answers the map of a depth, counted from 0. */
export class DepthMapsExperiment implements Experiment<DepthMapsMetrics, number, DepthMap> {
  readonly #settings: DepthMapsSettings;
  readonly #seed: number;
  readonly #maps: DepthMap[] = [];

  /** @throws EngineError `bad-input` if a setting is out of its range, or the depths are not of the same points */
  constructor({ random }: Pick<Laboratory, "random">, settings: DepthMapsSettings) {
    const { depths, width, perplexity, steps } = settings;
    checkRanges<Pick<ProjectionSettings, "perplexity" | "steps">>({ perplexity, steps }, PROJECTION_RANGES);
    const count = (depths[0]?.length ?? 0) / width;
    if (!(count >= 3 && count <= MAX_POINTS)) {
      throw new EngineError("bad-input", `有 ${count} 个点，要有 3 到 ${MAX_POINTS} 个`);
    }
    if (depths.some(({ length }) => length !== count * width)) throw new EngineError("bad-input", "各层的点要一样多");
    this.#settings = settings;
    this.#seed = random.uint32();
  }

  /** @throws EngineError `bad-input` if there are too few points for the perplexity */
  async *run(): AsyncGenerator<DepthMapsMetrics, void, undefined> {
    const { depths, width } = this.#settings;
    for (const [i, data] of depths.entries()) {
      const gram = gramMatrix({ data, width });
      const distances = squaredDistances(gram);
      const { positions, ...measured } = await this.#draw(gram, distances);
      const aligned = alignedMap(positions, this.#maps.at(-1)?.positions);
      this.#maps.push({ positions: aligned, nearest: nearestOthers(distances) });
      yield { depth: i + 1, ...measured };
      await nextTurn();
    }
  }

  /** @throws EngineError `bad-input` for a depth that is not drawn yet */
  async ask(depth: number): Promise<DepthMap> {
    const map = this.#maps[depth];
    if (!map) throw new EngineError("bad-input", `第 ${depth} 层还没有画`);
    return map;
  }

  async #draw(
    gram: SymmetricMatrix,
    distances: SymmetricMatrix,
  ): Promise<Omit<DepthMapsMetrics, "depth"> & { readonly positions: Float64Array }> {
    const { method, perplexity, steps } = this.#settings;
    if (method === "pca") {
      const { positions, explained } = leadingComponents(gram, 2);
      const [explainedX = 0, explainedY = 0] = explained;
      return { positions, explainedX, explainedY, divergence: null };
    }
    // Each depth begins with the same disorder.
    const map = new Tsne(distances, perplexity, new Random(this.#seed));
    let divergence = 0;
    for (let step = 1; step <= steps; step++) {
      ({ divergence } = map.step());
      if (step % TURN === 0) await nextTurn();
    }
    return { positions: map.positions, explainedX: null, explainedY: null, divergence };
  }

  dispose(): void {
    // Holds nothing on the backend.
  }
}
