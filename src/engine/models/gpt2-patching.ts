import { wholeOf } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import { Tape } from "../tensor/tape.ts";
import type { Gpt2 } from "./gpt2.ts";
import { hiddenStatesFrom, residualStream, unembed } from "./gpt2-plain.ts";
import { toInt32 } from "./token-batch.ts";

// #region patching
/**
 * Activation patching (Vig et al. 2020; Meng et al. 2022): at one place after the other, what the model holds there of a text is replaced by what it
 * holds of another one, and the rest of the way is computed anew. Where that moves the prediction, what decides about it passes.
 *
 * @param ids the text that is read
 * @param donor another one of as many tokens, whose residual stream is put in
 * @param block before which block it is put in: 0 for the embeddings, the number of layers for what the last block gives
 * @returns the logits of what follows the text, [vocabularySize], for each place at which it was put in
 * @throws EngineError `bad-input`: an empty text, one that is too long, or texts of different lengths; no such block
 */
export async function patchedLogits(
  model: Gpt2,
  ids: readonly number[],
  donor: readonly number[],
  block: number,
): Promise<Float32Array[]> {
  const length = ids.length;
  if (donor.length !== length) {
    throw new EngineError(
      "bad-input",
      `两段文字要一样长才能逐个位置地换，现在是 ${length} 个和 ${donor.length} 个词元`,
    );
  }
  if (!Number.isInteger(block) || block < 0 || block > model.config.layers) {
    throw new EngineError("bad-input", `没有第 ${block} 块`);
  }
  const { backend, config } = model;
  const tape = new Tape(backend, "off");
  try {
    const both = { ids: toInt32([...ids, ...donor]), batch: 2 };
    const streams = residualStream(tape, model, both, block);
    // As many copies of the text as it has places; in each copy another place is the donor's.
    const rows = Int32Array.from({ length: length ** 2 }, (_, i) => {
      const [copy, place] = [Math.floor(i / length), i % length];
      return copy === place ? length + place : place;
    });
    const patched = embedding(tape, streams, rows, [length, length]);
    const hidden = hiddenStatesFrom(tape, model, block, patched);
    const ends = Int32Array.from(ids, (_, copy) => (copy + 1) * length - 1);
    const logits = unembed(tape, model, embedding(tape, hidden, ends));
    const [data] = await backend.read([wholeOf(logits.storage)]);
    const size = config.vocabularySize;
    return ids.map((_, place) => data!.slice(place * size, (place + 1) * size));
  } finally {
    tape.dispose();
  }
}
// #endregion
