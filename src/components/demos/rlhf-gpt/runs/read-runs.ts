import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { type RecordedRuns, tableOfRuns } from "./runs.ts";

/** What `npm run rlhf -- --save <name>` has recorded. @throws Error where nothing was, or with other weights than the manifest's */
export const recordedRuns = (name: string) =>
  recordedFigure<RecordedRuns, never>(name, {
    models: {},
    work: () => Promise.reject(new Error(`npm run rlhf -- --save ${name} records it`)),
    table: tableOfRuns,
  });
