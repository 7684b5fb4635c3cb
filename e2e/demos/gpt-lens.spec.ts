import { expect, warmTest as test } from "../fixtures.ts";
import { action, result, savedRecords, wakeDemo } from "./demo.ts";

test("a column that is chosen says from which block on the guess stays what it is", async ({ page, open }) => {
  await open("/gpt-bert/visual-gpt/output/#lens?lens.text=我爱吃苹果。");
  const demo = await wakeDemo(page, "lens");
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "done");
  await demo.getByRole("button", { name: "苹", exact: true }).click();
  await expect(result(demo, "words")).toContainText("读到第 5 个词元「苹」，整个模型猜的是「果」");

  const guesses = (await savedRecords(page, demo)).filter(({ 位置 }) => 位置 === "5");
  expect(guesses).toHaveLength(7);
  const settled = guesses.findLastIndex(({ 猜的下一个字: guess }) => guess !== "果") + 1;
  expect(settled).toBeGreaterThan(0);
  await expect(result(demo, "words")).toContainText(`从第 ${settled} 块之后起`);
  for (const { 猜的下一个字: guess, 猜它的概率: own, 给它的概率: target } of guesses) {
    if (guess === "果") expect(target).toBe(own);
    else expect(Number(target)).toBeLessThanOrEqual(Number(own));
  }
});
