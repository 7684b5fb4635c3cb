import { expect, test } from "vitest";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { bucketOf, type RelativePositions } from "../nn/relative-positions.ts";
import buckets from "../testdata/t5-buckets.json" with { type: "json" };
import { describeT5 } from "../testing/t5-parity.ts";

describeT5("the CPU, in Node", createCpuBackend, 1e-5, 1e-4);

test.each(buckets.map((own): { positions: RelativePositions; first: number; found: number[] } => own))(
  "buckets are those of transformers: $positions",
  ({ positions, first, found }) => {
    expect(found.map((_, i) => bucketOf(first + i, positions))).toEqual(found);
  },
);
