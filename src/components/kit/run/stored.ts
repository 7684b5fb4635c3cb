import { findFile } from "../../../engine/files/manifest.ts";
import { withBase } from "../../../site.ts";
import { shippedEntry, WEIGHTS } from "./shipped-model.ts";

/** Whether the weights of some models of the site lie in the reader's browser, from this visit or another, so that a run downloads nothing to speak of. */
export async function areStored(ids: readonly string[]): Promise<boolean> {
  try {
    const found = await Promise.all(ids.map((id) => caches.match(addressOf(id))));
    return found.every((response) => response !== undefined);
  } catch {
    // No Cache Storage: on plain HTTP, in some private windows.
    return false;
  }
}

/** Where `FileStore` keeps them: by their address and their hash. */
function addressOf(id: string): string {
  const url = new URL(withBase(`/models/${id}/${WEIGHTS}`), location.href);
  url.searchParams.set("version", findFile(shippedEntry(id), WEIGHTS).sha256);
  return url.href;
}
