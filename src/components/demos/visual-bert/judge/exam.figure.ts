import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { CLASSIFIER } from "../chapter-models.ts";
import { examine } from "./examine.ts";

export const exam = await buildFigure({ models: { model: CLASSIFIER }, work: examine });
