import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";

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
});
