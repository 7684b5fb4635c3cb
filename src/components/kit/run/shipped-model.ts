import manifest from "../../../../public/models/manifest.json";
import { downloadBytes, findFile, type ManifestEntry, parseManifest } from "../../../engine/files/manifest.ts";
import type { ModelLabel } from "../frame/types.ts";

export const WEIGHTS = "model.safetensors";

/** What the manifest says of a model of the site: it is part of the build. @throws RangeError for a model it does not list */
export function shippedEntry(id: string): ManifestEntry {
  const entry = parseManifest(manifest).models.find((model) => model.id === id);
  if (!entry) throw new RangeError(`manifest.json has no model ${id}`);
  return entry;
}

/** Bytes of a model's weights. @throws RangeError for a model or weights that the manifest does not list */
export function weightBytes(id: string): number {
  return findFile(shippedEntry(id), WEIGHTS).bytes;
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

/** Several models as one label. */
export function together(labels: readonly ModelLabel[]): ModelLabel {
  const note = labels.find((label) => label.note)?.note;
  return {
    ...(note === undefined ? {} : { note }),
    id: labels.map(({ id }) => id).join(" "),
    title: labels.map(({ title }) => title).join("、"),
    bytes: labels.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
