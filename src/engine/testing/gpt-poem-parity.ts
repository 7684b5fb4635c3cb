import { beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { logProbsOf } from "../decoding/log-probs.ts";
import { logSoftmax } from "../decoding/softmax.ts";
import { parseModelFiles } from "../files/loader.ts";
import { sha256Hex } from "../files/sha256.ts";
import { Gpt2 } from "../models/gpt2.ts";
import { Gpt2Tree } from "../models/gpt2-tree.ts";
import { loadFixture } from "./load.ts";
import { relativeError } from "./relative-error.ts";
import { ShippedFixture } from "./shipped-parity.ts";
import { expectSameDistribution, expectSameTexts, type Filtered, type Run } from "./transformers.ts";

interface Prompt {
  readonly text: string;
}

interface Fixture {
  /** SHA-256 of the weights that the fixture was computed with. */
  readonly weights: string;
  /** For each setting, several prompts. */
  readonly runs: readonly (readonly (Run & Prompt)[])[];
  readonly filters: readonly (readonly (Filtered & Prompt)[])[];
}

const MODEL = "public/models/gpt-poem";
const bytes = await loadFixture("src/engine/testdata/gpt-poem/decoding.json");
const fixture: Fixture = JSON.parse(new TextDecoder().decode(bytes));

/**
 * Holds the decoders on the shipped model against `generate()` of transformers on the same weights: the same texts, scores and filtered
 * distributions.
 *
 * @param oneIn checks only one case in so many: all of them take a software GPU minutes
 */
export function describeDecoding(name: string, createBackend: () => Promise<Backend>, oneIn = 1): void {
  describe(`Decoding gpt-poem on ${name} as transformers does`, () => {
    let model: Gpt2;

    beforeAll(async () => {
      const backend = await createBackend();
      const { config, tensors } = await parseModelFiles((path) => loadFixture(`${MODEL}/${path}`));
      if (config.architecture !== "gpt2") throw new Error("gpt-poem is a GPT-2");
      model = Gpt2.open(backend, config, tensors);
      return () => {
        model.dispose();
        backend.dispose();
      };
    });

    const withTree = async (check: (tree: Gpt2Tree) => Promise<void>): Promise<void> => {
      const tree = new Gpt2Tree(model);
      try {
        await check(tree);
      } finally {
        tree.dispose();
      }
    };

    test("the fixture was made with these weights", async () => {
      const weights = await loadFixture(`${MODEL}/model.safetensors`);
      expect(await sha256Hex(new Uint8Array(weights))).toBe(fixture.weights);
    });

    test.each(some(fixture.runs))("texts and scores: $name", (run) => withTree((tree) => expectSameTexts(tree, run)));

    test.each(some(fixture.filters))("distribution: $name", (filtered) =>
      withTree((tree) => expectSameDistribution(tree, filtered)),
    );

    test.each([1, 5])("the log-probabilities of a text behind %i tokens are those of PyTorch's logits", (length) =>
      withTree(async (tree) => {
        const shipped = await ShippedFixture.open("gpt-poem");
        const [ids, logits] = [shipped.ids("a.ids"), shipped.floats("a.logits")];
        const [size, text] = [tree.vocabularySize, ids.slice(length)];
        const expected = text.map((id, i) => {
          const row = length + i - 1;
          return logSoftmax(logits.slice(row * size, (row + 1) * size))[id]!;
        });
        const found = await logProbsOf(tree, ids.slice(0, length), text);
        expect(found).toHaveLength(ids.length - length);
        expect(relativeError(found, expected)).toBeLessThan(1e-4);
      }),
    );

    test("log-probabilities want a prompt, and ids of the vocabulary that fit in the context", () =>
      withTree(async (tree) => {
        expect(await logProbsOf(tree, [1, 2], [])).toEqual([]);
        const endless = Array.from({ length: tree.contextLength + 1 }, () => 1);
        for (const [prompt, text] of [
          [[], [1, 2]],
          [[1], [2, tree.vocabularySize]],
          [[1], [-1, 2]],
          [[1], endless],
        ] as const) {
          await expect(logProbsOf(tree, prompt, text)).rejects.toMatchObject({ code: "bad-input" });
        }
      }));
  });

  function some<T extends Prompt & { readonly settings: object }>(groups: readonly (readonly T[])[]) {
    return groups
      .flat()
      .filter((_, i) => i % oneIn === 0)
      .map((each) => {
        return { ...each, name: `${each.text} ${JSON.stringify(each.settings).replaceAll('"', "")}` };
      });
  }
}
