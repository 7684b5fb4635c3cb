import { buildFigure } from "../../kit/figure/build-figure.ts";
import { initial } from "../../kit/state/hash-state.ts";
import type { FirstReading } from "../../subjects/reading/reading.svelte.ts";
import { fields } from "./fields.ts";
import { type BertSnapshot, MODEL, takeSnapshot } from "./snapshot.ts";

/** The first reading without its traces, which would be a megabyte: the stations of a page bring those that they show first. */
export const bert = await buildFigure({
  models: { model: MODEL },
  work: async ({ engine, model }): Promise<FirstReading<BertSnapshot>> => {
    const snapshot = await takeSnapshot(engine, initial(fields), model);
    const { layers, heads } = model.config;
    return { snapshot: { ...snapshot, traces: new Map() }, layers, heads };
  },
});
