/**
 * Numbers as colours. A row is drawn as one path per shade rather than one box per number: a page full of tensors stays light, and the
 * colours are the style sheet's, so they follow the theme.
 */

/** Shades on each side of zero. */
export const SHADES = 8;

/** The cells of one shade in a row of cells one wide and one high. */
export interface ShadePath {
  /** −SHADES to SHADES, never 0. */
  readonly shade: number;
  /** `d` of an SVG path. */
  readonly d: string;
}

/** The magnitude that gets the full colour: all but the largest hundredth of the numbers are below, so that a few giants do not pale the rest. */
export function colorScale(data: Float32Array): number {
  const sizes = data.map(Math.abs).sort();
  return sizes[Math.floor(0.99 * (sizes.length - 1))] || sizes.at(-1) || 1;
}

/** @param scale magnitude of the full colour; what is larger has it, too */
export function shadeOf(value: number, scale: number): number {
  const part = Math.min(1, Math.abs(value) / scale);
  return Math.sign(value) * Math.round(part * SHADES) || 0;
}

/** The row as paths, neighbours of one shade in one piece. */
export function shadePaths(row: Float32Array, scale: number): ShadePath[] {
  const paths = new Map<number, string>();
  let start = 0;
  for (let i = 1; i <= row.length; i++) {
    const shade = shadeOf(row[start]!, scale);
    if (i < row.length && shadeOf(row[i]!, scale) === shade) continue;
    if (shade !== 0) paths.set(shade, `${paths.get(shade) ?? ""}M${start} 0h${i - start}v1h${start - i}z`);
    start = i;
  }
  return [...paths].sort(([a], [b]) => a - b).map(([shade, d]) => ({ shade, d }));
}

/** CSS colour of a shade: towards negative or positive, or along the scale of attention weights. */
export function shadeColor(shade: number, form: "signed" | "weights"): string {
  if (form === "signed") {
    const share = (100 * Math.abs(shade)) / SHADES;
    return `color-mix(in oklab, var(--vl-${shade < 0 ? "negative" : "positive"}) ${share}%, var(--vl-neutral))`;
  }
  const place = (4 * Math.max(0, shade)) / SHADES;
  const below = Math.min(3, Math.floor(place));
  return `color-mix(in oklab, var(--vl-attention-${below + 1}) ${100 * (place - below)}%, var(--vl-attention-${below}))`;
}
