import { buildFigure } from "../../kit/figure/build-figure.ts";
import { initial } from "../../kit/state/hash-state.ts";
import { COMPARED, fields } from "./fields.ts";
import { throughBlocks } from "./overview.ts";
import { MODEL, takeSnapshot } from "./snapshot.ts";

/** Of every token of the first reading what becomes of it, block by block. */
export const stack = await buildFigure({
  models: { model: MODEL },
  work: async ({ engine, model }) => {
    const settings = initial(fields);
    const before = await takeSnapshot(engine, { ...settings, first: COMPARED }, model);
    const snapshot = await takeSnapshot(engine, settings, model);
    return snapshot.ids.map((_, token) => throughBlocks(snapshot, before, model.config.layers, token));
  },
});
