import { createCpuBackend } from "../src/engine/backends/cpu/cpu.ts";
import { measureReadBack } from "./read-back.ts";
import { type Summary, summarize } from "./statistics.ts";

/**
 * `npm run bench:limits`: how fast this machine lets one core read memory and multiply, by the engine's own kernels in Node, and how long a
 * browser takes to run nothing on WebGPU: what the rows of the table are held against in RESULTS.md.
 */

const backend = await createCpuBackend();

/** GB/s at which one row of numbers is multiplied with a weight of so many bytes: every byte of it is read once. */
function readBandwidth(bytes: number) {
  const inner = 256;
  const columns = 16 * Math.round(bytes / (64 * inner));
  const [x, weight, out] = [inner, inner * columns, columns].map((length) => {
    const storage = backend.alloc(length);
    backend.fill(storage, 0.5, length);
    return storage;
  });
  const repeats = Math.max(1, Math.round(40e6 / bytes));
  const figures = Array.from({ length: 40 }, () => {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) backend.linear(out!, x!, weight!, null, { rows: 1, inner, columns });
    return (4 * inner * columns * repeats) / (performance.now() - start) / 1e6;
  });
  for (const storage of [x, weight, out]) backend.free(storage!);
  return summarize(figures, "higher");
}

/** 10⁹ multiply-adds a second of a linear layer whose weight stays in the second-level cache. */
function multiplyAdds(rows: number) {
  const [inner, columns] = [256, 768];
  const [x, weight, out] = [rows * inner, inner * columns, rows * columns].map((length) => {
    const storage = backend.alloc(length);
    backend.fill(storage, 0.5, length);
    return storage;
  });
  const repeats = Math.ceil(200 / rows);
  const figures = Array.from({ length: 40 }, () => {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) backend.linear(out!, x!, weight!, null, { rows, inner, columns });
    return (rows * inner * columns * repeats) / (performance.now() - start) / 1e6;
  });
  return summarize(figures, "higher");
}

const line = (what: string, unit: string, { median, low, high, best }: Summary): void => {
  const [m, l, h, b] = [median, low, high, best].map((value) => value.toFixed(1));
  console.log(`${what.padEnd(32)} ${m} (${l}–${h}; ${b}) ${unit}`);
};
for (const megabytes of [0.5, 4.9, 19.4, 100]) {
  line(`one row × ${megabytes} MB of weights`, "GB/s", readBandwidth(megabytes * 1e6));
}
for (const rows of [1, 6, 64]) line(`linear, ${rows} rows, 256 × 768`, "GMAC/s", multiplyAdds(rows));
const counts = [0, 1, 40, 200, 400];
const readBacks = await measureReadBack(counts);
for (const [i, count] of counts.entries()) line(`WebGPU, ${count} dispatches of nothing`, "ms", readBacks[i]!);
