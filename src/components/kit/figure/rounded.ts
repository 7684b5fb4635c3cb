import type { HostTensor } from "../../../engine/tensor/trace.ts";

/** Attention weights as they are printed in percent: to a tenth, below one percent to a hundredth. There are many of them to send with a figure. */
export function rounded({ shape, data }: HostTensor): HostTensor {
  return {
    shape,
    data: data.map((weight) => {
      const units = weight < 0.01 ? 10_000 : 1000;
      return Math.round(weight * units) / units;
    }),
  };
}
