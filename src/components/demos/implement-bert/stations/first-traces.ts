import { rounded } from "../../../kit/figure/rounded.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import type { Snapshot } from "../../../subjects/reading/snapshot.ts";
import { type Station, traceOf } from "../../../subjects/reading/views.ts";
import { fields } from "../fields.ts";
import { takeSnapshot } from "../snapshot.ts";
import { STATIONS, type StationId } from "./stations.ts";

/** What stations show before the reader has run anything: of each its first panel, in the block that is looked at first. */
export async function firstTraces(
  { engine, model }: WorkContext,
  ids: readonly StationId[],
): Promise<Snapshot["traces"]> {
  const settings = initial(fields);
  const { traces } = await takeSnapshot(engine, settings, model);
  const shown = ids.map((id) => {
    const { panels }: Station = STATIONS[id];
    const name = traceOf(panels[0], settings.layer - 1);
    const trace = traces.get(name);
    if (!trace) throw new RangeError(`no trace ${name}`);
    return [name, rounded(trace)] as const;
  });
  return new Map(shown);
}
