import { mean } from "../statistics.ts";

/**
 * A map of the plane turned, and mirrored if that helps, so that its points come as near as they can to those of another map (Procrustes analysis,
 * Schönemann 1966). Both are moved to their mean and scaled to one size first, as neither means anything on such a map.
 *
 * @param positions [n × 2]
 * @param target [n × 2]; without, the map is only moved and scaled
 * @returns [n × 2], with a mean square of 1 for each point
 */
export function alignedMap(positions: ArrayLike<number>, target?: ArrayLike<number>): Float32Array {
  const own = unitMap(positions);
  if (!target) return own;
  const other = unitMap(target);
  // Σ (x, y)ᵀ (u, v): a turn by the angle of (xu + yv, xv − yu); mirrored first, of (xu − yv, xv + yu).
  let [xu, xv, yu, yv] = [0, 0, 0, 0];
  for (let i = 0; i < own.length; i += 2) {
    const [x, y, u, v] = [own[i]!, own[i + 1]!, other[i]!, other[i + 1]!];
    xu += x * u;
    xv += x * v;
    yu += y * u;
    yv += y * v;
  }
  const mirror = Math.hypot(xu - yv, xv + yu) > Math.hypot(xu + yv, xv - yu) ? -1 : 1;
  const angle = Math.atan2(xv - mirror * yu, xu + mirror * yv);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return own.map((_, i) => {
    const [x, y] = [own[i - (i % 2)]!, mirror * own[i - (i % 2) + 1]!];
    return i % 2 === 0 ? cosine * x - sine * y : sine * x + cosine * y;
  });
}

function unitMap(positions: ArrayLike<number>): Float32Array {
  const all = Float32Array.from(positions);
  const middle = [0, 1].map((axis) => mean(all.filter((_, i) => i % 2 === axis)));
  const centred = all.map((value, i) => value - middle[i % 2]!);
  const size = Math.sqrt((2 * centred.reduce((sum, value) => sum + value * value, 0)) / centred.length) || 1;
  return centred.map((value) => value / size);
}
