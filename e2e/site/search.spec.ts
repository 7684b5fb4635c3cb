import { chapters } from "../../src/book.ts";
import { expect, test } from "../fixtures.ts";

const written = chapters.filter(({ status }) => status === "ready");

for (const { title, slug } of written) {
  test(`the search finds 「${title}」`, async ({ page, open }) => {
    await open("/contents/");
    await page.getByRole("button", { name: "搜索" }).click();
    await page.getByRole("dialog").getByRole("textbox").fill(title);
    await page.getByRole("dialog").locator(`a[href*="/${slug}/"]`).first().click();
    await expect(page).toHaveURL(new RegExp(`/${slug}/`));
  });
}
