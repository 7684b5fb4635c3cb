import { chapters } from "../../src/book.ts";
import { expect, test } from "../fixtures.ts";

const written = chapters
  .filter(({ status }) => status === "ready")
  .flatMap((chapter) => [chapter, ...(chapter.sections ?? [])]);

/** What stands behind the field of the search, as far as it is asked here. */
interface Pagefind {
  search(words: string): Promise<{ readonly results: readonly { data(): Promise<{ readonly url: string }> }[] }>;
}

/** How many pages the reader is shown at first. */
const SHOWN = 5;

test("the search finds every chapter and section by its title, and leads there", async ({ page, open }) => {
  await open("/contents/");
  await page.getByRole("button", { name: "搜索" }).click();
  const dialog = page.getByRole("dialog");
  const last = written.at(-1)!;
  const found = dialog.locator(`a:is([href$="/${last.slug}/"], [href*="/${last.slug}/#"])`).first();
  await dialog.getByRole("textbox").fill(last.title);
  await expect(found).toBeVisible();

  // The others are asked for without the field, which waits for the next letter each time.
  const missed = await page.evaluate(
    async ([wanted, most]) => {
      const { search }: Pagefind = await import(new URL("/pagefind/pagefind.js", location.href).href);
      const missing: string[] = [];
      for (const { title, slug } of wanted) {
        const { results } = await search(title);
        const shown = await Promise.all(results.slice(0, most).map((result) => result.data()));
        if (!shown.some(({ url }) => url.includes(`/${slug}/`))) missing.push(title);
      }
      return missing;
    },
    [written.map(({ title, slug }) => ({ title, slug })), SHOWN] as const,
  );
  expect(missed).toEqual([]);

  await found.click();
  await expect(page).toHaveURL(new RegExp(`/${last.slug}/`));
});
