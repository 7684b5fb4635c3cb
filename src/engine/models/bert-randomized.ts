import { EngineError } from "../errors.ts";
import type { BertConfig } from "../files/config.ts";
import type { TensorView } from "../files/safetensors.ts";
import { newWeights, type WeightSource } from "../nn/weights.ts";
import type { Random } from "../random.ts";
import { bertCheckpoint } from "./bert-weights.ts";

/** The parts of a classifier from its output down to its input, as the names of their weights begin. */
export function partsFromTop({ layers }: Pick<BertConfig, "layers">): string[] {
  const blocks = Array.from({ length: layers }, (_, i) => `bert.encoder.layer.${layers - 1 - i}.`);
  return ["classifier.", "bert.pooler.", ...blocks, "bert.embeddings."];
}

// #region randomized
/**
 * A checkpoint whose last parts have forgotten what they learnt: their weights are drawn anew, as before any training. With one part more at a time
 * that is the cascading randomization of Adebayo et al. 2018, by which an explanation shows whether it depends on the model at all.
 *
 * @param count parts that are drawn, from the output down; each has a stream of its own, so that one part more leaves the others as they were
 * @throws EngineError `bad-input` for parts that there are not; the source throws what `takeTensor` throws
 */
export function randomizedCheckpoint(
  config: BertConfig,
  tensors: ReadonlyMap<string, TensorView>,
  count: number,
  random: Random,
): WeightSource {
  const parts = partsFromTop(config);
  if (!Number.isInteger(count) || count < 0 || count > parts.length) {
    throw new EngineError("bad-input", `要随机化 ${count} 个部分，应是 0 到 ${parts.length} 的整数`);
  }
  const drawn = parts.map((part) => ({ part, source: newWeights(random.fork()) })).slice(0, count);
  const learnt = bertCheckpoint(tensors, true);
  return (name, ...rest) => {
    const { source = learnt } = drawn.find(({ part }) => name.startsWith(part)) ?? {};
    return source(name, ...rest);
  };
}
// #endregion
