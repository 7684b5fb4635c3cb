import { expect, warmTest as test } from "../fixtures.ts";
import { action, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-gpt/gpt-and-bert/";

test("a character that is changed changes nothing before it in the GPT, and everything in the BERT", async ({
  page,
  open,
}) => {
  await open(`${PAGE}#two-sides?two-sides.text=我爱猫和狗&two-sides.other=我爱猫和鸟`);
  const demo = await wakeDemo(page, "two-sides");
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "done");
  await expect(demo.getByRole("status")).toContainText("GPT 有 1 列变了，BERT 有 7 列变了");
  const rows = (await savedRecords(page, demo)).filter(({ 模型 }) => 模型 === "gpt-zh");
  expect(rows).toHaveLength(6 * 6);
  for (const row of rows) expect(row.看右边).toBe("0");
});

test("two sentences of unequal length are refused, in a sentence; the figure stays", async ({ page, open }) => {
  await open(`${PAGE}#two-sides?two-sides.other=我爱猫`);
  const demo = await wakeDemo(page, "two-sides");
  await action(demo, "run").click();
  await expect(demo.getByRole("alert")).toContainText("两句话要一样长");
});
