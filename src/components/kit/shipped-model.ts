import manifest from "../../../public/models/manifest.json";
import { downloadBytes, parseManifest } from "../../engine/models/manifest.ts";
import type { ModelInfo } from "./types.ts";

/** A model of the site as `DemoFrame` names it before anything is fetched: the list of models is part of the build. */
export function shippedModel(id: string): ModelInfo {
  const entry = parseManifest(manifest).models.find((model) => model.id === id);
  if (!entry) throw new RangeError(`manifest.json has no model ${id}`);
  return { id, title: entry.title, bytes: downloadBytes(entry) };
}
