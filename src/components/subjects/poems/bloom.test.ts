import { describe, expect, test } from "vitest";
import { Bloom } from "./bloom.ts";

// python3: Bloom.of(["床前明月光", "疑是地上霜", "举头望明月", "低头思故乡", "𠮷"], 14).write(…)
const PYTHON_FILE = "QkxNMUgAAAAKAAAABQAAACAVJHrEKrrN5w==";

const decode = (base64: string) => Uint8Array.from(Buffer.from(base64, "base64"));

const filter = new Bloom(decode(PYTHON_FILE).buffer);

describe("a Bloom filter written by Python", () => {
  test.each(["床前明月光", "疑是地上霜", "举头望明月", "低头思故乡", "𠮷"])("has %s", (line) => {
    expect(filter.has(line)).toBe(true);
  });

  test.each(["床前明月", "霜上地是疑", ""])("does not have %j", (line) => {
    expect(filter.has(line)).toBe(false);
  });

  test("knows how many items it holds and how often it errs", () => {
    expect(filter.items).toBe(5);
    // (1 − e^(−kn/m))^k with n = 5 items in m = 72 bits and k = 10 hashes.
    expect(filter.falsePositiveRate).toBeCloseTo((1 - Math.exp(-50 / 72)) ** 10, 12);
  });

  test("errs about as often as it says", () => {
    const claimed = Array.from({ length: 20_000 }, (_, i) => filter.has(`第${i}句`)).filter(Boolean).length;
    expect(claimed / 20_000).toBeGreaterThan(filter.falsePositiveRate / 3);
    expect(claimed / 20_000).toBeLessThan(filter.falsePositiveRate * 3);
  });
});

describe("a file that is none", () => {
  const bytes = decode(PYTHON_FILE);

  test.each([
    ["empty", new Uint8Array()],
    ["of another kind", new TextEncoder().encode("<!doctype html><html></html>")],
    ["cut off", bytes.slice(0, -1)],
  ])("is refused: %s", (_, file) => {
    expect(() => new Bloom(file.slice().buffer)).toThrow(expect.objectContaining({ code: "bad-file" }));
  });
});
