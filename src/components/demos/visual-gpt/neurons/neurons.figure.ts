import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { withDigits } from "../../../kit/figure/rounded.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields } from "./fields.ts";
import { type Excited, findNeurons, MODEL } from "./neurons.ts";

export const excited = await buildFigure({
  models: { model: MODEL },
  work: async (context): Promise<Excited> => {
    const found = await findNeurons(context, initial(fields).own);
    const neurons = found.neurons.map((neuron) => ({
      ...neuron,
      // The rest of a sentence is drawn as colours alone.
      contexts: neuron.contexts.map((one) => ({ ...one, values: withDigits(one.values, 2) })),
    }));
    return { ...found, neurons };
  },
});
