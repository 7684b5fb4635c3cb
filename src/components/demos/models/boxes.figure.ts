import { buildFigure, shippedConfigs } from "../../kit/figure/build-figure.ts";
import type { FirstFigure, WorkContext } from "../../kit/figure/types.ts";
import { initial } from "../../kit/state/hash-state.ts";
import { formatOf } from "./formats.ts";
import { kindOf, type ModelKind } from "./kind.ts";
import { classify, classifyFields, fill, fillFields, judgePair, pairFields } from "./read.ts";
import { writeFields, writeText } from "./write.ts";

/** A figure for every model of a kind, by its id. */
async function figures<Data>(
  kind: ModelKind,
  work: (context: WorkContext) => Promise<Data> | AsyncIterable<Data>,
): Promise<Readonly<Record<string, FirstFigure<Data>>>> {
  const own = [...(await shippedConfigs())].filter(([, config]) => kindOf(config) === kind);
  const built = own.map(async ([id]) => [id, await buildFigure({ models: { model: id }, work })] as const);
  return Object.fromEntries(await Promise.all(built));
}

export const writing = await figures("write", (context) =>
  writeText(context, initial(writeFields(formatOf(context.model.id)))),
);
export const filling = await figures("fill", (context) => fill(context, initial(fillFields)));
export const pairing = await figures("fill", (context) => judgePair(context, initial(pairFields)));
export const classifying = await figures("classify", (context) => classify(context, initial(classifyFields)));
