import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields } from "./fields.ts";
import { descended, drawn, type Fit, MAX_STEPS, unfitted } from "./fit.ts";

export const fitted = await buildFigure({
  models: {},
  work: async (): Promise<Fit> => {
    const settings = initial(fields);
    const fit = descended(unfitted(settings.choices), settings, MAX_STEPS);
    return { ...fit, history: drawn(fit.history) };
  },
});
