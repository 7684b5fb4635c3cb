import type { HostTensor } from "../../../engine/tensor/trace.ts";

/** Weights to four digits behind the point: there are many of them to send with a figure, and none is shown in more. */
export function rounded({ shape, data }: HostTensor): HostTensor {
  return { shape, data: data.map((weight) => Math.round(weight * 10_000) / 10_000) };
}
