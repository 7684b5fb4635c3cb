import type { Points } from "../../../../engine/analysis/gram.ts";
import type { Representation } from "../../../../engine/experiments/probe.ts";
import type { Reading } from "../../../../engine/models/bert-reading.ts";
import { norm } from "../../../../engine/statistics.ts";

/** How the vectors of a sentence's tokens become one: the vector of `[CLS]`, or the mean over the characters. */
export type Pooling = "cls" | "mean";
export const POOLINGS: readonly Pooling[] = ["mean", "cls"];

/** Where vectors come from: a layer (0: the embeddings), the last four added up or side by side, or, to compare with, no model at all. */
export type Source = number | "sum" | "concat" | "bag";

/** What is kept of a sentence. */
export interface SentenceVectors {
  /** One vector for each layer, 0 … layers. */
  readonly cls: readonly Float32Array[];
  readonly mean: readonly Float32Array[];
  /** The ids of its characters, in order. */
  readonly characters: readonly number[];
}

/** What has to be traced for `poolReading`. */
export const TRACE = ["full_embed", "blocks.*.normalized_resid_post"];

// #region pooling
/**
 * Pools each layer of a reading. The mean leaves out `[CLS]` and `[SEP]`, which are no characters of the sentence; a sentence without any has
 * the vector of `[CLS]` for a mean.
 *
 * @param specialIds tokens that are no text
 */
export function poolReading(
  { traces }: Pick<Reading, "traces">,
  ids: readonly number[],
  specialIds: ReadonlySet<number>,
): SentenceVectors {
  const characters = ids.flatMap((id, place) => (specialIds.has(id) ? [] : [place]));
  const places = characters.length > 0 ? characters : [0];
  const layers = [...traces.values()];
  return {
    cls: layers.map(({ shape, data }) => data.slice(0, shape[1])),
    mean: layers.map(({ shape: [, width = 0], data }) =>
      Float32Array.from(
        { length: width },
        (_, k) => places.reduce((sum, place) => sum + data[place * width + k]!, 0) / places.length,
      ),
    ),
    characters: characters.map((place) => ids[place]!),
  };
}
// #endregion

/** How many of the last layers are added up, or laid side by side (Devlin et al. 2019, table 7). */
const LAST = 4;

/** The sentences as points: several, where vectors are laid side by side. */
export function partsOf(sentences: readonly SentenceVectors[], source: Source, pooling: Pooling): Points[] {
  if (source === "bag") return [bagsOf(sentences)];
  const pooled = sentences.map((sentence) => sentence[pooling]);
  if (typeof source === "number") return [pointsOf(pooled.map((layers) => layers[source]!))];
  if (source === "sum") return [pointsOf(pooled.map((layers) => sumOf(layers.slice(-LAST))))];
  return Array.from({ length: LAST }, (_, i) => pointsOf(pooled.map((layers) => layers.at(i - LAST)!)));
}

/** The sentences as points of one space. */
export function joinParts(parts: readonly Points[]): Points {
  const width = parts.reduce((sum, part) => sum + part.width, 0);
  const count = parts[0]!.data.length / parts[0]!.width;
  const rows = Array.from({ length: count }, (_, i) =>
    parts.flatMap((part) => [...part.data.subarray(i * part.width, (i + 1) * part.width)]),
  );
  return { data: Float32Array.from(rows.flat()), width };
}

/** All sources of a model with so many layers, in the order in which they are shown. */
export function allSources(layers: number): Source[] {
  return ["bag", ...Array.from({ length: layers + 1 }, (_, i) => i), "sum", "concat"];
}

export function sourceName(source: Source): string {
  if (source === "bag") return "逐字统计（对照）";
  if (source === "sum") return "后四层相加";
  if (source === "concat") return "后四层相接";
  return source === 0 ? "嵌入层" : `第 ${source} 层`;
}

/** The name of a representation in a probe's records. */
export function representationName(source: Source, pooling: Pooling): string {
  return source === "bag" ? "bag" : `${pooling} ${source}`;
}

/** Everything that is compared, in the order in which it is measured. Layers that occur twice are the same points. */
export function allRepresentations(sentences: readonly SentenceVectors[], layers: number): Representation[] {
  return POOLINGS.flatMap((pooling, p) => {
    const ofLayer = Array.from({ length: layers + 1 }, (_, layer) => partsOf(sentences, layer, pooling));
    return allSources(layers).flatMap((source) => {
      if (source === "bag" && p > 0) return [];
      const parts =
        typeof source === "number"
          ? ofLayer[source]!
          : source === "concat"
            ? ofLayer.slice(-LAST).flat()
            : partsOf(sentences, source, pooling);
      return [{ name: representationName(source, pooling), parts }];
    });
  });
}

/** Bags of characters: how often each character occurs, in proportion to the length of this list of counts. Knows no order and no meaning. */
function bagsOf(sentences: readonly SentenceVectors[]): Points {
  const vocabulary = [...new Set(sentences.flatMap(({ characters }) => characters))];
  const columns = new Map(vocabulary.map((id, column) => [id, column]));
  const rows = sentences.map(({ characters }) => {
    const counts = new Float32Array(Math.max(1, vocabulary.length));
    for (const id of characters) counts[columns.get(id)!]! += 1;
    const length = norm(counts);
    return length > 0 ? counts.map((count) => count / length) : counts;
  });
  return pointsOf(rows);
}

function sumOf(vectors: readonly Float32Array[]): Float32Array {
  return vectors[0]!.map((_, k) => vectors.reduce((sum, vector) => sum + vector[k]!, 0));
}

function pointsOf(rows: readonly Float32Array[]): Points {
  const width = rows[0]!.length;
  const data = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) data.set(row, i * width);
  return { data, width };
}
