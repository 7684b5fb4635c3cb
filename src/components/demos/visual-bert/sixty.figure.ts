import { buildFigure } from "../../kit/figure/build-figure.ts";
import { BERT } from "./chapter-models.ts";
import { examine } from "./sixty.ts";

export const sixty = await buildFigure({ models: { model: BERT }, work: examine });
