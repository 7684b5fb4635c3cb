import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { type Gpt2Config, parseConfig } from "../files/config.ts";
import { parseSafetensors, type TensorView, toFloat32 } from "../files/safetensors.ts";
import { Gpt2 } from "../models/gpt2.ts";
import { patchedLogits } from "../models/gpt2-patching.ts";
import { Gpt2Tree } from "../models/gpt2-tree.ts";
import { loadFixture } from "./load.ts";
import { relativeError } from "./relative-error.ts";

const TESTDATA = "src/engine/testdata";

/** Holds activation patching in a tiny GPT-2, on one backend, against PyTorch's hooks (`training/fixtures_patching.py`). */
export function describePatching(name: string, createBackend: () => Promise<Backend>): void {
  describe(`activation patching on ${name}`, () => {
    let backend: Backend;
    let model: Gpt2;
    let expected: Map<string, TensorView>;
    let ids: number[];
    let donor: number[];

    const integers = (view: TensorView | undefined): number[] => [...new Int32Array(view!.data.slice().buffer)];

    beforeAll(async () => {
      backend = await createBackend();
      const run = JSON.parse(new TextDecoder().decode(await loadFixture(`${TESTDATA}/training/gpt2-tiny.json`)));
      const weights = parseSafetensors(await loadFixture(`${TESTDATA}/training/gpt2-tiny.safetensors`));
      const checkpoint = new Map([...weights].map(([key, view]) => [key.replace(/^weight\./, ""), view]));
      model = Gpt2.open(backend, parseConfig(run.config) as Gpt2Config, checkpoint);
      expected = parseSafetensors(await loadFixture(`${TESTDATA}/gpt2-tiny/patching.safetensors`));
      ids = integers(parseSafetensors(await loadFixture(`${TESTDATA}/gpt2-tiny/forward.safetensors`)).get("ids"));
      donor = integers(expected.get("donor"));
    });
    afterAll(() => {
      model.dispose();
      backend.dispose();
    });

    test("every place before every block moves the logits as in PyTorch", async () => {
      for (let block = 0; block <= model.config.layers; block++) {
        const places = await patchedLogits(model, ids, donor, block);
        expect(places).toHaveLength(ids.length);
        const found = Float32Array.from(places.flatMap((logits) => [...logits]));
        expect(relativeError(found, toFloat32(expected.get(`block.${block}`)!)), `block ${block}`).toBeLessThan(1e-5);
      }
    });

    test("a text patched with itself predicts what it predicts", async () => {
      const tree = new Gpt2Tree(model);
      const { logits: own } = await tree.append(null, ids);
      tree.dispose();
      for (const logits of await patchedLogits(model, ids, ids, 1)) {
        expect(relativeError(logits, own)).toBeLessThan(1e-5);
      }
    });

    test("texts of different lengths, and blocks that are not there, are refused; memory is free again", async () => {
      const before = backend.memory.bytes;
      await expect(patchedLogits(model, ids, donor.slice(1), 0)).rejects.toThrow("9 个和 8 个词元");
      await expect(patchedLogits(model, [], [], 0)).rejects.toMatchObject({ code: "bad-input" });
      for (const block of [-1, 0.5, model.config.layers + 1]) {
        await expect(patchedLogits(model, ids, donor, block)).rejects.toMatchObject({ code: "bad-input" });
      }
      expect(backend.memory.bytes).toBe(before);
    });
  });
}
