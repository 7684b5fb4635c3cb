import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { type Gpt2Config, parseConfig } from "../files/config.ts";
import { parseSafetensors, type TensorView, toFloat32 } from "../files/safetensors.ts";
import { Gpt2 } from "../models/gpt2.ts";
import { embedTokens, logits } from "../models/gpt2-plain.ts";
import { Gpt2Tree } from "../models/gpt2-tree.ts";
import { weightedSum } from "../tensor/ops/losses.ts";
import { Tape } from "../tensor/tape.ts";
import { Trace } from "../tensor/trace.ts";
import listed from "../testdata/gpt2-tiny/variants.json" with { type: "json" };
import { loadFixture } from "./load.ts";
import { relativeError, visible } from "./relative-error.ts";

const FIXTURES = "src/engine/testdata";

/**
 * Holds the tiny GPT-2 of `describeTinyGpt2` under every other setting that its config.json may have, on one backend, against PyTorch
 * (`training/fixtures_gpt2.py`).
 *
 * @param gradientTolerance largest relative error of a gradient
 */
export function describeGpt2Variants(
  name: string,
  createBackend: () => Promise<Backend>,
  gradientTolerance: number,
): void {
  describe(`a tiny GPT-2 of other settings on ${name}`, () => {
    let backend: Backend;
    let config: object;
    let checkpoint: Map<string, TensorView>;
    let expected: Map<string, TensorView>;
    let ids: Int32Array;

    beforeAll(async () => {
      backend = await createBackend();
      const run = await loadFixture(`${FIXTURES}/training/gpt2-tiny.json`);
      ({ config } = JSON.parse(new TextDecoder().decode(run)));
      const weights = parseSafetensors(await loadFixture(`${FIXTURES}/training/gpt2-tiny.safetensors`));
      checkpoint = new Map([...weights].map(([key, view]) => [key.replace(/^weight\./, ""), view]));
      expected = parseSafetensors(await loadFixture(`${FIXTURES}/gpt2-tiny/variants.safetensors`));
      const forward = parseSafetensors(await loadFixture(`${FIXTURES}/gpt2-tiny/forward.safetensors`));
      ids = new Int32Array(forward.get("ids")!.data.slice().buffer);
    });
    afterAll(() => backend.dispose());

    describe.each(Object.entries(listed.variants))("%s", (variant, settings) => {
      let model: Gpt2;
      beforeAll(() => {
        model = Gpt2.open(backend, parseConfig({ ...config, ...settings }) as Gpt2Config, checkpoint);
      });
      afterAll(() => model.dispose());

      const errorOf = (actual: Float32Array | undefined, key: string): number =>
        relativeError(visible(actual ?? []), visible(toFloat32(expected.get(`${variant}.${key}`)!)));

      test("what is cached gives PyTorch's numbers, token by token", async () => {
        const tree = new Gpt2Tree(model);
        const before = await tree.append(null, [...ids.subarray(0, 4)]);
        const { traces } = await tree.inspect(before.node, [...ids.subarray(4)], ["logits"]);
        tree.dispose();
        const whole = toFloat32(expected.get(`${variant}.logits`)!);
        const { data } = traces.get("logits")!;
        expect(relativeError(data, whole.subarray(whole.length - data.length))).toBeLessThan(1e-5);
      });

      test("every intermediate is PyTorch's on the fused path", async () => {
        const tree = new Gpt2Tree(model);
        const { traces } = await tree.inspect(null, [...ids], listed.kept);
        tree.dispose();
        for (const key of listed.kept) expect(errorOf(traces.get(key)?.data, key), key).toBeLessThan(1e-5);
      });

      test("and on the plain one, with the gradient by its input", async () => {
        const tape = new Tape(backend);
        const batch = { ids, batch: 1 };
        const trace = new Trace(listed.kept, model.traceNames);
        const embedded = tape.leaf(embedTokens(tape, model, batch));
        const out = logits(tape, model, batch, { trace, embedded });
        const { vocabularySize } = model.config;
        const last = toFloat32(expected.get(`${variant}.logits`)!).slice(-vocabularySize);
        const chosen = new Float32Array(ids.length * vocabularySize);
        chosen[chosen.length - vocabularySize + last.indexOf(Math.max(...last))] = 1;
        tape.backward(weightedSum(tape, out, chosen));
        const gradient = embedded.gradient!;
        const [data, ...traced] = await backend.read([
          { storage: gradient, offset: 0, length: gradient.length },
          ...trace.spans,
        ]);
        const traces = trace.tensors(traced);
        tape.dispose();
        for (const key of listed.kept) expect(errorOf(traces.get(key)?.data, key), key).toBeLessThan(1e-5);
        expect(errorOf(data, "input.gradient")).toBeLessThan(gradientTolerance);
      });
    });
  });
}
