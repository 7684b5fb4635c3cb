import type { FirstFigure } from "../../kit/figure/types.ts";

/** The figure of a model. @throws RangeError where the build made none */
export function figureOf<Data>(figures: Readonly<Record<string, FirstFigure<Data>>>, id: string): FirstFigure<Data> {
  const figure = figures[id];
  if (!figure) throw new RangeError(`no figure was built for ${id}`);
  return figure;
}
