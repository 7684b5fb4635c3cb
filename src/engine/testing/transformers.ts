import { expect } from "vitest";
import { beamSearch } from "../decoding/beam.ts";
import { filterLogits, lastStage } from "../decoding/pipeline.ts";
import { sample } from "../decoding/sample.ts";
import { DEFAULT_SETTINGS, type GenerationSettings } from "../decoding/settings.ts";
import { softmax } from "../decoding/softmax.ts";
import type { TokenTree } from "../models/token-tree.ts";
import { keptIds } from "./random-logits.ts";

/** What `generate()` of transformers found; made by training/fixtures_decoding.py. */
export interface Run {
  readonly prompt: readonly number[];
  readonly settings: Partial<GenerationSettings>;
  /** Generated ids, best text first. */
  readonly texts: readonly (readonly number[])[];
  /** `sequences_scores`; `null` for greedy decoding, which has none. */
  readonly scores: readonly number[] | null;
}

/** The distribution of the next token that `generate()` samples from. */
export interface Filtered {
  readonly history: readonly number[];
  readonly settings: Partial<GenerationSettings>;
  /** Ids that the filters left, ascending, and their probabilities. */
  readonly kept: readonly number[];
  readonly probabilities: readonly number[];
}

const complete = (settings: Partial<GenerationSettings>) => ({ ...DEFAULT_SETTINGS, endIds: [0], ...settings });

/** Our decoder finds the same texts, with the same scores. */
export async function expectSameTexts(tree: TokenTree, run: Run): Promise<void> {
  const settings = complete(run.settings);
  if (run.scores === null) {
    const events = await Array.fromAsync(sample(tree, run.prompt, settings));
    const tokens = events.filter((event) => event.type === "token");
    expect([tokens.map(({ token }) => token)]).toEqual(run.texts);
    return;
  }
  const events = await Array.fromAsync(beamSearch(tree, run.prompt, settings));
  const hypotheses = events.flatMap((event) => (event.type === "result" ? event.hypotheses : []));
  expect(hypotheses.map(({ ids }) => ids)).toEqual(run.texts);
  const errors = hypotheses.map(({ score }, i) => Math.abs(score - (run.scores?.[i] ?? Number.NaN)));
  expect(Math.max(...errors)).toBeLessThan(1e-3);
}

/** Our filters leave the same tokens, with the same probabilities. */
export async function expectSameDistribution(tree: TokenTree, filtered: Filtered): Promise<void> {
  const { logits } = await tree.append(null, filtered.history);
  const settings = complete({ ...filtered.settings, doSample: true });
  const last = lastStage(filterLogits(logits, filtered.history, settings)).logits;
  const probabilities = softmax(last);
  expect(keptIds(last)).toEqual(filtered.kept);
  const errors = filtered.kept.map((id, i) => Math.abs((probabilities[id] ?? 0) - (filtered.probabilities[i] ?? 0)));
  expect(Math.max(...errors)).toBeLessThan(1e-3);
}
