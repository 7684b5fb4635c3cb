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

/** Plain data with fewer digits than the six that numbers are sent with, where there are many and none is printed in more than three. */
export function withDigits<Data>(data: Data, digits: number): Data {
  const short = (_: string, value: unknown): unknown =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(digits)) : value;
  // What was objects, arrays, texts and numbers is that again.
  return JSON.parse(JSON.stringify(data, short)) as Data;
}
