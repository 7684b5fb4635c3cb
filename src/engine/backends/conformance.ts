import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Random } from "../random.ts";
import type { Backend, LinearShape, Storage } from "./backend.ts";
import * as reference from "./reference.ts";

/** Below nothing that a softmax or a GELU gives, so that a number nobody wrote is seen. */
const STALE = -7;

/** Holds a backend to the contract of `Backend`: every operation against its definition, then order, reuse and end of memory. */
export function describeBackend(name: string, create: () => Promise<Backend>): void {
  describe(name, () => {
    let backend: Backend;
    let random: Random;
    const held: Storage[] = [];
    beforeAll(async () => {
      backend = await create();
    });
    beforeEach(() => {
      random = new Random(1);
    });
    afterEach(() => {
      for (const storage of held.splice(0)) backend.free(storage);
    });
    afterAll(() => backend.dispose());

    /** Uniform in [-scale, scale). */
    const numbers = (length: number, scale = 1): Float32Array =>
      Float32Array.from({ length }, () => (random.uniform() * 2 - 1) * scale);
    const indices = (length: number, below: number): Int32Array =>
      Int32Array.from({ length }, () => random.uint32() % below);
    const place = (data: Float32Array | Int32Array): Storage => {
      const storage = backend.alloc(data.length);
      held.push(storage);
      backend.upload(storage, data);
      return storage;
    };
    const blank = (length: number): Storage => place(new Float32Array(length).fill(STALE));
    const whole = (storage: Storage) => ({ storage, offset: 0, length: storage.length });
    const readAll = (...storages: Storage[]): Promise<Float32Array[]> => backend.read(storages.map(whole));
    const expectNumbers = async (storage: Storage, expected: ArrayLike<number>): Promise<void> => {
      const [actual] = await readAll(storage);
      expectClose(actual!, expected);
    };

    describe("operations", () => {
      test("copy takes the first numbers and leaves the rest", async () => {
        const source = numbers(33);
        const out = blank(40);
        backend.copy(out, place(source), 31);
        await expectNumbers(out, [...source.slice(0, 31), ...new Array<number>(9).fill(STALE)]);
      });

      test.each([
        [1, 1, 1],
        [3, 5, 7],
        [33, 257, 31],
        [2, 256, 6001],
      ])("gather: %i rows, %i wide, of %i", async (rows, width, tableRows) => {
        const [table, wanted, before] = [numbers(tableRows * width), indices(rows, tableRows), numbers(rows * width)];
        const [out, sum] = [blank(rows * width), place(before)];
        const [placedTable, placedIndices] = [place(table), place(wanted)];
        backend.gather(out, placedTable, placedIndices, rows, width);
        backend.gather(sum, placedTable, placedIndices, rows, width, true);
        const expected = reference.gather(table, wanted, width);
        await expectNumbers(out, expected);
        await expectNumbers(
          sum,
          expected.map((value, i) => value + before[i]!),
        );
      });

      test.each([
        [1, 1],
        [2, 3],
        [7, 31],
        [33, 257],
        [2, 1024],
      ])("layer norm: %i rows, %i wide", async (rows, width) => {
        const [x, gain, bias] = [numbers(rows * width, 3), numbers(width), numbers(width)];
        const out = blank(rows * width);
        backend.layerNorm(out, place(x), place(gain), place(bias), rows, width, 1e-5);
        await expectNumbers(out, reference.layerNorm(x, gain, bias, 1e-5));
      });

      test("layer norm keeps its digits where the mean is large", async () => {
        const x = numbers(256).map((value) => 1000 + value);
        const [gain, bias] = [new Float32Array(256).fill(1), new Float32Array(256)];
        const out = blank(256);
        backend.layerNorm(out, place(x), place(gain), place(bias), 1, 256, 1e-5);
        const [actual] = await readAll(out);
        // An f32 near 1000 has steps of 6e-5.
        expectClose(actual!, reference.layerNorm(x, gain, bias, 1e-5), 2e-4);
      });

      const sizes = [1, 3, 5, 31, 256, 257];
      const products = [
        ...[1, 2, 7, 16, 17, 33].flatMap((rows) => sizes.map((inner, i) => [rows, inner, sizes[(i + rows) % 6]!])),
        ...[1, 2, 7, 33].flatMap((rows) => [
          [rows, 4, 4],
          [rows, 36, 20],
          [rows, 256, 768],
        ]),
        [1, 256, 6001],
        [7, 256, 6001],
        [33, 64, 6001],
      ] as [number, number, number][];
      describe.each([false, true])("linear, transposed: %s", (transposed) => {
        test.each(products)("%i × %i · %i", async (rows, inner, columns) => {
          const shape: LinearShape = { rows, inner, columns, transposed };
          const [x, weight, bias] = [numbers(rows * inner), numbers(inner * columns), numbers(columns)];
          const before = numbers(rows * columns);
          const [placedX, placedWeight, placedBias] = [place(x), place(weight), place(bias)];
          const [bare, biased, accumulated] = [blank(rows * columns), blank(rows * columns), place(before)];
          backend.linear(bare, placedX, placedWeight, null, shape);
          backend.linear(biased, placedX, placedWeight, placedBias, shape);
          backend.linear(accumulated, placedX, placedWeight, placedBias, { ...shape, accumulate: true });
          const expected = reference.linear(x, weight, shape);
          const withBias = expected.map((value, i) => value + bias[i % columns]!);
          await expectNumbers(bare, expected);
          await expectNumbers(biased, withBias);
          await expectNumbers(
            accumulated,
            withBias.map((value, i) => value + before[i]!),
          );
        });
      });

      test.each([1, 5, 257])("gelu of %i numbers, also in place", async (length) => {
        const x = numbers(length, 6);
        const [source, out] = [place(x), blank(length)];
        backend.gelu(out, source, length);
        backend.gelu(source, source, length);
        const expected = reference.gelu(x);
        await expectNumbers(out, expected);
        await expectNumbers(source, expected);
      });

      test("more numbers than one axis of a GPU's grid has threads for", async () => {
        const length = 64 * 65535 + 3;
        const x = place(new Float32Array(length).fill(1.5));
        backend.gelu(x, x, length);
        const [out] = await readAll(x);
        expect(new Set(out)).toEqual(new Set(reference.gelu(Float32Array.of(1.5)).map(Math.fround)));
      });

      test("gelu of very large numbers", async () => {
        const out = place(Float32Array.of(-1e6, -50, -10, 10, 50, 1e6));
        backend.gelu(out, out, 6);
        await expectNumbers(out, [0, 0, 0, 10, 50, 1e6]);
      });

      test.each([
        [1, 1],
        [3, 5],
        [7, 256],
      ])("store keys and values of %i tokens, %i wide", async (tokens, width) => {
        const qkv = numbers(tokens * 3 * width);
        const slots = Int32Array.from({ length: tokens }, (_, token) => 2 * (tokens - token) - 1);
        const [keys, values] = [blank(2 * tokens * width), blank(2 * tokens * width)];
        backend.storeKeyValues(keys, values, place(qkv), place(slots), tokens, width);
        for (const [part, storage] of [keys, values].entries()) {
          const expected = new Float32Array(2 * tokens * width).fill(STALE);
          for (const [token, slot] of slots.entries()) {
            const start = (3 * token + 1 + part) * width;
            expected.set(qkv.subarray(start, start + width), slot * width);
          }
          await expectNumbers(storage, expected);
        }
      });

      test.each([
        { tokens: 1, heads: 1, headWidth: 1, pathStride: 1, scale: 1 },
        { tokens: 7, heads: 3, headWidth: 5, pathStride: 33, scale: 1 },
        { tokens: 33, heads: 4, headWidth: 64, pathStride: 96, scale: 1 },
        { tokens: 2, heads: 2, headWidth: 128, pathStride: 1024, scale: 1 },
        // Scores of some hundreds: exp overflows unless the largest is taken off first.
        { tokens: 5, heads: 2, headWidth: 32, pathStride: 70, scale: 20 },
      ])("attention: $tokens tokens, $heads × $headWidth, paths of $pathStride", async ({ scale, ...shape }) => {
        const { tokens, heads, headWidth, pathStride } = shape;
        const width = heads * headWidth;
        const slots = pathStride + tokens;
        const [qkv, keys, values] = [
          numbers(tokens * 3 * width, scale),
          numbers(slots * width, scale),
          numbers(slots * width),
        ];
        // Ragged spans from one key to a full path. All paths begin with the same slots and end with one of their own.
        const spans = Int32Array.from({ length: tokens }, (_, token) =>
          token === 0 ? pathStride : 1 + ((token * 37) % pathStride),
        );
        const paths = Int32Array.from({ length: tokens * pathStride }, (_, i) => {
          const [token, step] = [Math.floor(i / pathStride), i % pathStride];
          return step === spans[token]! - 1 ? pathStride + token : (step * 3) % pathStride;
        });
        const [out, pattern] = [blank(tokens * width), blank(tokens * heads * pathStride)];
        const operands = [place(qkv), place(keys), place(values), place(paths), place(spans)] as const;
        backend.attention(out, pattern, ...operands, shape);
        const expected = reference.attention(qkv, keys, values, paths, spans, shape, STALE);
        await expectNumbers(pattern, expected.pattern);
        await expectNumbers(out, expected.out);
      });
    });

    describe("memory", () => {
      test("an upload happens between the operations recorded before and after it", async () => {
        const [first, second] = [numbers(1000), numbers(1000)];
        const source = place(first);
        const [before, after] = [blank(1000), blank(1000)];
        backend.gelu(before, source, 1000);
        backend.upload(source, second);
        backend.copy(after, source, 1000);
        await expectNumbers(before, reference.gelu(first));
        await expectNumbers(after, second);
      });

      test("an upload may fill a part", async () => {
        const storage = blank(10);
        backend.upload(storage, Float32Array.of(1, 2, 3), 5);
        await expectNumbers(storage, [STALE, STALE, STALE, STALE, STALE, 1, 2, 3, STALE, STALE]);
      });

      test("memory freed and used again does not disturb what was recorded", async () => {
        const data = numbers(300);
        const copied = blank(300);
        const source = backend.alloc(300);
        backend.upload(source, data);
        backend.copy(copied, source, 300);
        backend.free(source);
        place(numbers(300));
        await expectNumbers(copied, data);
      });

      test("one read brings many spans, in order", async () => {
        const [a, b] = [Float32Array.from({ length: 20 }, (_, i) => i), Float32Array.from({ length: 9 }, (_, i) => -i)];
        const [storageA, storageB] = [place(a), place(b)];
        const spans = await backend.read([
          { storage: storageA, offset: 3, length: 5 },
          { storage: storageB, offset: 0, length: 9 },
          { storage: storageB, offset: 9, length: 0 },
          { storage: storageA, offset: 19, length: 1 },
          { storage: storageA, offset: 3, length: 2 },
        ]);
        expect(spans).toEqual([a.slice(3, 8), b, new Float32Array(), a.slice(19), a.slice(3, 5)]);
        expect(await backend.read([])).toEqual([]);
      });

      test("reads overlap", async () => {
        const storage = place(Float32Array.of(1, 2, 3));
        const first = readAll(storage);
        backend.upload(storage, Float32Array.of(4, 5, 6));
        const second = readAll(storage);
        expect(await Promise.all([first, second])).toEqual([[Float32Array.of(1, 2, 3)], [Float32Array.of(4, 5, 6)]]);
      });

      test("more operations than fit into one submission", async () => {
        const [even, odd] = [place(new Float32Array(8)), place(numbers(8))];
        const [table, index] = [place(Float32Array.from({ length: 8 }, (_, i) => i)), place(Int32Array.of(0))];
        for (let i = 0; i < 3000; i++) backend.gather(even, table, index, 1, 8, true);
        backend.copy(odd, even, 8);
        await expectNumbers(odd, [0, 3000, 6000, 9000, 12000, 15000, 18000, 21000]);
      });

      test("two hundred rounds of allocation leave nothing behind", async () => {
        const { bytes, storages } = backend.memory;
        const gain = place(numbers(64));
        for (let round = 0; round < 200; round++) {
          const length = 64 * (1 + (round % 7)) * 100;
          const [x, out] = [backend.alloc(length), backend.alloc(length)];
          backend.upload(x, new Float32Array(length).fill(round));
          backend.layerNorm(out, x, gain, gain, length / 64, 64, 1e-5);
          expect(backend.memory.bytes).toBeGreaterThanOrEqual(bytes + 8 * length);
          expect(backend.memory.storages).toBe(storages + 3);
          if (round % 20 === 0) await readAll(out);
          backend.free(x);
          backend.free(out);
        }
        backend.free(held.pop()!);
        expect(backend.memory).toEqual({ bytes, storages });
      });

      test("more than any device has is out of memory, and nothing is lost by asking", async () => {
        const before = { ...backend.memory };
        expect(() => backend.alloc(2 ** 40)).toThrow(expect.objectContaining({ code: "out-of-memory" }));
        expect(backend.memory).toEqual(before);
        await expectNumbers(place(Float32Array.of(1)), [1]);
      });
    });
  });
}

/** Equal up to `tolerance` of the largest number expected (f32 sums of some hundred terms lose a few of their 24 bits). */
function expectClose(actual: Float32Array, expected: ArrayLike<number>, tolerance = 1e-5): void {
  expect(actual.length).toBe(expected.length);
  let scale = 1;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]!));
  const wrong = actual.findIndex((value, i) => !(Math.abs(value - expected[i]!) <= tolerance * scale));
  if (wrong >= 0) expect.fail(`number ${wrong} is ${actual[wrong]}, not ${expected[wrong]}`);
}
