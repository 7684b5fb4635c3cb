import { expect, warmTest as test } from "../fixtures.ts";
import { action, result, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-gpt/attention/";

test("the answer walks from the character that differs to the last one", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "patch");
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "done");
  const rows = await savedRecords(page, demo);
  expect(rows).toHaveLength(7 * 11);
  const largest = (depth: string) =>
    rows.filter((row) => row.深度 === depth).toSorted((a, b) => Number(b.移动了几成) - Number(a.移动了几成))[0]!;
  expect(largest("嵌入")).toMatchObject({ 换进来的字: "苹", 原来的字: "面" });
  expect(largest("第\u00a06\u00a0块之后")).toMatchObject({ 位置: "11", 原来的字: "吃" });

  const grid = result(demo, "grid").getByRole("listbox");
  await grid.press("ArrowDown");
  await expect(result(demo, "cell")).toContainText(/第 5 个位置，「面」换成「苹」的/);
});

test("two sentences of unequal length are refused, in a sentence; the figure stays", async ({ page, open }) => {
  await open(`${PAGE}#patch?patch.into=他爱吃鱼。我也爱吃`);
  const demo = await wakeDemo(page, "patch");
  await action(demo, "run").click();
  await expect(demo.getByRole("alert")).toContainText("两句话要一样长");
  await expect(demo.getByRole("alert")).toContainText("一句 10 个字，一句 9 个");
});
