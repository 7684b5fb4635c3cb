import { inject } from "vitest";
import { folderAddress } from "../files/source.ts";
import type { Oddity } from "./hub.ts";

/** More than any of the hub's folders has, with and without ONNX Runtime. */
export const AGREED = 20_000_000;

/**
 * A folder of the hub that `provide-hub.ts` has started, for a test in a page. Its address is a new one each time: neither hub nor browser have seen
 * it before, whatever ran before.
 */
export function sourceOf(oddity: Oddity, folder = "gpt2"): { url: string } {
  return { url: folderAddress(`tests/${folder}`, `${inject("hub")}/${oddity}~${crypto.randomUUID()}`).href };
}
