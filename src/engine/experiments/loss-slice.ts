import { dot, maxOf, minOf, norm } from "../statistics.ts";

type Place = readonly [x: number, y: number];

/** The loss on a plane in the space of all weights. */
export interface Slice {
  /** What the plane shows, from its middle lines: distances between weights, as lengths of vectors. */
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
  /** [cells × cells], row by row from the smallest y on; the losses in the middle of the cells. */
  readonly losses: Float32Array;
  readonly cells: number;
  /** The tracks, projected on the plane. */
  readonly tracks: readonly (readonly Place[])[];
}

/** What lies around that which must be seen, as a share of it. */
const MARGIN = 0.15;
/** Directions that are shorter than this part of the longest are none. */
const FLAT = 1e-6;

// #region slice
/**
 * The loss on the plane through three points (as Garipov et al. 2018 draw it): the first is its origin, the second lies along x, and y is what the
 * third has besides. Fewer different points leave a direction without meaning: nothing changes along it.
 *
 * @param points the plane goes through the first three that do not lie on a line
 * @param tracks what must be in sight
 */
export async function sliceThrough(
  points: readonly Float32Array[],
  tracks: readonly (readonly Float32Array[])[],
  cells: number,
  lossAt: (weights: Float32Array) => Promise<number>,
): Promise<Slice> {
  const [origin, ...others] = points as readonly [Float32Array, ...Float32Array[]];
  const axes: Float32Array[] = [];
  const longest = maxOf(others.map((point) => norm(minus(point, origin))));
  for (const point of others) {
    let rest = minus(point, origin);
    for (const axis of axes) rest = plus(rest, axis, -dot(rest, axis));
    const length = norm(rest);
    if (axes.length < 2 && length > FLAT * longest) axes.push(rest.map((value) => value / length));
  }
  const placeOf = (weights: Float32Array): Place => {
    const from = minus(weights, origin);
    return [axes[0] ? dot(from, axes[0]) : 0, axes[1] ? dot(from, axes[1]) : 0];
  };
  const places = tracks.map((track) => track.map(placeOf));
  const seen = [...points.map(placeOf), ...places.flat()];
  const [x, y] = [rangeOf(seen.map(([own]) => own)), rangeOf(seen.map(([, own]) => own))];
  const losses = new Float32Array(cells * cells);
  for (let cell = 0; cell < losses.length; cell++) {
    let weights: Float32Array = origin;
    if (axes[0]) weights = plus(weights, axes[0], middleOf(x, cell % cells, cells));
    if (axes[1]) weights = plus(weights, axes[1], middleOf(y, Math.floor(cell / cells), cells));
    losses[cell] = await lossAt(weights);
  }
  return { x, y, losses, cells, tracks: places };
}
// #endregion

function rangeOf(values: readonly number[]): [number, number] {
  const [least, most] = [minOf(values), maxOf(values)];
  const margin = MARGIN * (most - least || 1);
  return [least - margin, most + margin];
}

const middleOf = ([from, to]: readonly [number, number], cell: number, cells: number): number =>
  from + ((cell + 0.5) / cells) * (to - from);

const minus = (a: Float32Array, b: Float32Array): Float32Array => a.map((value, i) => value - b[i]!);
const plus = (a: Float32Array, b: Float32Array, share: number): Float32Array =>
  a.map((value, i) => value + share * b[i]!);
