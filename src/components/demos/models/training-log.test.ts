import { expect, it } from "vitest";
import poemLog from "../../../../public/models/gpt-poem/training-log.json";
import { logTable, parseTrainingLog } from "./training-log.ts";

const FILE = "training-log.json";
const log = (evaluations: unknown) => parseTrainingLog({ evaluations }, FILE);
const run = { step: [1, 2], tokens: [10, 20], seconds: [3, 6], val_loss: [5, 4] };

it("reads the run of a shipped model", () => {
  const { steps, losses, shares } = parseTrainingLog(poemLog, FILE);
  expect(losses.map(({ name }) => name)).toEqual(["训练", "验证"]);
  expect(shares.map(({ key }) => key)).toEqual(["form", "rhyme"]);
  for (const { values } of [...losses, ...shares]) expect(values).toHaveLength(steps.length);
});

it("takes what a run has measured, and no more", () => {
  const { losses, shares } = log({ ...run, val_accuracy: [0.5, 0.9] });
  expect(losses).toEqual([{ key: "val_loss", name: "验证", values: [5, 4] }]);
  expect(shares).toEqual([{ key: "val_accuracy", name: "判对的评论", values: [0.5, 0.9] }]);
});

it("gives the record as a table, a row for each check", () => {
  expect(logTable(log({ ...run, val_top_1: [0.1, 0.2] }))).toEqual({
    columns: ["步", "词元", "秒", "验证损失", "填对的字"],
    rows: [
      [1, 10, 3, 5, 0.1],
      [2, 20, 6, 4, 0.2],
    ],
  });
});

it("refuses a record that cannot be drawn, by name", () => {
  expect(() => log({ ...run, tokens: [10] })).toThrow("tokens 应有 2 个数");
  expect(() => log({ ...run, val_loss: [5, "4"] })).toThrow("val_loss 应是一列数");
  expect(() => log({ ...run, val_bleu: [1, 2] })).toThrow("val_bleu");
});
