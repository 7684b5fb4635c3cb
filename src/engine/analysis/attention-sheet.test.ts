import { expect, test } from "vitest";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { wholeOf } from "../backends/storage.ts";
import { Random } from "../random.ts";
import { attention } from "../tensor/ops/attention.ts";
import { Tape } from "../tensor/tape.ts";
import { loadFixture } from "../testing/load.ts";
import { attentionSheet, type HeadVectors } from "./attention-sheet.ts";

const random = new Random(4);
const [tokens, width] = [5, 8];
const drawn = (): Float32Array => Float32Array.from({ length: tokens * width }, () => random.normal());
const vectors: HeadVectors = { tokens, width, q: drawn(), k: drawn(), v: drawn() };

test.each([true, false])("it is the engine's attention, causal or not", async (causal) => {
  const backend = await createCpuBackend();
  const tape = new Tape(backend, "off");
  const [q, k, v] = [vectors.q, vectors.k, vectors.v].map((data) =>
    tape.constant(Float32Array.from(data), [tokens, width]),
  );
  const { mixed, pattern } = attention(tape, q!, k!, v!, { batch: 1, heads: 1, causal });
  const [given, weights] = await backend.read([wholeOf(mixed.storage), wholeOf(pattern.storage)]);
  const sheet = attentionSheet(vectors, width, (query, key) => causal && key > query);
  for (const [i, weight] of weights!.entries()) expect(sheet.weights[i]).toBeCloseTo(weight, 5);
  for (const [i, value] of given!.entries()) expect(sheet.mixed[i]).toBeCloseTo(value, 5);
  tape.dispose();
  backend.dispose();
});

test("large scores do not overflow, and a row that sees nothing gives nothing", () => {
  const large = { tokens: 2, width: 1, q: [1000, 1000], k: [1000, 999], v: [1, 2] };
  const { weights, mixed } = attentionSheet(large, 1, (query) => query === 1);
  expect([...weights]).toEqual([1, 0, 0, 0]);
  expect([...mixed]).toEqual([1, 0]);
});

/** What `training/attention.py` makes of the same vectors; written by `training/fixtures_attention.py`. */
interface Fixture {
  readonly tokens: number;
  readonly width: number;
  readonly q: number[];
  readonly k: number[];
  readonly v: number[];
  readonly results: Readonly<Record<"causal" | "open", { weights: number[]; mixed: number[] }>>;
}

test.each(["causal", "open"] as const)("it is PyTorch's attention: %s", async (kind) => {
  const path = "src/engine/testdata/attention-sheet.json";
  const { results, ...given }: Fixture = JSON.parse(new TextDecoder().decode(await loadFixture(path)));
  const sheet = attentionSheet(given, given.width, (query, key) => kind === "causal" && key > query);
  for (const [i, weight] of results[kind].weights.entries()) expect(sheet.weights[i]).toBeCloseTo(weight, 6);
  for (const [i, value] of results[kind].mixed.entries()) expect(sheet.mixed[i]).toBeCloseTo(value, 5);
});
