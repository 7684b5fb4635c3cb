import type { Ranked } from "../../../engine/decoding/top-indices.ts";
import type { HostTensor } from "../../../engine/tensor/trace.ts";

/** One reading of a text by a model, of whatever kind: all that the stations of a page show of it. */
export interface Snapshot {
  /** The text as the reader wrote it. */
  readonly label: string;
  readonly ids: readonly number[];
  readonly tokens: readonly string[];
  /** By their names. */
  readonly traces: ReadonlyMap<string, HostTensor>;
  /** Of every place the likeliest tokens, likeliest first. */
  readonly guesses: readonly (readonly Ranked[])[];
}

/** Every intermediate that a model has a name for: a page shows most of them, of every layer. */
export const ALL_TRACES = ["*", "blocks.*.*", "blocks.*.*.*"];

/**
 * What a reading is compared with: the latest earlier one of as many tokens, so that deleting a character and typing another counts as
 * changing it; the latest one at all if there is none.
 *
 * @param earlier latest last
 */
export function referenceFor<S extends Pick<Snapshot, "ids">>(current: S, earlier: readonly S[]): S | undefined {
  return earlier.findLast(({ ids }) => ids.length === current.ids.length) ?? earlier.at(-1);
}
