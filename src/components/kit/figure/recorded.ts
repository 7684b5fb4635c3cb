import manifest from "../../../../public/models/manifest.json";
import { parseManifest } from "../../../engine/files/manifest.ts";
import { parseRecord, type RunRecord, refuseOtherWeights } from "./record.ts";

const files = import.meta.glob<string>("../../../recorded/*.json", { query: "?raw", import: "default" });

/** What was recorded, by its names. */
export const RECORDED: readonly string[] = Object.keys(files).map((path) => path.replace(/^.*\/|\.json$/g, ""));

/**
 * A recorded run for a page.
 * @param name of `src/recorded/<name>.json`
 * @throws Error where nothing of that name was recorded, or with other weights than the manifest's: a build ends with it
 */
export async function recorded(name: string): Promise<RunRecord> {
  const file = files[`../../../recorded/${name}.json`];
  if (!file) throw new Error(`src/recorded/${name}.json does not exist, but a page shows it`);
  const record = parseRecord(await file());
  refuseOtherWeights(record.provenance, parseManifest(manifest));
  return record;
}
