import { beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { parseModelFiles } from "../files/loader.ts";
import { sha256Hex } from "../files/sha256.ts";
import { Gpt2 } from "../models/gpt2.ts";
import { Gpt2Tree } from "../models/gpt2-tree.ts";
import { loadFixture } from "./load.ts";
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
      return () => backend.dispose();
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
