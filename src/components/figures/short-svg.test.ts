import { expect, test } from "vitest";
import { shortSvg } from "./short-svg.ts";

/** The points of a path of lines. */
function pointsOf(d: string): number[][] {
  let [x, y] = [0, 0];
  return [...d.matchAll(/([ml])(-?\.?\d*\.?\d+),?(-?\.?\d*\.?\d+)/g)].map(([, , right, down]) => {
    [x, y] = [x + Number(right), y + Number(down)];
    return [x, y];
  });
}

test("a line goes through the same points, to a tenth of a pixel, however long it is", () => {
  const points = Array.from({ length: 500 }, (_, i) => [i * 0.7712, 60 + 50 * Math.sin(i * 1.7)]);
  const d = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x!.toFixed(3)},${y!.toFixed(3)}`).join("");
  const short = shortSvg(`<path d="${d}" fill="none"/>`);
  expect(short.length).toBeLessThan(0.6 * d.length);
  const drawn = pointsOf(/ d="([^"]*)"/.exec(short)![1]!);
  expect(drawn).toHaveLength(500);
  for (const [i, [x, y]] of drawn.entries()) {
    expect(Math.abs(x! - points[i]![0]!)).toBeLessThan(0.051);
    expect(Math.abs(y! - points[i]![1]!)).toBeLessThan(0.051);
  }
});

test("other coordinates are rounded, other paths keep their shape, and words stay as they are", () => {
  expect(shortSvg('<path d="M1,2L3,4ZM0.5,0.25L1,1"/>')).toBe('<path d="m1,2l2,2zm-.5-1.7l.5,.7"/>');
  expect(shortSvg('<circle cx="12.3456" cy="-0.04" r="2.5"/>')).toBe('<circle cx="12.3" cy="0" r="2.5"/>');
  expect(shortSvg('<path d="M0 0C1.23456 2 3 4 5 6"/>')).toBe('<path d="M0 0C1.2 2 3 4 5 6"/>');
  expect(shortSvg('<text x="1.05" dy="0.32em">0.12345</text>')).toBe('<text x="1.1" dy="0.32em">0.12345</text>');
});
