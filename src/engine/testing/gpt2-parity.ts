import { beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { parseModelFiles } from "../files/loader.ts";
import { Gpt2 } from "../models/gpt2.ts";
import { Gpt2Tree } from "../models/gpt2-tree.ts";
import { loadFixture } from "./load.ts";
import { relativeError } from "./relative-error.ts";
import { ShippedFixture } from "./shipped-parity.ts";

const MODEL = "public/models/gpt-poem";

/**
 * Holds decoding with a shipped GPT-2, on one backend, against what PyTorch computed in one pass, and against itself: in steps, in
 * branches and under watch it must give what one pass gives (which `shipped-parity.ts` holds against PyTorch).
 *
 * @param tolerance largest absolute error of a logit
 */
export function describeGpt2(name: string, createBackend: () => Promise<Backend>, tolerance: number): void {
  describe(`GPT-2 on ${name}`, () => {
    let backend: Backend;
    let model: Gpt2;
    let expected: ShippedFixture;

    beforeAll(async () => {
      backend = await createBackend();
      const files = await parseModelFiles((path) => loadFixture(`${MODEL}/${path}`));
      if (files.config.architecture !== "gpt2") throw new Error(`${MODEL} is a GPT-2.`);
      model = Gpt2.open(backend, files.config, files.tensors);
      expected = await ShippedFixture.open("gpt-poem");
      return () => {
        model.dispose();
        backend.dispose();
      };
    });

    const ids = (prompt: string): number[] => expected.ids(`${prompt}.ids`);
    const withTree = async <T>(work: (tree: Gpt2Tree) => Promise<T>): Promise<T> => {
      const tree = new Gpt2Tree(model);
      try {
        return await work(tree);
      } finally {
        tree.dispose();
      }
    };

    describe.each(["a", "b"])("prompt %s", (prompt) => {
      test("token by token through the KV cache the logits are those of one pass", async () => {
        const [first, ...rest] = ids(prompt);
        const size = model.config.vocabularySize;
        const logits = expected.floats(`${prompt}.logits`);
        await withTree(async (tree) => {
          let step = await tree.append(null, [first ?? 0]);
          for (const [i, id] of rest.entries()) {
            [step] = (await tree.extend([step.node], [id])) as [typeof step];
            expect(largestError(step.logits, logits.subarray((i + 1) * size, (i + 2) * size))).toBeLessThan(tolerance);
          }
        });
      });
    });

    test("branches do not see each other, and going back to an earlier token is free of what came after", async () => {
      const text = ids("a");
      const half = text.length >> 1;
      await withTree(async (tree) => {
        const fork = await tree.append(null, text.slice(0, half));
        const [right, wrong] = await tree.extend([fork.node, fork.node], [text[half] ?? 0, 5]);
        const far = await tree.append(wrong?.node ?? 0, text.slice(0, 3));
        expect(tree.depth(far.node)).toBe(half + 4);
        const again = await tree.append(fork.node, text.slice(half));
        const plain = await withTree((other) => other.inspect(null, text, []));
        expect(largestError(right?.logits, plain.steps[half]?.logits)).toBeLessThan(tolerance / 10);
        expect(largestError(again.logits, plain.steps.at(-1)?.logits)).toBeLessThan(tolerance / 10);
      });
    });

    test("a trace changes no output, to the last bit", async () => {
      const plain = await withTree((tree) => tree.inspect(null, ids("a"), []));
      const traced = await withTree((tree) => tree.inspect(null, ids("a"), model.traceNames));
      expect(plain.traces.size).toBe(0);
      expect([...traced.traces.keys()]).toEqual(model.traceNames);
      traced.steps.forEach((step, t) => {
        expect(largestError(step.logits, plain.steps[t]?.logits)).toBe(0);
      });
    });

    test("a page that traces all reads the logits of one that traces nothing: of the next token to the last bit", async () => {
      const [text, next] = [ids("a").slice(0, -1), ids("a").slice(-1)];
      const silent = await withTree(async (tree) => {
        const prompt = await tree.append(null, text);
        return [prompt.logits, (await tree.append(prompt.node, next)).logits] as const;
      });
      const traced = await withTree(async (tree) => {
        const prompt = (await tree.inspect(null, text, model.traceNames)).steps.at(-1)!;
        const { steps, traces } = await tree.inspect(prompt.node, next, model.traceNames);
        expect([...traces.keys()]).toEqual(model.traceNames);
        return [prompt.logits, steps[0]!.logits] as const;
      });
      // Behind the last attention, `append` computes one row and `inspect` all of them: kernels that are given more rows may add up in
      // another order. What a later token sees, keys and values, comes before that.
      expect(relativeError(traced[0], silent[0])).toBeLessThan(1e-4);
      expect(largestError(traced[1], silent[1])).toBe(0);
    });

    test("a tree that is disposed leaves nothing behind, however it grew", async () => {
      const before = { ...backend.memory };
      for (let round = 0; round < 3; round++) {
        await withTree(async (tree) => {
          const prompt = await tree.append(null, ids("b"));
          // More branches than the first cache has room for.
          for (const id of [1, 2]) await tree.extend(new Array(64).fill(prompt.node), new Array(64).fill(id));
        });
      }
      expect({ ...backend.memory }).toEqual(before);
    });

    test("what cannot be read is refused with a sentence, and the tree stays usable", async () => {
      await withTree(async (tree) => {
        const { contextLength, vocabularySize } = model.config;
        await expect(tree.append(null, [])).rejects.toThrow("至少要有一个词元");
        await expect(tree.append(null, [vocabularySize])).rejects.toThrow(`词表里没有编号 ${vocabularySize}`);
        await expect(tree.append(null, [1.5])).rejects.toMatchObject({ code: "bad-input" });
        await expect(tree.append(null, new Array(contextLength + 1).fill(3))).rejects.toThrow(
          `最多读 ${contextLength} 个`,
        );
        const full = await tree.append(null, new Array(contextLength).fill(3));
        await expect(tree.extend([full.node], [3])).rejects.toMatchObject({ code: "bad-input" });
        expect(full.logits.every(Number.isFinite)).toBe(true);
      });
    });
  });
}

/** Infinity if the lengths differ, or if something is not a number. */
function largestError(actual: Float32Array | undefined, wanted: Float32Array | undefined): number {
  if (!actual || !wanted || actual.length !== wanted.length || actual.length === 0) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const [i, value] of actual.entries()) {
    const error = Math.abs(value - (wanted[i] ?? Number.NaN));
    if (!(error <= largest)) largest = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
  }
  return largest;
}
