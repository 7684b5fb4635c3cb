import { Random } from "../../../../engine/random.ts";
import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { BERT } from "../chapter-models.ts";
import { drawMore, NOTHING_DRAWN } from "./drawing.ts";
import { drawSettings, fields } from "./fields.ts";

const settings = drawSettings(initial(fields));

export const drawn = await buildFigure({
  models: { model: BERT },
  work: (context) => drawMore(context, NOTHING_DRAWN, { ...settings, times: 1 }, new Random(settings.seed)),
});
