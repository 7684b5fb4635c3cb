import { scoreDivisor } from "../../../../engine/files/config.ts";
import { dot, maxOf, mean } from "../../../../engine/statistics.ts";
import { BENDS } from "./bends.ts";
import { streamOf } from "./facts.ts";
import type { WalkReading } from "./reading.ts";
import { wordsOf } from "./station.ts";
import { type StationId, stationOf } from "./stations.ts";
import { type Numbers, numbersOf } from "./views.ts";
import type { Place } from "./way.ts";

/** A number that goes into a sum, and what it is. */
export interface Term {
  readonly name: string;
  readonly value: number;
}

/** A token that is looked at, as the softmax of a row and the weighted sum see it. */
export interface Seen {
  readonly token: string;
  readonly score: number;
  /** exp(score − the largest of the row). */
  readonly exponential: number;
  readonly weight: number;
}

/** How one number of a station came about, with every number that went into it. */
export type Arithmetic =
  /** Two numbers are added. */
  | { readonly kind: "sum"; readonly terms: readonly [Term, Term]; readonly result: number }
  /** (value − mean) ÷ scale, then a gain and a bias that no trace shows. */
  | {
      readonly kind: "norm";
      readonly value: number;
      readonly mean: number;
      readonly scale: number;
      readonly standard: number;
      readonly result: number;
    }
  /** q · k ÷ divisor. */
  | {
      readonly kind: "dot";
      readonly query: Float32Array;
      readonly key: Float32Array;
      /** Number by number. */
      readonly products: Float32Array;
      readonly sum: number;
      readonly divisor: number;
      /** What it is, as √32; empty where nothing is divided. */
      readonly divisorName: string;
      readonly result: number;
    }
  /** The softmax of a row. */
  | { readonly kind: "softmax"; readonly seen: readonly Seen[]; readonly largest: number; readonly total: number }
  /** Σ weight × value, of one column; `values` are whole rows of the values. */
  | {
      readonly kind: "mix";
      readonly seen: readonly (Pick<Seen, "token" | "weight"> & {
        readonly value: number;
        readonly row: Float32Array;
      })[];
      readonly mixed: Float32Array;
      readonly result: number;
    }
  /** One number goes through the activation. */
  | { readonly kind: "bend"; readonly name: string; readonly value: number; readonly result: number };

const NORMS: Readonly<Partial<Record<StationId, readonly [input: string, scale: string]>>> = {
  ln1: ["resid_pre", "ln1.scale"],
  ln2: ["resid_mid", "ln2.scale"],
};

/**
 * How the number in a row and column of a place came about; undefined where too many numbers would have to be written, or the reading lacks them.
 * @param head counted from 1
 */
export function arithmeticOf(
  reading: WalkReading,
  place: Place,
  head: number,
  row: number,
  column: number,
): Arithmetic | undefined {
  const { station, layer } = place;
  const at = (id: StationId): Numbers | undefined => numbersOf(reading, { station: id, layer }, head);
  const own = at(station);
  if (!own || column >= own.columns || own.hidden?.(row, column)) return undefined;
  const result = cell(own, row, column);
  switch (station) {
    case "input":
    case "mid":
    case "post": {
      const [before, added] = ADDENDS[station];
      const stream = station === "mid" ? streamOf(reading, layer) : at(before);
      const other = at(added);
      if (!stream || !other) return undefined;
      const name = station === "input" ? wordsOf(stationOf("embed").title, reading.sizes) : "残差流";
      const terms = [
        { name, value: cell(stream, row, column) },
        { name: wordsOf(stationOf(added).short, reading.sizes), value: cell(other, row, column) },
      ] as const;
      return { kind: "sum", terms, result };
    }
    case "ln1":
    case "ln2":
    case "final":
      return normOf(reading, place, row, column, result);
    case "scores":
    case "mask": {
      const [q, k] = [at("q"), at("k")];
      return q && k && dotOf(reading, layer, rowOf(q, row), rowOf(k, column), result);
    }
    case "pattern": {
      const scores = at("mask");
      return scores && softmaxOf(reading, rowOf(scores, row), rowOf(own, row), row);
    }
    case "mixed": {
      const [weights, values] = [at("pattern"), at("v")];
      if (!weights || !values) return undefined;
      const seen = reading.tokens.slice(0, row + 1).map((token, i) => ({
        token,
        weight: cell(weights, row, i),
        value: cell(values, i, column),
        row: rowOf(values, i),
      }));
      return { kind: "mix", seen, mixed: rowOf(own, row), result };
    }
    case "gelu": {
      const before = at("expand");
      const { name } = BENDS[reading.sizes.activation];
      return before && { kind: "bend", name, value: cell(before, row, column), result };
    }
    default:
      return undefined;
  }
}

const ADDENDS = { input: ["embed", "pos"], mid: ["input", "project"], post: ["mid", "contract"] } as const;

const cell = ({ data, columns }: Numbers, row: number, column: number): number => data[row * columns + column]!;
const rowOf = ({ data, columns }: Numbers, row: number): Float32Array =>
  data.subarray(row * columns, (row + 1) * columns);

function normOf(
  { traces, sizes }: WalkReading,
  { station, layer }: Place,
  row: number,
  column: number,
  result: number,
): Arithmetic | undefined {
  const [input, divisor] = NORMS[station] ?? ["resid_post", "ln_final.scale"];
  const block = `blocks.${(station === "final" ? sizes.layers : layer) - 1}.`;
  const x = traces.get(block + input);
  const scales = traces.get(station === "final" ? divisor : block + divisor);
  // The mean is that of the whole row.
  if (!x || !scales || x.shape[1] !== sizes.width) return undefined;
  const own = x.data.subarray(row * sizes.width, (row + 1) * sizes.width);
  const [value, middle, scale] = [own[column]!, mean(own), scales.data[row]!];
  return { kind: "norm", value, mean: middle, scale, standard: (value - middle) / scale, result };
}

function dotOf(
  { sizes }: WalkReading,
  layer: number,
  query: Float32Array,
  key: Float32Array,
  result: number,
): Arithmetic {
  const products = query.map((value, i) => value * key[i]!);
  const { byWidth, byLayer } = sizes.scaling ?? { byWidth: true, byLayer: false };
  const divisorName = [byWidth && `√${query.length}`, byLayer && `编号 ${layer}`].filter(Boolean).join(" × ");
  const divisor = scoreDivisor(sizes, layer);
  return { kind: "dot", query, key, products, sum: dot(query, key), divisor, divisorName, result };
}

function softmaxOf({ tokens }: WalkReading, scores: Float32Array, weights: Float32Array, row: number): Arithmetic {
  const largest = maxOf(scores.subarray(0, row + 1));
  const seen = tokens.slice(0, row + 1).map((token, i) => {
    const score = scores[i]!;
    return { token, score, exponential: Math.exp(score - largest), weight: weights[i]! };
  });
  return { kind: "softmax", seen, largest, total: seen.reduce((sum, { exponential }) => sum + exponential, 0) };
}

/** Of a longer row only so many tokens are written: those with the largest weights. */
const WRITTEN = 12;

/** The tokens of a row that are written, in their order, and what the others come to. */
export interface Shortened<T> {
  readonly written: readonly T[];
  readonly others: readonly T[];
}

export function shortened<T extends Pick<Seen, "weight">>(seen: readonly T[]): Shortened<T> {
  // One more fits where a row for the others would stand.
  if (seen.length <= WRITTEN + 1) return { written: seen, others: [] };
  const largest = new Set(seen.toSorted((a, b) => b.weight - a.weight).slice(0, WRITTEN));
  return { written: seen.filter((one) => largest.has(one)), others: seen.filter((one) => !largest.has(one)) };
}
