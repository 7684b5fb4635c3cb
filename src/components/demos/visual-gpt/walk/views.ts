import { attentionScores } from "../../../../engine/tensor/derived.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import { ATTENTION, type ColorScale, signedScaleOf } from "../../../figures/colors.ts";
import { causal, type Matrix } from "../../../figures/heat.ts";
import { type MatrixView, matrixOf } from "../../../subjects/reading/views.ts";
import { firstColumns, type WalkReading, WINDOW } from "./reading.ts";
import type { Station } from "./station.ts";
import { type StationId, stationOf } from "./stations.ts";
import { isInBlock, isOfHead, type Place } from "./way.ts";

/** What is drawn of a station: its matrix, or as much of it as is there. */
export interface View {
  /** Rows: the tokens. */
  readonly rows: number;
  readonly columns: number;
  /** [rows × columns] */
  readonly data: Float32Array;
  readonly hidden?: Matrix["hidden"];
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

/** Whether a reading has what a place shows. @param head counted from 1 */
export function isThere({ part }: WalkReading, { station, layer }: Place, head: number): boolean {
  if (!part || !isInBlock(station)) return true;
  return part.layer === layer && (!isOfHead(station) || part.head === head);
}

/** What a place shows of a head, counted from 1; undefined where it has no matrix, or the reading lacks it. */
export function viewOf(reading: WalkReading, place: Place, head: number): View | undefined {
  const station = stationOf(place.station);
  if (!isThere(reading, place, head)) return undefined;
  const tokens = reading.ids.length;
  if (place.station === "scores") {
    const [q, k] = (["q", "k"] as const).map((part) => tensorOf(reading, { ...place, station: part }));
    if (!q || !k) return undefined;
    return signed(matrixOf("scores", unmasked(q, k), headIn(q, head)));
  }
  const tensor = tensorOf(reading, place);
  if (!tensor) return undefined;
  switch (station.form) {
    case "rows":
      return signed({ rows: tokens, columns: tensor.data.length / tokens, data: tensor.data });
    case "head":
      return signed(matrixOf("head", tensor, headIn(tensor, head)));
    case "square": {
      const own = matrixOf("scores", tensor, head - 1);
      if (place.station === "pattern") {
        return { ...signed(own), hidden: causal, scale: ATTENTION };
      }
      // What is hidden is −∞: it has no colour, and must not make one.
      const seen = own.data.filter((score) => Number.isFinite(score));
      return { ...signed(own), hidden: causal, scale: signedScaleOf(seen) };
    }
    default:
      return undefined;
  }
}

/** A small picture of the same: all tokens, the first columns. */
export function thumbOf(reading: WalkReading, place: Place, head: number): View | undefined {
  const view = viewOf(reading, place, head);
  if (!view || stationOf(place.station).form === "square") return view;
  const { shape, data } = firstColumns({ shape: [view.rows, view.columns], data: view.data }, WINDOW);
  return { ...view, columns: shape[1]!, data };
}

function tensorOf({ traces }: WalkReading, { station, layer }: Place): HostTensor | undefined {
  const trace = traceOf(stationOf(station), layer);
  return trace === undefined ? undefined : traces.get(trace);
}

/** Of a tensor that has only one head, that one. */
const headIn = ({ shape }: HostTensor, head: number): number => Math.min(head - 1, shape[1]! - 1);

/** Every query against every key, also those that the mask is about to hide. */
function unmasked(q: HostTensor, k: HostTensor): HostTensor {
  const [tokens = 0, heads = 0, headWidth = 0] = q.shape;
  return attentionScores(q.data, k.data, { queries: tokens, keys: tokens, heads, headWidth }, (_, key) => key);
}

function signed({ rows, columns, data }: Pick<MatrixView, "rows" | "columns" | "data">): View {
  return { rows, columns, data, scale: signedScaleOf(data) };
}
