import { shippedEntry } from "../../kit/run/shipped-model.ts";

/** Who writes the reviews: policy and reference. */
export const WRITER = "gpt-review";
/** Who says how likely a review is a good one. */
export const JUDGE = "sentiment-zh";

export const WEIGHTS = "model.safetensors";

/** Bytes of a model's weights, by the manifest. */
export function weightBytes(id: string): number {
  const bytes = shippedEntry(id).files.find(({ path }) => path === WEIGHTS)?.bytes;
  if (bytes === undefined) throw new RangeError(`${id} has no ${WEIGHTS}`);
  return bytes;
}
