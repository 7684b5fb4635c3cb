import { beforeAll, describe, expect, test } from "vitest";
import { loadFixture } from "../../../engine/testing/load.ts";
import { relativeError } from "../../../engine/testing/relative-error.ts";
import { openTinyEngine } from "../../../engine/testing/tiny-engine.ts";
import { firstBlock, throughBlocks } from "./overview.ts";
import { ofAll, readWeights } from "./parts.ts";
import { type BertSnapshot, takeSnapshot } from "./snapshot.ts";

describe("a reading of the model", () => {
  let tiny: Awaited<ReturnType<typeof openTinyEngine>>;
  let expected: {
    readonly texts: readonly [string, string];
    readonly ids: readonly number[];
    readonly segments: readonly number[];
    readonly mask: number;
    readonly logits: readonly number[];
    readonly nextSentence: readonly [number, number];
  };
  const read = (first: string, second = ""): Promise<BertSnapshot> =>
    takeSnapshot(tiny.engine, { first, second }, { contextLength: tiny.contextLength, vocabulary: [] });
  beforeAll(async () => {
    tiny = await openTinyEngine();
    expected = JSON.parse(
      new TextDecoder().decode(await loadFixture("src/engine/testdata/folders/bert/expected.json")),
    );
  });

  test("has PyTorch's ids, its guesses and its verdict on the two sentences", async () => {
    const snapshot = await read(...expected.texts);
    expect([snapshot.ids, snapshot.segments]).toEqual([expected.ids, expected.segments]);
    const powers = expected.logits.map(Math.exp);
    const sum = powers.reduce((total, power) => total + power, 0);
    const best = snapshot.guesses[expected.mask]![0]!;
    expect(best.index).toBe(expected.logits.indexOf(Math.max(...expected.logits)));
    expect(best.value).toBeCloseTo(powers[best.index]! / sum, 5);
    const [follows, not] = expected.nextSentence;
    expect(snapshot.follows).toBeCloseTo(1 / (1 + Math.exp(not - follows)), 5);
  });

  test("refuses no text and too much of it, in a sentence", async () => {
    await expect(read("  ")).rejects.toThrow("第一句是空的");
    await expect(read("a ".repeat(40))).rejects.toThrow("模型最多读 32 个");
  });

  test("tells what the vocabulary does not have", async () => {
    const snapshot = await read("看 👍");
    expect(snapshot.tokens).toEqual(["[CLS]", "[UNK]", "[UNK]", "[SEP]"]);
    expect(snapshot.unknown).toHaveLength(2);
  });

  test("one changed token changes one row until attention, and then all", async () => {
    const [before, now] = [await read("[MASK] a b c"), await read("[MASK] a b d")];
    expect(now.ids.filter((id, i) => id !== before.ids[i])).toHaveLength(1);
    const stages = firstBlock(now, before, 0);
    const changed = Object.fromEntries(stages.map((stage) => [stage.trace, stage.changed]));
    const rows = now.ids.length;
    expect(changed).toMatchObject({
      embed: 1,
      token_type_embed: 0,
      pos_embed: 0,
      embed_sum: 1,
      full_embed: 1,
      "blocks.0.attn.q": 1,
      "blocks.0.attn.pattern": rows,
      "blocks.0.attn_out": rows,
      "blocks.0.normalized_resid_post": rows,
    });
    expect(stages.every((stage) => stage.rows === rows)).toBe(true);
    const depths = throughBlocks(now, before, 1, rows - 2);
    expect(depths.map((depth) => depth.changed)).toEqual([1, rows]);
    expect(depths[0]!.cosine).toBeCloseTo(1, 6);
    expect(firstBlock(now, undefined, 0).every((stage) => stage.changed === undefined)).toBe(true);
  });

  test("a longer text is compared row by row as far as rows are alike, its new rows are new", async () => {
    const [before, now] = [await read("a b"), await read("a b c")];
    const changed = Object.fromEntries(firstBlock(now, before, 0).map((stage) => [stage.trace, stage.changed]));
    // [CLS] a b stay; c stands where [SEP] was, and [SEP] where nothing was.
    expect(changed).toMatchObject({ embed: 2, pos_embed: 1, "blocks.0.attn.pattern": undefined });
  });

  test("the parts of the file add up to all of its numbers", async () => {
    const { parts, norms } = readWeights(tiny.weights);
    const total = parts.reduce((sum, part) => sum + part.parameters * part.times, 0);
    // words, positions, segments and norm; a block; pooler, next sentence, and the masked-LM head
    const [d, inner, v] = [16, 32, 99];
    const embeddings = v * d + 32 * d + 2 * d + 2 * d;
    const block = 4 * (d * d + d) + 2 * d * inner + inner + d + 4 * d;
    expect(total).toBe(embeddings + block + (d * d + d) + (2 * d + 2) + (d * d + d + 2 * d + v));
    expect(parts.map(({ id }) => id)).not.toContain("rest");
    // As the text speaks of them: a part of the whole model, and one of its blocks.
    expect(ofAll(parts, "words")).toBeCloseTo((v * d) / total, 12);
    expect(ofAll(parts, "blocks")).toBeCloseTo(block / total, 12);
    expect(ofAll(parts, "feed-forward")).toBeCloseTo((2 * d * inner + inner + d) / block, 12);
    expect(parts.find(({ id }) => id === "query-key-value")?.shapes).toEqual(["3 × [16, 16]", "3 × [16]"]);
    expect(norms).toHaveLength(1);
    expect(relativeError(norms[0]!.gain, new Float32Array(d).fill(1))).toBe(0);
  });
});
