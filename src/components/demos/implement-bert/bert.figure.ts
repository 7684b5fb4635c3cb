import { buildFigure } from "../../kit/figure/build-figure.ts";
import { initial } from "../../kit/state/hash-state.ts";
import type { FirstReading } from "../../subjects/reading/reading.svelte.ts";
import { COMPARED, fields } from "./fields.ts";
import { firstBlock, type Stage } from "./overview.ts";
import { type BertSnapshot, MODEL, takeSnapshot } from "./snapshot.ts";

/** The first reading without its traces, which would be a megabyte: the stations of a page bring those that they show first. */
interface First extends FirstReading<BertSnapshot> {
  /** What moved since the sentence that it is compared with. */
  readonly stages: readonly Stage[];
}

export const bert = await buildFigure({
  models: { model: MODEL },
  work: async ({ engine, model }): Promise<First> => {
    const settings = initial(fields);
    const before = await takeSnapshot(engine, { ...settings, first: COMPARED }, model);
    const snapshot = await takeSnapshot(engine, settings, model);
    const stages = firstBlock(snapshot, before, settings.head - 1);
    const { layers, heads } = model.config;
    return { snapshot: { ...snapshot, traces: new Map() }, stages, layers, heads };
  },
});
