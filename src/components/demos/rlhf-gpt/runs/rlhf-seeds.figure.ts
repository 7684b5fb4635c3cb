import { endsOf } from "./ends.ts";
import { recordedRuns } from "./read-runs.ts";

/** The default settings, with several seeds. */
export const seeds = await recordedRuns("rlhf-seeds");

export const seedEnds = { ends: endsOf(seeds.data), provenance: seeds.provenance };
