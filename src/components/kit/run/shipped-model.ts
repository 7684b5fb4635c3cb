import manifest from "../../../../public/models/manifest.json";
import { downloadBytes, findFile, type ManifestEntry, parseManifest } from "../../../engine/files/manifest.ts";
import type { ModelLabel } from "../frame/types.ts";

/** What the manifest says of a model of the site: it is part of the build. @throws RangeError for a model it does not list */
export function shippedEntry(id: string): ManifestEntry {
  const entry = parseManifest(manifest).models.find((model) => model.id === id);
  if (!entry) throw new RangeError(`manifest.json has no model ${id}`);
  return entry;
}

/**
 * A model of the site as `DemoFrame` names it before anything is fetched.
 * @param files other files of the model's folder that the demo downloads
 */
export function shippedModel(id: string, files: readonly string[] = []): ModelLabel {
  const entry = shippedEntry(id);
  const bytes = files.reduce((sum, path) => sum + findFile(entry, path).bytes, downloadBytes(entry));
  return { id, title: entry.title, bytes };
}
