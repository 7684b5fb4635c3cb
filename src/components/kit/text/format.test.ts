import { describe, expect, it } from "vitest";
import { formatBytes, formatChange, formatCount, formatDuration, formatNumber, formatPercent } from "./format.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("formatPercent", () => {
  it.each([
    [0.2143, "21.4%"],
    [1, "100%"],
    [0, "0%"],
    [0.0032, "0.32%"],
    [0.00032, "0.032%"],
    [1e-9, "<0.001%"],
    [0.99999, ">99.9%"],
    [-0.05, "−5.0%"],
    [Number.NaN, "—"],
  ])("%f → %s", (value, text) => expect(formatPercent(value)).toBe(text));

  it("never rounds a certain-looking probability up to 100%", () => {
    expect(formatPercent(0.9999999)).not.toBe("100%");
  });
});

describe("formatNumber", () => {
  it("keeps four significant digits and a true minus sign", () => {
    expect(formatNumber(-2.34567)).toBe("−2.346");
    expect(formatNumber(0)).toBe("0");
    expect(formatNumber(1e-5)).toBe("1.00e−5");
    expect(formatNumber(1.005, 1)).toBe("1.0");
    expect(formatNumber(Number.POSITIVE_INFINITY)).toBe("—");
  });

  it("has one zero: what rounds to it has no sign", () => {
    expect(formatNumber(-0.004, 2)).toBe("0.00");
    expect(formatNumber(-0.005001, 2)).toBe("−0.01");
    expect(formatNumber(-0)).toBe("0");
    expect(formatCount(-0.4)).toBe("0");
  });
});

describe("formatChange", () => {
  it.each([
    [1.25, "+1.3"],
    [-1.21, "−1.2"],
    [0.04, "0.0"],
    [-0.04, "0.0"],
    [0, "0.0"],
    [Number.POSITIVE_INFINITY, "—"],
  ])("%f → %s", (value, text) => expect(formatChange(value, 1)).toBe(text));
});

describe("units", () => {
  it("writes counts in 万 and 亿", () => {
    expect(plain(formatCount(987))).toBe("987");
    expect(plain(formatCount(12_345))).toBe("1.2 万");
    expect(plain(formatCount(175e9))).toBe("1750 亿");
  });

  it("moves to the next unit of bytes before it would print 1000", () => {
    expect(plain(formatBytes(9_800_000))).toBe("9.8 MB");
    expect(plain(formatBytes(999_700))).toBe("1 MB");
    expect(plain(formatBytes(12))).toBe("12 B");
  });

  it("writes durations in 毫秒, 秒 and 分", () => {
    expect(plain(formatDuration(0.0183))).toBe("18 毫秒");
    expect(plain(formatDuration(0.00042))).toBe("0.4 毫秒");
    expect(plain(formatDuration(2.44))).toBe("2.4 秒");
    expect(plain(formatDuration(0.9999))).toBe("1 秒");
    expect(plain(formatDuration(65))).toBe("1 分 5 秒");
    expect(plain(formatDuration(119.7))).toBe("2 分 0 秒");
  });
});
