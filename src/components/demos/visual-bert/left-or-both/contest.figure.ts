import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { BERT, GPT } from "../chapter-models.ts";
import { contest } from "./contest.ts";

export const contested = await buildFigure({
  models: { bert: BERT, gpt: GPT },
  work: (context) => contest(context, "contrast"),
});
