import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../fixtures.ts";

/** An exercise of chapter 9.4 once it is alive. */
async function exercise(page: Page, name: string): Promise<Locator> {
  const form = page.locator(`[data-exercise="${name}"]`);
  await form.scrollIntoViewIfNeeded();
  await expect(page.locator("astro-island:not([ssr])").filter({ has: form })).toBeAttached();
  return form;
}

async function check(form: Locator, verdict: string | RegExp, says: string): Promise<void> {
  await form.getByRole("button", { name: "检查" }).click();
  const status = form.getByRole("status");
  await expect(status).toHaveAttribute("data-verdict", verdict);
  await expect(status).toContainText(says);
}

test.beforeEach(async ({ open }) => {
  await open("/gpt-bert/visual-bert/");
});

test("the two exercises on paper tell right from wrong from nonsense", { tag: "@page" }, async ({ page }) => {
  const chances = await exercise(page, "chances");
  await check(chances, "unusable", "两格都要写");
  await chances.getByLabel("变成 [MASK] 的").fill("30");
  await chances.getByLabel("要猜、可是没有动过的").fill("3");
  await check(chances, "wrong", "不是全都变成");
  await chances.getByLabel("变成 [MASK] 的").fill("24");
  await check(chances, "right", "选中 30 个");

  const gaps = await exercise(page, "two-gaps");
  await gaps.getByLabel("填成「北海」的概率").fill("0");
  await check(gaps, "wrong", "分开猜");
  await gaps.getByLabel("填成「北海」的概率").fill("25%");
  await check(gaps, "right", "25%");
  await expectAccessible(page, '[data-exercise="two-gaps"]');
});

test("two models judge the reader's sentence", async ({ page }) => {
  const form = await exercise(page, "both-sides");
  const field = form.getByLabel("你的句子，要猜的字放在方括号里");
  await field.fill("没有括号。");
  await check(form, "unusable", "方括号");
  await field.fill("她忘了带[龘]。");
  await check(form, "unusable", "词表里没有「龘」");
  await field.fill("她忘了带[伞]，全身都被雨淋湿了。");
  await check(form, /^(right|wrong)$/, "BERT 最先猜");
  await expect(form.getByRole("status")).toContainText(/「伞」排第 \d+.*GPT 最先猜/);
  // From the very left GPT sees nothing at all.
  await field.fill("[天]空很蓝。");
  await check(form, /^(right|wrong)$/, "GPT 最先猜");
  await expectAccessible(page, '[data-exercise="both-sides"]');
});
