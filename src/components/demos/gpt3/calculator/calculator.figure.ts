import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { countShipped, MODELS } from "./shipped.ts";

/** The models of the book, counted in their files. */
export const calculator = await buildFigure({ models: MODELS, work: (context) => countShipped(context) });
