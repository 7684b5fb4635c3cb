import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";

const back = (value: unknown): unknown => new Function(`return ${codeOf(value)}`)();

describe("codeOf", () => {
  it.each([
    null,
    '「引号"\\\n</script>」',
    [1, -2.5, 1e-9, Number.NEGATIVE_INFINITY],
    { a: undefined, "b-c": [true, { d: new Map([[3, new Set(["e"])]]) }] },
    new Float32Array([0, 0.5, -3]),
    new Float64Array([0, 0.5, -3]),
  ])("gives the same back: %j", (value) => {
    expect(back(value)).toEqual(value);
  });

  it("keeps six digits of a fraction, and all of a whole number", () => {
    expect(codeOf([1 / 3, 123_456_789, new Float32Array([0.1])])).toBe("[0.333333,123456789,new Float32Array([0.1])]");
  });

  it("refuses what is no data", () => {
    expect(() => codeOf({ f: () => 1 })).toThrow("function");
    expect(() => codeOf(new Date(0))).toThrow("Date");
  });
});
