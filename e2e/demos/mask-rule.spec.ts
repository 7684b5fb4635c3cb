import type { Locator, Page } from "@playwright/test";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, cancelWhen, cellOf, result, run, savedRecords, setNumber, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-bert/masked-lm/";
/** Of the 24 characters of the first sentence 15 % are 3.6. */
const CHOSEN = 4;

async function begin(page: Page): Promise<Locator> {
  const demo = await wakeDemo(page, "mask-rule");
  await run(demo);
  return demo;
}

const fates = (demo: Locator) => result(demo, "draw").locator("li").filter({ hasText: "原字第" });
const asked = (demo: Locator, name: string) => cellOf(result(demo, "scores"), name, "个数");

test("chooses 15 %, hides most of them, and keeps the score", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await expect(fates(demo)).toHaveCount(CHOSEN);
  await expect(asked(demo, "合计")).toHaveText(String(CHOSEN));
  // A software adapter takes its time over all sixty.
  const enough = cancelWhen(demo, '[role="status"]', "抽了 [2-9]1 次");
  await action(demo, "many").click();
  await enough;
  await expect(demo).toHaveAttribute("data-state", "idle");
  const total = Number(await asked(demo, "合计").textContent());
  expect(total % CHOSEN).toBe(0);
  expect(total).toBeGreaterThanOrEqual(21 * CHOSEN);
  const rows = await savedRecords(page, demo);
  const [masked, swapped, kept, all] = rows;
  expect(Number(masked?.个数) + Number(swapped?.个数) + Number(kept?.个数)).toBe(total);
  expect(Number(masked?.个数) / total).toBeGreaterThan(0.65);
  expect(Number(masked?.个数) / total).toBeLessThan(0.95);
  expect(Number(all?.前五个里有)).toBeGreaterThanOrEqual(Number(all?.第一个就对));
  // What was left as it is, the model has before its eyes.
  expect(Number(kept?.前五个里有)).toBeGreaterThan(Number(masked?.前五个里有));
});

test("the same seed chooses the same, another share more", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  const first = await result(demo, "draw").textContent();
  await run(demo);
  expect(await result(demo, "draw").textContent()).not.toBe(first);
  await demo.getByLabel("种子").fill("7");
  await demo.getByLabel("种子").press("Enter");
  await run(demo);
  // Another seed begins anew.
  await expect(asked(demo, "合计")).toHaveText(String(CHOSEN));
  await demo.getByLabel("种子").fill("42");
  await demo.getByLabel("种子").press("Enter");
  await run(demo);
  expect(await result(demo, "draw").textContent()).toBe(first);
  await setNumber(demo, "选中几成", 50);
  await run(demo);
  await expect(fates(demo)).toHaveCount(12);
});

test("draws from the sixty sentences in turn", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "mask-rule");
  await demo.getByRole("radio", { name: "六十句轮流" }).check();
  await run(demo);
  await expect(result(demo, "draw")).toContainText("猫");
  await run(demo);
  await expect(result(demo, "draw")).toContainText("京");
  await expect(demo.getByRole("status")).toContainText("抽了 2 次");
});

test("an empty sentence is refused with a sentence", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "mask-rule");
  await demo.getByLabel("一句话").fill("");
  await action(demo, "run").click();
  await expect(result(demo, "error")).toContainText("至少一个字");
  await demo.getByLabel("一句话").fill("好");
  await run(demo);
  await expect(fates(demo)).toHaveCount(1);
});

test("what the vocabulary lacks is never chosen, and is said", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "mask-rule");
  const field = demo.getByLabel("一句话");
  for (const nothing of ["👍🏽😀", "[MASK][MASK]"]) {
    await field.fill(nothing);
    await action(demo, "run").click();
    await expect(result(demo, "error")).toContainText("至少一个字是词表里有的");
  }
  // Of both tokens 80 % would be two.
  await setNumber(demo, "选中几成", 80);
  await field.fill("好👍🏽");
  await run(demo);
  await expect(fates(demo)).toHaveCount(1);
  await expect(result(demo, "unknown")).toContainText("词表里没有「👍🏽」");
  await field.fill("好".repeat(600));
  await run(demo);
  await expect(fates(demo)).toHaveCount(48);
  await expect(result(demo, "unknown")).toHaveCount(0);
});
