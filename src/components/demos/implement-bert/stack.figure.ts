import { buildFigure } from "../../kit/figure/build-figure.ts";
import { initial } from "../../kit/state/hash-state.ts";
import { fields } from "./fields.ts";
import { throughBlocks } from "./overview.ts";
import { MODEL, takeSnapshot } from "./snapshot.ts";

/** Of every token of the first reading what becomes of it, block by block. */
export const stack = await buildFigure({
  models: { model: MODEL },
  work: async ({ engine, model }) => {
    const snapshot = await takeSnapshot(engine, initial(fields), model);
    return snapshot.ids.map((_, token) => throughBlocks(snapshot, undefined, model.config.layers, token));
  },
});
