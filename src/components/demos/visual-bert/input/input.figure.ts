import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { BERT } from "../chapter-models.ts";
import { fields, type Input, readInput } from "./read.ts";

export const input = await buildFigure({
  models: { model: BERT },
  work: async (context): Promise<Input> => {
    const { encoded, vectors } = await readInput(context, initial(fields));
    return { encoded, vectors: new Map([...vectors].map(([name, tensor]) => [name, shorter(tensor)])) };
  },
});

/** With four digits: these are twenty thousand numbers to send, and three digits of them are printed. */
function shorter({ shape, data }: HostTensor): HostTensor {
  return { shape, data: data.map((value) => Number(value.toPrecision(4))) };
}
