import { scoreDivisor } from "../../../../engine/files/config.ts";
import { attentionScores } from "../../../../engine/tensor/derived.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import { ATTENTION, type ColorScale, signedScaleOf } from "../../../figures/colors.ts";
import { causal, type Matrix } from "../../../figures/heat.ts";
import { matrixOf } from "../../../subjects/reading/views.ts";
import { firstColumns, type WalkReading, WINDOW } from "./reading.ts";
import type { Station } from "./station.ts";
import { type StationId, stationOf } from "./stations.ts";
import { isInBlock, isOfHead, type Place } from "./way.ts";

/** The numbers of a station, or as many of them as are there. */
export interface Numbers {
  /** The tokens. */
  readonly rows: number;
  readonly columns: number;
  /** [rows × columns] */
  readonly data: Float32Array;
  readonly hidden?: Matrix["hidden"];
}

/** What is drawn of them. */
export interface View extends Numbers {
  readonly scale: ColorScale;
}

/** The trace that a station shows in a layer, counted from 1; undefined where it shows none. */
export function traceOf({ id, origin }: Pick<Station, "id" | "origin">, layer: number): string | undefined {
  const name = origin.replace(/.*#/, "");
  if (id === "input") return "blocks.0.resid_pre";
  return origin.startsWith("models/") ? name.replace("*", String(layer - 1)) : undefined;
}

/** The shape of a station's whole tensor, for one head where it is of one. */
export function shapeOf(id: StationId, { ids, sizes }: Pick<WalkReading, "ids" | "sizes">): string {
  const { form, columns } = stationOf(id);
  const wide = {
    ids: 1,
    rows: columns?.(sizes) ?? 0,
    head: sizes.width / sizes.heads,
    square: ids.length,
    guesses: sizes.vocabularySize,
  }[form];
  return `${ids.length} × ${wide}`;
}

/** Of which every part of a reading has all heads. */
const ALL_HEADS: readonly StationId[] = ["mask", "pattern", "mixed"];

/** Whether a reading has what a place shows. @param head counted from 1 */
export function isThere({ part }: WalkReading, { station, layer }: Place, head: number): boolean {
  if (!part || !isInBlock(station)) return true;
  return part.layer === layer && (!isOfHead(station) || part.head === head || ALL_HEADS.includes(station));
}

/** The numbers of a place, of one head (counted from 1) where it has several; undefined where it has no matrix, or the reading lacks it. */
export function numbersOf(reading: WalkReading, place: Place, head: number): Numbers | undefined {
  if (!isThere(reading, place, head)) return undefined;
  const { form } = stationOf(place.station);
  if (place.station === "scores") return unmasked(reading, place, head);
  const tensor = tensorOf(reading, place);
  if (!tensor) return undefined;
  switch (form) {
    case "rows":
      return { rows: reading.ids.length, columns: tensor.data.length / reading.ids.length, data: tensor.data };
    case "head":
      // Of a tensor that has only one head, that one.
      return matrixOf("head", tensor, Math.min(head, tensor.shape[1]!) - 1);
    case "square":
      return { ...matrixOf("scores", tensor, head - 1), hidden: causal };
    default:
      return undefined;
  }
}

/** What is drawn of a place. Parameters as of `numbersOf`. */
export function viewOf(reading: WalkReading, place: Place, head: number): View | undefined {
  const numbers = numbersOf(reading, place, head);
  return numbers && colored(numbers, place.station);
}

/** A small picture of the same: all tokens, the first columns. */
export function thumbOf(reading: WalkReading, place: Place, head: number): View | undefined {
  const numbers = numbersOf(reading, place, head);
  if (!numbers) return undefined;
  if (stationOf(place.station).form === "square") return colored(numbers, place.station);
  const { shape, data } = firstColumns({ shape: [numbers.rows, numbers.columns], data: numbers.data }, WINDOW);
  return colored({ ...numbers, columns: shape[1]!, data }, place.station);
}

/**
 * Which row of a source goes into a number of a station, as its row and column are chosen; undefined where several do. All counted from 0.
 */
export function rowOfSource(
  station: StationId,
  source: StationId,
  { row, column }: { readonly row: number; readonly column: number },
): number | undefined {
  if (station === "mixed" && source === "v") return undefined;
  return station === "scores" && source === "k" ? column : row;
}

function colored(numbers: Numbers, station: StationId): View {
  if (station === "pattern") return { ...numbers, scale: ATTENTION };
  // What is hidden is −∞: it has no colour, and must not make one.
  const seen = numbers.hidden ? numbers.data.filter(Number.isFinite) : numbers.data;
  return { ...numbers, scale: signedScaleOf(seen) };
}

function tensorOf({ traces }: WalkReading, { station, layer }: Place): HostTensor | undefined {
  const trace = traceOf(stationOf(station), layer);
  return trace === undefined ? undefined : traces.get(trace);
}

/** Every query of a head against every key, also those that the mask is about to hide. */
function unmasked(reading: WalkReading, place: Place, head: number): Numbers | undefined {
  const [q, k] = (["q", "k"] as const).map((station) => numbersOf(reading, { ...place, station }, head));
  if (!q || !k) return undefined;
  const scale = 1 / scoreDivisor(reading.sizes, place.layer);
  const shape = { queries: q.rows, keys: k.rows, heads: 1, headWidth: q.columns, scale };
  return { rows: q.rows, columns: k.rows, data: attentionScores(q.data, k.data, shape, (_, key) => key).data };
}
