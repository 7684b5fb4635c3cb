import { expect, warmTest as test } from "../fixtures.ts";
import { action, expectDone, result, run, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/xai/attribution/";

test("the slope at the text does not know what stands for a hidden token; everything else does", async ({
  page,
  open,
}) => {
  await open(`${PAGE}#six?six.text=不好吃&six.steps=4`);
  const demo = await wakeDemo(page, "six");
  await run(demo);
  const masked = await savedRecords(page, demo);
  await demo.getByRole("radio", { name: "零向量" }).check();
  await run(demo);
  const zeroed = await savedRecords(page, demo);
  expect(masked.map(({ 方法: method }) => method)).toEqual(zeroed.map(({ 方法: method }) => method));
  for (const [row, own] of masked.entries()) {
    const same = own["1 不"] === zeroed[row]!["1 不"];
    expect(same, own.方法).toBe(own.方法 === "梯度×输入");
  }
});

test("a row that is looked at shows its curves beside those of the exact values", async ({ page, open }) => {
  await open(`${PAGE}#six?six.text=不好吃&six.steps=4&six.method=occlusion`);
  const demo = await wakeDemo(page, "six");
  await run(demo);
  await expect(result(demo, "curves")).toContainText(/从最要紧的字删起.*遮挡.*Shapley.值/);
  await result(demo, "maps").getByRole("listbox").press("ArrowDown");
  await result(demo, "maps").getByRole("listbox").press("ArrowDown");
  await expect(result(demo, "curves")).toContainText(/从最要紧的字删起.*梯度×输入.*Shapley.值/);
  await expect(result(demo, "right")).toContainText("KernelSHAP（1.00）");
});

test("integrated gradients can be cancelled; of thirteen tokens there is no truth, and the page says so", async ({
  page,
  open,
}) => {
  await open(`${PAGE}#six?six.text=菜很新鲜可是上得太慢等很久&six.steps=256&six.samples=16`);
  const demo = await wakeDemo(page, "six");
  await action(demo, "run").click();
  await expect(demo).toContainText("积分梯度：读到第");
  await action(demo, "cancel").click();
  await expect(demo).not.toHaveAttribute("data-state", "running");
  await open(`${PAGE}#six?six.text=菜很新鲜可是上得太慢等很久&six.steps=2&six.samples=40`);
  await action(demo, "run").click();
  await expectDone(demo);
  await expect(result(demo, "right")).toContainText("没有真值");
  expect(await savedRecords(page, demo)).toHaveLength(5);
});

test("nothing and unknown characters are answered in words", async ({ page, open }) => {
  await open(`${PAGE}#six?six.text=不好吃&six.steps=4`);
  const demo = await wakeDemo(page, "six");
  await demo.getByRole("textbox", { name: "一句话" }).fill("");
  await action(demo, "run").click();
  await expect(demo.getByRole("alert")).toContainText("先写几个字");
  await demo.getByRole("textbox", { name: "一句话" }).fill("😀好");
  await run(demo);
  await expect(result(demo, "verdict")).toContainText("词表里没有「😀」");
});
