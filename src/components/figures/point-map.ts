import { maxOf, minOf } from "../../engine/statistics.ts";

/** One point of `PointMap`. */
export interface MapPoint {
  /** What is said of it. */
  readonly text: string;
  /** Number of its label, for its mark; −1: one of the reader's own. */
  readonly label: number;
  /** Its label, or labels, in words. */
  readonly note: string;
  /** What it is called beside its mark, for some few of them that lie apart. */
  readonly name?: string | undefined;
}

/** A point on the drawing, in CSS pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Places points in a drawing. The map's second axis points up.
 *
 * @param positions [n × 2]
 * @param margin left free on all sides, in CSS pixels
 * @param stretched each axis in a scale of its own, so that all is filled; otherwise in one scale: distances on the map stay in proportion
 */
export function placePoints(
  positions: ArrayLike<number>,
  width: number,
  height: number,
  margin: number,
  stretched = false,
): Place[] {
  const points = Array.from({ length: positions.length / 2 }, (_, i) => [positions[2 * i]!, positions[2 * i + 1]!]);
  const [left, right] = extent(points.map(([x]) => x!));
  const [low, high] = extent(points.map(([, y]) => y!));
  const [across, up] = [(width - 2 * margin) / (right - left || 1), (height - 2 * margin) / (high - low || 1)];
  const [scaleX, scaleY] = stretched ? [across, up] : [Math.min(across, up), Math.min(across, up)];
  return points.map(([x, y]) => ({
    x: width / 2 + (x! - (left + right) / 2) * scaleX,
    y: height / 2 - (y! - (low + high) / 2) * scaleY,
  }));
}

function extent(values: readonly number[]): [number, number] {
  return [minOf(values), maxOf(values)];
}

/** Which points lie nearest to the four corners of the map, each once: they can be named without names lying over each other. */
export function inCorners(positions: ArrayLike<number>): number[] {
  const places = placePoints(positions, 1, 1, 0, true);
  const corners = [0, 1].flatMap((x) => [0, 1].map((y) => ({ x, y })));
  const nearest = corners.map((corner) => nearestPoint(places, corner, Number.POSITIVE_INFINITY));
  return [...new Set(nearest)].filter((point) => point !== undefined);
}

/** The nearest point, if one is within reach. */
export function nearestPoint(places: readonly Place[], { x, y }: Place, reach: number): number | undefined {
  const distances = places.map((place) => Math.hypot(place.x - x, place.y - y));
  const nearest = distances.indexOf(minOf(distances));
  return distances[nearest]! <= reach ? nearest : undefined;
}

const DIRECTIONS: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/**
 * Where an arrow key leads from a point: to the nearest one that lies in that direction, sideways steps counted double.
 * @returns undefined if the key is no arrow, or nothing lies there
 */
export function neighbourInDirection(places: readonly Place[], from: number, key: string): number | undefined {
  const direction = DIRECTIONS[key];
  const here = places[from];
  if (!direction || !here) return undefined;
  let best: { index: number; cost: number } | undefined;
  for (const [index, place] of places.entries()) {
    const [dx, dy] = [place.x - here.x, place.y - here.y];
    const ahead = dx * direction.x + dy * direction.y;
    const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
    if (ahead <= 0 || aside > 2 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (!best || cost < best.cost) best = { index, cost };
  }
  return best?.index;
}
