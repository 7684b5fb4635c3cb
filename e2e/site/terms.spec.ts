import { readFileSync } from "node:fs";
import { chapters } from "../../src/book.ts";
import { expect, test } from "../fixtures.ts";
import { fileOf } from "./pages.ts";

const written = chapters
  .filter(({ status }) => status === "ready")
  .flatMap((chapter) => [chapter, ...(chapter.sections ?? [])]);

test("the head of every chapter and section says where its words are explained", () => {
  for (const { slug } of written) {
    const [, facts = ""] = /<p class="facts[^>]*>([\s\S]*?)<\/p>/.exec(readFileSync(fileOf(`/${slug}/`), "utf8")) ?? [];
    expect(facts, slug).toContain('href="/terms/"');
  }
});

test("a word of the text leads to its entry, and that to where it is taught", async ({ page, open }) => {
  await open("/gpt-bert/decoding/beam/");
  await page.locator("main").getByRole("link", { name: "束宽", exact: true }).click();
  await expect(page).toHaveURL(/\/terms\/#/);
  const entry = page.locator(".entry", { has: page.getByRole("heading", { name: "束宽" }) });
  await expect(entry.getByRole("heading")).toBeInViewport();
  await expect(entry).toContainText("beam width");
  await entry.getByRole("link", { name: "9.6.3" }).click();
  await expect(page).toHaveURL(/\/gpt-bert\/decoding\/beam\/$/);
});

test("the search finds an entry by its name", async ({ page, open }) => {
  await open("/contents/");
  await page.getByRole("button", { name: "搜索" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("束宽");
  await expect(dialog.locator('a[href*="/terms/#"]', { hasText: "束宽" })).toBeVisible();
});
