import { recordedRuns } from "./read-runs.ts";

/** Without the penalty. */
export const unleashed = await recordedRuns("rlhf-unleashed");
