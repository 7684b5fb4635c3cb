/** A colour, 0–255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Reads `#rrggbb`. @throws RangeError for anything else */
export function parseColor(hex: string): Rgb {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!match) throw new RangeError(`${hex} is no #rrggbb`);
  const [, red, green, blue] = match;
  return [Number.parseInt(red!, 16), Number.parseInt(green!, 16), Number.parseInt(blue!, 16)];
}

/** The colour of a weight on a sequential scale. @param weight 0–1 */
export function colorAt(scale: readonly Rgb[], weight: number): Rgb {
  const at = Math.min(1, Math.max(0, weight)) * (scale.length - 1);
  const low = scale[Math.floor(at)]!;
  const high = scale[Math.ceil(at)]!;
  const part = at - Math.floor(at);
  const mix = (i: 0 | 1 | 2): number => Math.round(low[i] + part * (high[i] - low[i]));
  return [mix(0), mix(1), mix(2)];
}

/**
 * One head's attention as the pixels of an image, opaque RGBA. Small weights would all look white, so colours follow the root of the
 * weight.
 *
 * @param weights [length × length]
 */
export function patternPixels(weights: Float32Array, scale: readonly Rgb[]): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * weights.length);
  for (const [i, weight] of weights.entries()) pixels.set([...colorAt(scale, Math.sqrt(weight)), 255], 4 * i);
  return pixels;
}

/** The same as an address for `<image>`, one pixel for each weight. */
export function patternImage(weights: Float32Array, colors: readonly string[]): string {
  const length = Math.sqrt(weights.length);
  const canvas = document.createElement("canvas");
  canvas.width = length;
  canvas.height = length;
  const pixels = patternPixels(weights, colors.map(parseColor));
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, length, length), 0, 0);
  return canvas.toDataURL();
}
