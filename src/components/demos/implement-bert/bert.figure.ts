import { buildFigure } from "../../kit/figure/build-figure.ts";
import { initial } from "../../kit/state/hash-state.ts";
import type { FirstReading } from "../../subjects/reading/reading.svelte.ts";
import { traceOf } from "../../subjects/reading/views.ts";
import { fields } from "./fields.ts";
import { type BertSnapshot, MODEL, takeSnapshot } from "./snapshot.ts";
import { STATIONS } from "./stations.ts";

/** What is shown of the first reading, in the block that is looked at first: all traces of all blocks would be a megabyte. */
const SHOWN = [
  STATIONS.scores.panels[0],
  STATIONS.pattern.panels[0],
  STATIONS["block-output"].panels[0],
  STATIONS.pooler.panels[0],
];

export const bert = await buildFigure({
  models: { model: MODEL },
  work: async ({ engine, model }): Promise<FirstReading<BertSnapshot>> => {
    const settings = initial(fields);
    const snapshot = await takeSnapshot(engine, settings, model);
    const traces = SHOWN.map((panel) => {
      const name = traceOf(panel, settings.layer - 1);
      const trace = snapshot.traces.get(name);
      if (!trace) throw new RangeError(`no trace ${name}`);
      return [name, trace] as const;
    });
    const { layers, heads } = model.config;
    return { snapshot: { ...snapshot, traces: new Map(traces) }, layers, heads };
  },
});
