import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields, type HeadReading, readHead } from "./sheet.ts";

export const sheet = await buildFigure({
  models: { model: "gpt-zh" },
  work: (context): Promise<HeadReading> => readHead(context, initial(fields)),
});
