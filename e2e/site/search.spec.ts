import { chapters } from "../../src/book.ts";
import { expect, test } from "../fixtures.ts";

const written = chapters
  .filter(({ status }) => status === "ready")
  .flatMap((chapter) => [chapter, ...(chapter.sections ?? [])]);

test("the search finds every chapter and section by its title, and leads there", async ({ page, open }) => {
  await open("/contents/");
  await page.getByRole("button", { name: "搜索" }).click();
  const dialog = page.getByRole("dialog");
  const found = (slug: string) => dialog.locator(`a:is([href$="/${slug}/"], [href*="/${slug}/#"])`).first();
  for (const { title, slug } of written) {
    await dialog.getByRole("textbox").fill(title);
    await expect(found(slug), title).toBeVisible();
  }
  const last = written.at(-1)!;
  await found(last.slug).click();
  await expect(page).toHaveURL(new RegExp(`/${last.slug}/`));
});
