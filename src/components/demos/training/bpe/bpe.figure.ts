import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields, type Learnt, learn } from "./bpe.ts";

export const learnt = await buildFigure({
  models: {},
  work: (): Promise<Learnt> => learn(initial(fields)),
});
