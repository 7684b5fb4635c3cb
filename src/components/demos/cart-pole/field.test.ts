import { expect, it } from "vitest";
import { fieldPaths, tellField } from "./field.ts";

const field = {
  kind: "field" as const,
  cells: 2,
  right: Float32Array.of(1, 0.5, 0, 0.9),
  values: Float32Array.of(-1, 3, 3, 7),
};

it("the colour says to which side is pushed; where neither is likelier nothing is drawn", () => {
  expect(fieldPaths(field, "policy")).toEqual([
    { step: 8, d: "m0 0.5h1" },
    { step: -8, d: "m0 1.5h1" },
    { step: 6, d: "m1 1.5h1" },
  ]);
  expect(tellField(field, "policy")).toContain("50% 的格子偏向往右");
});

it("a value is above or below the mean of the field, and written with a true minus sign", () => {
  expect(fieldPaths(field, "value").map(({ step }) => step)).toEqual([-8, 8]);
  expect(tellField(field, "value")).toContain("从 −1.0 到 7.0；比平均 3.0 大的是青色");
  expect(tellField(undefined, "value")).toBe("价值场：横轴是角度（度），纵轴是角速度（度/秒）。");
});
