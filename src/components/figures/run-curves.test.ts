import { expect, test } from "vitest";
import { recordsTable, seriesOf } from "./run-curves.ts";

const run = {
  name: "甲",
  records: [
    { step: 1, loss: 0.5, accuracy: null },
    { step: 2, loss: 0.25, accuracy: 1 },
  ],
};

test("a metric over the steps has gaps where nothing was measured", () => {
  expect(seriesOf(run, "step", "accuracy")).toEqual({
    name: "甲",
    points: [
      [1, null],
      [2, 1],
    ],
  });
});

test("records are saved row by row, with empty cells for the gaps", () => {
  const columns = [
    ["步", "step"],
    ["准确率", "accuracy"],
  ] as const;
  expect(recordsTable([run, { ...run, name: "乙" }], columns)).toEqual({
    columns: ["哪一次", "步", "准确率"],
    rows: [
      ["甲", 1, ""],
      ["甲", 2, 1],
      ["乙", 1, ""],
      ["乙", 2, 1],
    ],
  });
});
