import { describe, expect, test } from "vitest";
import type { Backend } from "../../backends/backend.ts";
import * as reference from "./reference.ts";
import { STALE, type Workbench } from "./workbench.ts";

/** The order in which things happen, and what becomes of memory. */
export function describeMemory(bench: Workbench, create: () => Promise<Backend>): void {
  describe("memory", () => {
    test("an upload happens between the operations recorded before and after it", async () => {
      const [first, second] = [bench.numbers(1000), bench.numbers(1000)];
      const source = bench.place(first);
      const [before, after] = [bench.blank(1000), bench.blank(1000)];
      bench.backend.map("geluTanh", before, source, 1000);
      bench.backend.upload(source, second);
      bench.backend.copy(after, source, 1000);
      await bench.expectNumbers(before, reference.map("geluTanh", first));
      await bench.expectNumbers(after, second);
    });

    test("an upload may fill a part", async () => {
      const storage = bench.blank(10);
      bench.backend.upload(storage, Float32Array.of(1, 2, 3), 5);
      await bench.expectNumbers(storage, [STALE, STALE, STALE, STALE, STALE, 1, 2, 3, STALE, STALE]);
    });

    test("memory freed and used again does not disturb what was recorded", async () => {
      const data = bench.numbers(300);
      const copied = bench.blank(300);
      const source = bench.backend.alloc(300);
      bench.backend.upload(source, data);
      bench.backend.copy(copied, source, 300);
      bench.backend.free(source);
      bench.place(bench.numbers(300));
      await bench.expectNumbers(copied, data);
    });

    test("a storage that was freed is refused, also where its memory serves another", async () => {
      const { backend } = bench;
      const freed = backend.alloc(300);
      backend.free(freed);
      const data = bench.numbers(300);
      const next = bench.place(data);
      const refused = expect.objectContaining({ code: "internal" });
      expect(() => backend.fill(freed, 0, 300)).toThrow(refused);
      expect(() => backend.upload(freed, new Float32Array(300))).toThrow(refused);
      expect(() => backend.free(freed)).toThrow(refused);
      await expect(backend.read([{ storage: freed, offset: 0, length: 1 }])).rejects.toThrow(refused);
      await bench.expectNumbers(next, data);
    });

    test("one read brings many spans, in order", async () => {
      const [a, b] = [Float32Array.from({ length: 20 }, (_, i) => i), Float32Array.from({ length: 9 }, (_, i) => -i)];
      const [storageA, storageB] = [bench.place(a), bench.place(b)];
      const spans = await bench.backend.read([
        { storage: storageA, offset: 3, length: 5 },
        { storage: storageB, offset: 0, length: 9 },
        { storage: storageB, offset: 9, length: 0 },
        { storage: storageA, offset: 19, length: 1 },
        { storage: storageA, offset: 3, length: 2 },
      ]);
      expect(spans).toEqual([a.slice(3, 8), b, new Float32Array(), a.slice(19), a.slice(3, 5)]);
      expect(await bench.backend.read([])).toEqual([]);
    });

    test("reads overlap", async () => {
      const storage = bench.place(Float32Array.of(1, 2, 3));
      const first = bench.readAll(storage);
      bench.backend.upload(storage, Float32Array.of(4, 5, 6));
      const second = bench.readAll(storage);
      expect(await Promise.all([first, second])).toEqual([[Float32Array.of(1, 2, 3)], [Float32Array.of(4, 5, 6)]]);
    });

    test("more operations than fit into one submission", async () => {
      const [even, odd] = [bench.place(new Float32Array(8)), bench.place(bench.numbers(8))];
      const [table, index] = [
        bench.place(Float32Array.from({ length: 8 }, (_, i) => i)),
        bench.place(Int32Array.of(0)),
      ];
      for (let i = 0; i < 1100; i++) bench.backend.gather(even, table, index, 1, 8, true);
      bench.backend.copy(odd, even, 8);
      await bench.expectNumbers(odd, [0, 1100, 2200, 3300, 4400, 5500, 6600, 7700]);
    });

    test("two hundred rounds of allocation leave nothing behind", async () => {
      const { bytes, storages } = bench.backend.memory;
      const gain = bench.place(bench.numbers(64));
      for (let round = 0; round < 200; round++) {
        const length = 64 * (1 + (round % 7)) * 10;
        const [x, out] = [bench.backend.alloc(length), bench.backend.alloc(length)];
        bench.backend.upload(x, new Float32Array(length).fill(round));
        bench.backend.layerNorm(out, x, gain, gain, length / 64, 64, 1e-5);
        expect(bench.backend.memory.bytes).toBeGreaterThanOrEqual(bytes + 8 * length);
        expect(bench.backend.memory.storages).toBe(storages + 3);
        if (round % 20 === 0) await bench.readAll(out);
        bench.backend.free(x);
        bench.backend.free(out);
      }
      bench.clear();
      expect(bench.backend.memory).toEqual({ bytes, storages });
    });

    test("after the end nothing is in use, and freeing is harmless", async () => {
      const ended = await create();
      const storage = ended.alloc(10);
      ended.dispose();
      ended.free(storage);
      expect(ended.memory).toEqual({ bytes: 0, storages: 0 });
    });

    test("more than any device has is out of memory, and nothing is lost by asking", async () => {
      const before = { ...bench.backend.memory };
      expect(() => bench.backend.alloc(2 ** 40)).toThrow(expect.objectContaining({ code: "out-of-memory" }));
      expect(bench.backend.memory).toEqual(before);
      await bench.expectNumbers(bench.place(Float32Array.of(1)), [1]);
    });
  });
}
