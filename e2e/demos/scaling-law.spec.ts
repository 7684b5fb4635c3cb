import { expect, warmTest as test } from "../fixtures.ts";
import { action, cellOf, run, wakeDemo } from "./demo.ts";
import { check, wakeExercise } from "./exercise.ts";

const PAGE = "/gpt-bert/gpt3/scaling-law/";
const TEXT = "今天下午，我和朋友去公园散步。湖边的柳树绿了，有人在放风筝。";

test("four models foresee what the fifth will lose, then it is measured, and a guess is judged by that", async ({
  page,
  open,
}) => {
  await open(`${PAGE}#scaling-law?scaling-law.largest=0&scaling-law.text=${TEXT}`);
  const demo = await wakeDemo(page, "scaling-law");
  await run(demo);
  await expect(demo.getByRole("status")).toContainText("四个小模型的直线说：scale-950k");
  await demo.getByText("每个点的数").click();
  await expect(cellOf(demo, "scale-950k", "你的文字的损失")).toHaveText("—");

  const form = await wakeExercise(page, "predict-largest");
  await form.getByLabel("最大的模型的损失").fill("1");
  await check(form, "unusable", "连最大的一个也量");
  await demo.getByLabel("连最大的一个也量").check();
  await run(demo);
  const measured = Number(await cellOf(demo, "scale-950k", "你的文字的损失").getAttribute("data-value"));
  expect(measured).toBeGreaterThan(1);
  await check(form, "wrong", "量出来是");
  await form.getByLabel("最大的模型的损失").fill(measured.toFixed(2));
  await check(form, "right", "四个小模型的直线说");
});

test("what no model can read is refused, and what some of it cannot is said", async ({ page, open }) => {
  await open(`${PAGE}#scaling-law?scaling-law.text=😀😀`);
  const demo = await wakeDemo(page, "scaling-law");
  await action(demo, "run").click();
  await expect(demo.getByRole("alert")).toContainText("这些字都不在词表里");
  await demo.getByLabel("你的文字").fill("你好😀");
  await run(demo);
  await expect(demo.getByRole("status")).toContainText("词表里没有「😀」");
});
