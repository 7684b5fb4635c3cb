import { describe, expect, it } from "vitest";
import { checkRanges } from "../../../engine/ranges.ts";
import { choice, integer, number, seed, setting } from "./fields.ts";

describe("a number", () => {
  const temperature = number({ initial: 1, min: 0.1, max: 2, step: 0.1, label: "温度" });

  it("is in a link what it can be on its slider", () => {
    const cases = { "0.37": 0.4, "-3": 0.1, "9": 2, "0.30000000000000004": 0.3, "1e99": 2 };
    for (const [written, value] of Object.entries(cases)) expect(temperature.decode(written), written).toBe(value);
    for (const written of ["", " ", "abc", "NaN", "Infinity"]) expect(temperature.decode(written)).toBeUndefined();
    expect(integer({ initial: 1, min: 1, max: 9 }).decode("2.6")).toBe(3);
    expect(integer({ initial: 1, min: 1, max: 9, step: 2, label: "" }).decode("4.2")).toBe(5);
  });

  it("without a step is only kept within its limits", () => {
    expect(number({ initial: 0, min: 0, max: 1 }).decode("0.123456")).toBe(0.123456);
  });

  it("may be declared by another one, with some things changed", () => {
    const cold = number({ ...temperature, initial: 0.5, label: "冷的" });
    expect(cold).toMatchObject({ initial: 0.5, label: "冷的", min: 0.1, max: 2, step: 0.1 });
    expect(cold.decode("0.37")).toBe(0.4);
  });

  it("does not begin where its slider cannot be", () => {
    expect(() => number({ ...temperature, initial: 0.25 })).toThrow(RangeError);
    expect(() => integer({ initial: 0, min: 1, max: 9 })).toThrow(RangeError);
    expect(() => seed(-1)).toThrow(RangeError);
  });
});

describe("a setting of the engine", () => {
  const width = { name: "宽度", min: 1, max: 256, whole: true };
  const rate = { name: "学习率", min: 0, max: Number.POSITIVE_INFINITY };

  it("has the engine's limits and name, unless it says more", () => {
    expect(setting(width, { initial: 64 })).toMatchObject({ label: "宽度", min: 1, max: 256, step: 1 });
    expect(setting(width, { initial: 64, max: 128, label: "宽", unit: "个" })).toMatchObject({ label: "宽", max: 128 });
    expect(setting(rate, { initial: 0.1, max: 10, step: 0.1 }).decode("99")).toBe(10);
  });

  it("cannot be set to what the engine would refuse", () => {
    for (const written of ["-1", "0", "2.5", "256", "1e9"]) {
      const value = setting(width, { initial: 64, max: 200 }).decode(written)!;
      expect(() => checkRanges({ value }, { value: width }), written).not.toThrow();
    }
    expect(() => setting(width, { initial: 64, max: 257 })).toThrow(RangeError);
    expect(() => setting(width, { initial: 64, min: 0 })).toThrow(RangeError);
    expect(() => setting(width, { initial: 64, step: 0.5 })).toThrow(RangeError);
    expect(() => setting(width, { initial: 1.5, min: 1.5 })).toThrow(RangeError);
    expect(() => setting(rate, { initial: 0, step: 0.1 })).toThrow(RangeError);
    expect(() => setting(rate, { initial: 0, max: 1 })).toThrow(RangeError);
  });
});

describe("a choice", () => {
  it("is one of its options, whether words or numbers", () => {
    const options = [
      { value: "arcs", label: "弧线" },
      { value: "matrix", label: "矩阵" },
    ] as const;
    const view = choice({ initial: "arcs", label: "画成", options });
    expect(view.decode("matrix")).toBe("matrix");
    expect(view.decode("toString")).toBeUndefined();
    const top = choice({ initial: 1, values: [1, 5] });
    expect(top.decode(top.encode(5))).toBe(5);
    expect(top.decode("05")).toBeUndefined();
  });
});
