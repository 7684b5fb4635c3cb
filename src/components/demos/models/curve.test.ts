import { expect, it } from "vitest";
import { describeLosses, describeShares, endLabels, pointsOf } from "./curve.ts";
import { parseTrainingLog } from "./training-log.ts";

const log = (columns: object) =>
  parseTrainingLog(
    { evaluations: { step: [1, 2, 3], tokens: [1e6, 2e6, 3e6], seconds: [1, 2, 3], ...columns } },
    "log",
  );

it("says where a loss began, ended and was lowest", () => {
  expect(describeLosses(log({ val_loss: [5, 3.9, 4] }), "个词元")).toBe(
    "读了 300\u00a0万个词元，验证损失从 5.000 降到 4.000，最低 3.900，在 200\u00a0万个词元处。单位是纳特，按每个词元平均。",
  );
  expect(describeLosses(log({ val_loss: [5, 4, 3], train_loss: [5, 4, 2] }), "条评论")).toBe(
    "读了 300\u00a0万个词元，验证损失从 5.000 降到 3.000；最后的训练损失 2.000。单位是纳特，按每条评论平均。",
  );
});

it("says so where there is next to nothing", () => {
  const once = parseTrainingLog({ evaluations: { step: [1], tokens: [2e6], seconds: [1], val_loss: [5] } }, "log");
  expect(describeLosses(once, "个词元")).toBe("只检查了一次：读到 200\u00a0万个词元时，验证损失 5.000。");
  expect(describeLosses(log({}), "个词元")).toBe("这次训练没有留下损失的记录。");
});

it("says what shares came to", () => {
  expect(describeShares(log({ form: [0.8, 0.9, 1], rhyme: [0.1, 0.2, 0.3] }))).toBe(
    "训练中的每次检查：格式正确的诗从 80.0% 到 100%，押韵的诗从 10.0% 到 30.0%。",
  );
});

it("puts every check over the tokens read", () => {
  const { losses, tokens } = log({ val_loss: [5, 4, 3] });
  expect(pointsOf(losses, tokens).at(-1)).toEqual({ name: "验证", tokens: 3e6, value: 3 });
});

it("names each line at its end, and moves names apart that would lie on each other", () => {
  const { losses, tokens } = log({ train_loss: [5, 4, 3], val_loss: [5, 4, 3.1] });
  const labels = (extent: number) => endLabels(losses, tokens, extent).map(({ name, value, dy }) => [name, value, dy]);
  expect(labels(0.5)).toEqual([
    ["验证", 3.1, 0],
    ["训练", 3, 0],
  ]);
  const [[, , up] = [], [, , down] = []] = labels(2);
  expect(up).toBeLessThan(0);
  expect(down).toBeGreaterThan(0);
});
