import type { Points } from "../analysis/gram.ts";
import { loadFixture } from "./load.ts";

/** What scikit-learn and NumPy make of a few points; made by `training/fixtures_analysis.py`. */
export interface AnalysisFixture {
  /** [18, 5] */
  readonly points: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly pca: { readonly positions: readonly (readonly number[])[]; readonly explained: readonly number[] };
  readonly tsne: {
    readonly perplexity: number;
    readonly joint: readonly (readonly number[])[];
    readonly positions: readonly (readonly number[])[];
    readonly divergence: number;
    readonly gradient: readonly (readonly number[])[];
  };
  readonly probe: {
    readonly strength: number;
    readonly asked: readonly (readonly number[])[];
    readonly probabilities: readonly (readonly number[])[];
  };
  readonly attention: {
    readonly pattern: readonly (readonly (readonly number[])[])[];
    readonly entropy: readonly number[];
    readonly distance: readonly number[];
  };
}

export async function openAnalysisFixture(): Promise<AnalysisFixture> {
  return JSON.parse(new TextDecoder().decode(await loadFixture("src/engine/testdata/analysis.json")));
}

export function pointsOf(rows: readonly (readonly number[])[]): Points {
  return { data: Float32Array.from(rows.flat()), width: rows[0]!.length };
}
