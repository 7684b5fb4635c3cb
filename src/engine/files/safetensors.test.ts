import { describe, expect, test } from "vitest";
import { Random } from "../random.ts";
import { parseSafetensors, type TensorView, toFloat32 } from "./safetensors.ts";

interface HeaderEntry {
  dtype: string;
  shape: unknown;
  data_offsets: unknown;
}

/** A file with exactly this header; `padding` spaces behind it move the data, as the format allows. */
function fileOf(header: Record<string, unknown> | string, data: Uint8Array, padding = 0): ArrayBuffer {
  const json = typeof header === "string" ? header : JSON.stringify(header);
  const text = new TextEncoder().encode(json + " ".repeat(padding));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes.buffer;
}

function tensorOf(dtype: TensorView["dtype"], data: Uint8Array<ArrayBuffer>, shape: number[]): TensorView {
  return { name: "x", dtype, shape, data };
}

function entry(dtype: string, shape: unknown, data_offsets: unknown): HeaderEntry {
  return { dtype, shape, data_offsets };
}

/** The value of a half by its definition. */
function halfValue(half: number): number {
  const sign = half >> 15 === 0 ? 1 : -1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = (half & 0x3ff) / 1024;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * 2 ** -14 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction);
}

const every16Bits = Uint16Array.from({ length: 0x1_0000 }, (_, i) => i);

describe("toFloat32", () => {
  test("all 65536 halves have the value that IEEE 754 gives them", () => {
    const floats = toFloat32(tensorOf("F16", new Uint8Array(every16Bits.buffer), [0x1_0000]));
    const wrong = [...every16Bits].filter((half) => !Object.is(floats[half], halfValue(half)));
    expect(wrong).toEqual([]);
    expect(floats[0x0001]).toBe(2 ** -24);
    expect(floats[0x7bff]).toBe(65504);
    expect(floats[0x8000]).toBe(-0);
  });

  test("a NaN stays a NaN with its sign and payload", () => {
    const floats = toFloat32(tensorOf("F16", new Uint8Array(Uint16Array.of(0x7c01, 0xfe00).buffer), [2]));
    expect([...new Uint32Array(floats.buffer)]).toEqual([0x7f80_2000, 0xffc0_0000]);
  });

  test("all 65536 BF16 numbers are the floats with those upper bits", () => {
    const floats = toFloat32(tensorOf("BF16", new Uint8Array(every16Bits.buffer), [0x1_0000]));
    const bits = new Uint32Array(floats.buffer);
    expect(every16Bits.every((half) => bits[half] === half * 0x1_0000)).toBe(true);
    expect(floats[0x3f80]).toBe(1);
    expect(floats[0xff80]).toBe(-Infinity);
  });

  test("data at every offset from alignment gives the same numbers", () => {
    const random = new Random(1);
    const expected = Float32Array.from({ length: 100 }, () => random.uniform() - 0.5);
    const halves = Uint16Array.from({ length: 200 }, () => random.uint32() % 0x7c00);
    const data = new Uint8Array([...new Uint8Array(expected.buffer), ...new Uint8Array(halves.buffer)]);
    const header = { f: entry("F32", [100], [0, 400]), h: entry("F16", [10, 20], [400, 800]) };
    for (let padding = 0; padding < 8; padding++) {
      const tensors = parseSafetensors(fileOf(header, data, padding));
      expect(toFloat32(tensors.get("f")!)).toEqual(expected);
      expect(toFloat32(tensors.get("h")!)).toEqual(Float32Array.from(halves, halfValue));
    }
  });

  test("integers are not taken for floats", () => {
    expect(() => toFloat32(tensorOf("I8", new Uint8Array(4), [4]))).toThrow(
      expect.objectContaining({ code: "unsupported-model", detail: "x 的数据类型 I8" }),
    );
  });
});

describe("parseSafetensors", () => {
  test("names, types, shapes and bytes come out, in the order of the data", () => {
    const header = {
      __metadata__: { format: "pt" },
      late: entry("I8", [2, 1], [8, 10]),
      scalar: entry("F32", [], [4, 8]),
      first: entry("F16", [1, 2], [0, 4]),
      empty: entry("F32", [0, 3], [10, 10]),
    };
    const tensors = parseSafetensors(fileOf(header, Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)));
    expect([...tensors.values()].map(({ name, dtype, shape, data }) => [name, dtype, shape, [...data]])).toEqual([
      ["first", "F16", [1, 2], [0, 1, 2, 3]],
      ["scalar", "F32", [], [4, 5, 6, 7]],
      ["late", "I8", [2, 1], [8, 9]],
      ["empty", "F32", [0, 3], []],
    ]);
  });

  test("a valid file that was cut anywhere is truncated", () => {
    const whole = fileOf({ a: entry("F32", [2], [0, 8]), b: entry("U8", [3], [8, 11]) }, new Uint8Array(11));
    expect(parseSafetensors(whole).size).toBe(2);
    for (let length = 0; length < whole.byteLength; length++) {
      expect(() => parseSafetensors(whole.slice(0, length))).toThrow(expect.objectContaining({ code: "truncated" }));
    }
  });

  const damaged: [what: string, header: Record<string, unknown> | string, dataBytes: number][] = [
    ["bytes behind the last tensor", { a: entry("F32", [1], [0, 4]) }, 5],
    ["a gap", { a: entry("U8", [4], [0, 4]), b: entry("U8", [3], [5, 8]) }, 8],
    ["an overlap", { a: entry("U8", [4], [0, 4]), b: entry("U8", [5], [3, 8]) }, 8],
    ["two tensors in one place", { a: entry("U8", [8], [0, 8]), b: entry("U8", [8], [0, 8]) }, 8],
    ["a shape that does not fit", { a: entry("F16", [3], [0, 4]) }, 4],
    ["a shape beyond all bounds", { a: entry("U8", [2 ** 40, 2 ** 40], [0, 4]) }, 4],
    ["a negative length", { a: entry("U8", [-2, -2], [0, 4]) }, 4],
    ["a length that is no integer", { a: entry("U8", [1.5], [0, 4]) }, 4],
    ["a shape that is no array", { a: entry("U8", 4, [0, 4]) }, 4],
    ["offsets that run backwards", { a: entry("U8", [0], [4, 0]) }, 4],
    ["three offsets", { a: entry("U8", [4], [0, 4, 4]) }, 4],
    ["no offsets", { a: { dtype: "U8", shape: [4] } }, 4],
    ["a tensor that is no object", { a: 1 }, 0],
    ["a header that is an array", "[]", 0],
    ["a header that is not JSON", "{", 0],
  ];
  test.each(damaged)("%s: bad-file", (_, header, dataBytes) => {
    const file = fileOf(header, new Uint8Array(dataBytes));
    expect(() => parseSafetensors(file)).toThrow(expect.objectContaining({ code: "bad-file" }));
  });

  test("a web page in the place of the file is a bad file", () => {
    const page = new TextEncoder().encode("<!doctype html><title>404</title>");
    expect(() => parseSafetensors(page.buffer)).toThrow(expect.objectContaining({ code: "bad-file" }));
  });

  test("an element type of the future is nobody's business until its numbers are asked for", () => {
    const tensors = parseSafetensors(fileOf({ a: entry("F4", [8], [0, 4]) }, new Uint8Array(4)));
    expect(() => toFloat32(tensors.get("a")!)).toThrow(
      expect.objectContaining({ code: "unsupported-model", detail: "a 的数据类型 F4" }),
    );
  });

  test("a pointer of Git LFS is called one, although it begins as a length", () => {
    const pointer = new TextEncoder().encode(
      `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 54592\n`,
    );
    expect(() => parseSafetensors(pointer.buffer, "model.safetensors")).toThrow(
      expect.objectContaining({
        code: "bad-file",
        detail: expect.stringContaining("model.safetensors 是 Git LFS 的指针"),
      }),
    );
  });
});
