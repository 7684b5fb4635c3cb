import type { HostTensor } from "../../../engine/tensor/trace.ts";

/** A tensor to four digits behind the point: there are many numbers to send with a figure, and none is printed in more. */
export function rounded({ shape, data }: HostTensor): HostTensor {
  return { shape, data: data.map((value) => roundTo(value, 10_000)) };
}

/** Attention weights as they are printed in percent: to a tenth, below one percent to a hundredth. */
export function roundedWeights({ shape, data }: HostTensor): HostTensor {
  return { shape, data: data.map((weight) => roundTo(weight, weight < 0.01 ? 10_000 : 1000)) };
}

const roundTo = (value: number, units: number): number => Math.round(value * units) / units;

/** Plain data with fewer digits than the six that numbers are sent with, where there are many and none is printed in more than three. */
export function withDigits<Data>(data: Data, digits: number): Data {
  const short = (_: string, value: unknown): unknown =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(digits)) : value;
  // What was objects, arrays, texts and numbers is that again.
  return JSON.parse(JSON.stringify(data, short)) as Data;
}
