import type { OptimizerRaceMetrics, OptimizerRaceSettings } from "../../../../engine/experiments/optimizer-race.ts";

/** What the demo of this page has run last on the reader's machine; the exercise beside it is judged by it. */
class RaceRecord {
  records: readonly OptimizerRaceMetrics[] = $state.raw([]);
  settings: OptimizerRaceSettings | undefined = $state.raw();
}

export const record = new RaceRecord();
