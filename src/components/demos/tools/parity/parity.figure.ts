import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { compare } from "./compare.ts";
import { fields } from "./fields.ts";
import { ROWS } from "./rows.ts";

export const parity = await buildFigure({
  models: { model: ROWS["captum-integrated"].model },
  work: (context) => compare(context, initial(fields)),
});
