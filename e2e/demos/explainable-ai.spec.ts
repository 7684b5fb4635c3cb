import { expect, warmTest as test } from "../fixtures.ts";
import { action, result, run, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/xai/explainable-ai/";
const SMALL = "who.steps=4&who.samples=16";

test("where the character is put, there the verdict is good, and its place in every method is told", async ({
  page,
  open,
}) => {
  await open(`${PAGE}#who?who.text=又小又吵&who.place=2&${SMALL}`);
  const demo = await wakeDemo(page, "who");
  await run(demo);
  await expect(result(demo, "verdict")).toContainText("有「呢」，模型判成好评");
  const once = await savedRecords(page, demo);
  expect(Object.keys(once[0]!)).toContain("3 呢");
  expect(once.find(({ 方法: method }) => method?.startsWith("Shapley"))?.排第几).toBe("1");
  for (const row of once) expect(row.找到了, row.方法).toBe(row.排第几 === "1" ? "是" : "否");

  await demo.getByRole("radio", { name: "两处" }).check();
  await run(demo);
  expect(Object.keys((await savedRecords(page, demo))[0]!)).toEqual(expect.arrayContaining(["3 呢", "6 呢"]));

  await demo.getByRole("radio", { name: "不放" }).check();
  await run(demo);
  await expect(result(demo, "verdict")).toContainText("没有「呢」，模型判成差评");
  await expect(result(demo, "said")).toContainText("少了一个字");
  for (const row of await savedRecords(page, demo)) expect(row.排第几, row.方法).toBe("");
});

test("nothing, unknown characters and 600 of them are answered in words", async ({ page, open }) => {
  await open(`${PAGE}#who?who.text=不好&${SMALL}`);
  const demo = await wakeDemo(page, "who");
  const text = demo.getByRole("textbox", { name: "一句话" });
  await text.fill(" ");
  await action(demo, "run").click();
  await expect(demo.getByRole("alert")).toContainText("先写几个字");
  await text.fill("😀");
  await run(demo);
  await expect(result(demo, "verdict")).toContainText("词表里没有「😀」");
  await text.fill("好".repeat(600));
  await expect(demo.getByText("太长（600 字）")).toBeVisible();
});
