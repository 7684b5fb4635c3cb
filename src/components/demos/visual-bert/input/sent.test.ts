import { expect, test } from "vitest";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import { PARTS } from "./read.ts";
import { receivedInput, sentInput } from "./sent.ts";

const encoded: EncodedText = { ids: [5, 6, 5], tokens: ["猫", "狗", "猫"], segments: [0, 0, 1], unknown: [] };
const tensor = (...rows: readonly number[][]) => ({ shape: [3, 2], data: Float32Array.from(rows.flat()) });
const embed = tensor([0.12345, -2], [1, 0.00004], [0.12345, -2]);
const segments = tensor([0.5, 0.5], [0.5, 0.5], [-0.25, 1]);
const positions = tensor([0, 0.1], [0, 0.2], [0, 0.3]);
const sum = { shape: [3, 2], data: embed.data.map((value, i) => value + segments.data[i]! + positions.data[i]!) };
const input = {
  encoded,
  vectors: new Map([
    ["embed", embed],
    ["token_type_embed", segments],
    ["pos_embed", positions],
    ["embed_sum", sum],
    ["full_embed", tensor([1, 2], [3, 4], [5, 6])],
  ]),
};

test("what is sent is small, and comes back as it was, to three digits behind the point and in its order", () => {
  const sent = sentInput(input);
  expect(sent.vectors.get("embed")?.units).toHaveLength(4);
  expect(sent.vectors.get("embed")?.rows).toEqual([0, 1, 0]);
  const { vectors } = receivedInput(sent);
  expect([...vectors.keys()]).toEqual(PARTS.map(({ key }) => key));
  for (const [name, { shape, data }] of input.vectors) {
    expect(vectors.get(name)?.shape).toEqual(shape);
    for (const [i, value] of data.entries())
      expect(Math.abs(vectors.get(name)!.data[i]! - value), name).toBeLessThan(0.00016);
  }
});
