import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Meaning, STEPS, stepColor, stepsOf } from "../components/figures/colors.ts";
import { contrast, distance, type LinearRgb, mix, parseHex, type Vision } from "./color-vision.ts";

const css = readFileSync(new URL("colors.css", import.meta.url), "utf8");

/** The custom properties of the rule that `selector` opens, without those that only refer to another. */
function palette(selector: string): Map<string, LinearRgb> {
  const start = css.indexOf(selector);
  const rule = css.slice(start, css.indexOf("}", start));
  return new Map(
    [...rule.matchAll(/--vl-([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [name, parseHex(hex)]),
  );
}

const visions: readonly Vision[] = ["normal", "protan", "deutan", "tritan"];

/** Colours that carry words or thin lines of a figure. */
const inks = ["ink", "muted", "accent", "query", "key", "value", "attention-4", "negative", "positive", "kept"];
/** Colours that stand beside each other and must not be taken for one another. */
const groups = [
  ["query", "key", "value", "attention-4"],
  ["negative", "neutral", "positive"],
  ["accent", "kept", "dropped"],
  ["accent", "before"],
  ["attention-0", "attention-1", "attention-2", "attention-3", "attention-4"],
];

describe.each([
  ["light", ":root,"],
  ["dark", '[data-theme="dark"] {'],
])("the %s palette", (_, selector) => {
  const colors = palette(selector);
  const color = (name: string): LinearRgb => colors.get(name)!;

  it.each(inks)("%s can be read on paper and on plates", (name) => {
    for (const ground of ["paper", "plate"]) {
      expect(contrast(color(name), color(ground)), ground).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("draws heads and edges of controls strongly enough for figures", () => {
    const names = ["line-strong", ...Array.from({ length: 8 }, (_head, index) => `head-${index}`)];
    for (const name of names) expect(contrast(color(name), color("paper")), name).toBeGreaterThanOrEqual(3);
  });

  it.each(groups)("keeps %s and its like apart for every eye", (...names) => {
    for (const vision of visions) {
      for (const [index, first] of names.entries()) {
        for (const second of names.slice(index + 1)) {
          expect(distance(color(first), color(second), vision), `${first} / ${second}, ${vision}`).toBeGreaterThan(8);
        }
      }
    }
  });

  /** The colours of a scale, away from nothing on each of its sides. */
  const sides = (meaning: Meaning): LinearRgb[][] => {
    const drawn = (step: number): LinearRgb => {
      const [, one = "", share, other = ""] = /var\(--vl-([\w-]+)\) ([\d.]+)%, var\(--vl-([\w-]+)\)/.exec(
        stepColor(meaning, step),
      )!;
      return mix(color(one), color(other), Number(share) / 100);
    };
    const up = Array.from({ length: STEPS + 1 }, (_, step) => drawn(step));
    return stepsOf(meaning)[0] === 0 ? [up] : [up, up.map((_, step) => drawn(-step))];
  };

  it.each<Meaning>(["attention", "signed"])(
    "draws %s in steps that can be told apart, the last one strongly",
    (meaning) => {
      for (const steps of sides(meaning)) {
        expect(contrast(steps.at(-1)!, steps[0]!)).toBeGreaterThanOrEqual(3);
        for (const vision of visions) {
          const away = steps.map((step) => distance(step, steps[0]!, vision));
          for (const [i, next] of away.slice(1).entries()) {
            expect(next - away[i]!, `${meaning} ${i + 1}, ${vision}`).toBeGreaterThan(2);
          }
        }
      }
    },
  );

  it("makes more attention more different from the paper", () => {
    const steps = [0, 1, 2, 3, 4].map((step) => contrast(color(`attention-${step}`), color("paper")));
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });
});
