import { deviation, mean } from "../statistics.ts";
import type { HostTensor } from "../tensor/trace.ts";

/** A neuron, and where it was excited most. */
export interface ExcitedNeuron {
  /** Counted from 0. */
  readonly neuron: number;
  /** By how many of its standard deviations the mean of its highest activations lies above the mean of all. */
  readonly selectivity: number;
  /** The tokens at which it was, highest first, and how much. */
  readonly top: readonly { readonly index: number; readonly value: number }[];
}

// #region neurons
/**
 * The neurons of a layer that are choosiest over a text: quiet nearly everywhere, excited at a few tokens.
 *
 * @param activations [tokens, neurons], `mlp.post`
 * @param contexts how many of its highest activations are kept of a neuron
 * @param count how many neurons are wanted, choosiest first
 */
export function choosiestNeurons(
  { shape, data }: HostTensor,
  { contexts, count }: { readonly contexts: number; readonly count: number },
): ExcitedNeuron[] {
  const [tokens = 0, width = 0] = shape;
  const neurons = Array.from({ length: width }, (_, neuron): ExcitedNeuron => {
    const own = Float32Array.from({ length: tokens }, (_, token) => data[token * width + neuron]!);
    const top = highest(own, contexts);
    const peak = mean(top.map(({ value }) => value)) - mean(own);
    return { neuron, selectivity: peak / (deviation(own) || 1), top };
  });
  return neurons.toSorted((a, b) => b.selectivity - a.selectivity).slice(0, count);
}
// #endregion

/** The highest values and where they stand, highest first. One pass: there are thousands of neurons to go through. */
function highest(values: Float32Array, count: number): { readonly index: number; readonly value: number }[] {
  const best: { readonly index: number; readonly value: number }[] = [];
  for (const [index, value] of values.entries()) {
    if (best.length === count && value <= best.at(-1)!.value) continue;
    best.splice(best.findLastIndex((other) => other.value >= value) + 1, 0, { index, value });
    if (best.length > count) best.pop();
  }
  return best;
}
