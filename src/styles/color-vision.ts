import { norm } from "../engine/statistics.ts";

/** Measures for the colour code: contrast, and distance of two colours as readers with colour-vision deficiencies see them. */

/** Linear-light RGB, each 0–1. */
export type LinearRgb = readonly [number, number, number];

/** How a reader sees colours. */
export type Vision = "normal" | "protan" | "deutan" | "tritan";

/**
 * Full dichromacy as a matrix on linear RGB, by rows: Machado, Oliveira, Fernandes, "A Physiologically-based Model for Simulation of
 * Color Vision Deficiency", 2009, severity 1.0.
 */
const DICHROMACY: Record<Exclude<Vision, "normal">, readonly LinearRgb[]> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** `#rrggbb` as linear RGB. */
export function parseHex(hex: string): LinearRgb {
  const linear = (start: number): number => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [linear(1), linear(3), linear(5)];
}

/** Contrast ratio of two colours, 1–21 (WCAG 2.2). */
export function contrast(a: LinearRgb, b: LinearRgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Distance of two colours in OKLab (Ottosson 2020), times 100: about 2 is just noticeable, black and white are 100 apart. */
export function distance(a: LinearRgb, b: LinearRgb, vision: Vision = "normal"): number {
  const [first, second] = [toOklab(see(a, vision)), toOklab(see(b, vision))];
  return 100 * norm(first.map((value, index) => value - second[index]!));
}

/** What CSS makes of `color-mix(in oklab, a share, b)`. @param share of `a`, 0–1 */
export function mix(a: LinearRgb, b: LinearRgb, share: number): LinearRgb {
  const [first, second] = [toOklab(a), toOklab(b)];
  return fromOklab([0, 1, 2].map((i) => share * first[i]! + (1 - share) * second[i]!));
}

function see(color: LinearRgb, vision: Vision): LinearRgb {
  return vision === "normal" ? color : multiply(DICHROMACY[vision], color);
}

function luminance([red, green, blue]: LinearRgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function toOklab(color: LinearRgb): LinearRgb {
  const cones = multiply(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    color,
  );
  return multiply(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(cones[0]), Math.cbrt(cones[1]), Math.cbrt(cones[2])],
  );
}

function fromOklab([lightness = 0, a = 0, b = 0]: readonly number[]): LinearRgb {
  const cones = multiply(
    [
      [1, 0.3963377774, 0.2158037573],
      [1, -0.1055613458, -0.0638541728],
      [1, -0.0894841775, -1.291485548],
    ],
    [lightness, a, b],
  );
  return multiply(
    [
      [4.0767416621, -3.3077115913, 0.2309699292],
      [-1.2684380046, 2.6097574011, -0.3413193965],
      [-0.0041960863, -0.7034186147, 1.707614701],
    ],
    [cones[0] ** 3, cones[1] ** 3, cones[2] ** 3],
  );
}

function multiply(rows: readonly LinearRgb[], [x, y, z]: LinearRgb): LinearRgb {
  const [red = 0, green = 0, blue = 0] = rows.map((row) => row[0] * x + row[1] * y + row[2] * z);
  return [red, green, blue];
}
