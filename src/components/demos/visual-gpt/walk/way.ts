import type { Source } from "./station.ts";
import { IDS, type StationId, stationOf } from "./stations.ts";

/** The first and the last station that every layer has of its own. */
const [FIRST, LAST] = [IDS.indexOf("ln1"), IDS.indexOf("post")];

export const isInBlock = (id: StationId): boolean => IDS.indexOf(id) >= FIRST && IDS.indexOf(id) <= LAST;

/** Whether what it shows is of one head. */
export const isOfHead = (id: StationId): boolean => ["head", "square"].includes(stationOf(id).form);

/** A place on the way: a station, and the layer in which it lies, counted from 1. */
export interface Place {
  readonly station: StationId;
  readonly layer: number;
}

/** The blocks that the way leads through, counted from 1. */
export interface Blocks {
  readonly first: number;
  readonly last: number;
}

/** The next place on the way, or the one before it (`step` −1): behind a block the next one begins. Undefined at both ends. */
export function placeAfter({ station, layer }: Place, { first, last }: Blocks, step: 1 | -1): Place | undefined {
  if (step === 1 && station === "post" && layer < last) return { station: "ln1", layer: layer + 1 };
  if (step === -1 && station === "ln1" && layer > first) return { station: "post", layer: layer - 1 };
  const next = IDS[IDS.indexOf(station) + step];
  if (next === "ln1" && step === 1) return { station: next, layer: first };
  if (next === "post" && step === -1) return { station: next, layer: last };
  return next && { station: next, layer };
}

/** What a film shows of the blocks in the middle: they do the same again. */
const MIDDLE: readonly StationId[] = ["pattern", "post"];

/** The next place of a film. */
export function sceneAfter(place: Place, blocks: Blocks): Place | undefined {
  const next = placeAfter(place, blocks, 1);
  if (!next || !isInBlock(next.station) || next.layer === blocks.first || next.layer === blocks.last) return next;
  return MIDDLE.includes(next.station) ? next : sceneAfter(next, blocks);
}

/** Where a source is to be seen; undefined for weights. */
export function placeOf({ station }: Source, layer: number): Place | undefined {
  if (station === undefined) return undefined;
  if (station === "stream") return layer > 1 ? { station: "post", layer: layer - 1 } : { station: "input", layer };
  const id = IDS.find((own) => own === station);
  return id && { station: id, layer };
}
