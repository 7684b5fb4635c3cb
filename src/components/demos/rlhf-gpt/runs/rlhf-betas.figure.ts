import { endsOf } from "./ends.ts";
import { recordedRuns } from "./read-runs.ts";

/** Tighter leashes than the default one, each trained to its end. */
const betas = await recordedRuns("rlhf-betas");

export const betaEnds = { ends: endsOf(betas.data), provenance: betas.provenance };
