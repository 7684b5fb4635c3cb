import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { MODEL } from "../../../subjects/poems/poem-tables.ts";
import { fields } from "./fields.ts";
import { startWalk, type Walk } from "./walk.ts";

export const step = await buildFigure({
  models: { model: MODEL },
  work: async (context): Promise<Walk> => {
    const { form, title, opening } = initial(fields);
    const walk = await startWalk(context, { form, title, opening });
    await walk.tree?.dispose();
    return { ...walk, tree: null };
  },
});
