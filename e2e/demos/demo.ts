import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { csvParseRows } from "d3-dsv";
import { expect } from "../fixtures.ts";

/** The demo of that name, scrolled to and alive. */
export async function wakeDemo(page: Page, name: string): Promise<Locator> {
  const demo = page.locator(`[data-demo="${name}"]`);
  await demo.scrollIntoViewIfNeeded();
  await expect(page.locator("astro-island[ssr]").filter({ has: demo })).toHaveCount(0);
  return demo;
}

/** Waits until the weights of one model lie in the browser's storage: they are stored a moment after they were used. */
export async function expectStored(page: Page): Promise<void> {
  const count = () =>
    page.evaluate(async () => {
      const stored = await (await caches.open("visible-llm-models")).keys();
      return stored.filter(({ url }) => /model\.safetensors\?version=\w+$/.test(url)).length;
    });
  await expect.poll(count).toBe(1);
}

/** A button of a demo's frame, or of the demo itself. */
export function action(demo: Locator, name: string): Locator {
  return demo.locator(`[data-action="${name}"]`);
}

/** A text result of a demo. */
export function result(demo: Locator, name: string): Locator {
  return demo.locator(`[data-result="${name}"]`);
}

/** A cell of a table, by its row and the head of its column; `data-value` is its number in full. */
export function cellOf(table: Locator, row: string, column: string): Locator {
  return table.locator(`[data-row="${row}"] [data-label="${column}"]`);
}

/** Types the exact value of a slider; one that is folded away is unfolded first. */
export async function setNumber(demo: Locator, label: string, value: number): Promise<void> {
  const field = demo.getByLabel(`${label}：准确的值`);
  await field.evaluate((element) => element.closest("details")?.setAttribute("open", ""));
  await field.fill(String(value));
  await field.press("Enter");
}

/** The table that a demo saves, without its head. */
export async function savedRows(page: Page, demo: Locator): Promise<string[][]> {
  return (await savedTable(page, demo)).slice(1);
}

/** The same, each row by the names of its columns. */
export async function savedRecords(page: Page, demo: Locator): Promise<Readonly<Record<string, string>>[]> {
  const [columns = [], ...rows] = await savedTable(page, demo);
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i] ?? ""])));
}

/** The table that a demo saves, its head first. */
export async function savedTable(page: Page, demo: Locator): Promise<string[][]> {
  const downloading = page.waitForEvent("download");
  await action(demo, "save-csv").click();
  const file = await readFile(await (await downloading).path(), "utf8");
  return csvParseRows(file.replace("\uFEFF", ""));
}

/** The picture that a demo saves. */
export async function savedPicture(page: Page, demo: Locator): Promise<string> {
  const downloading = page.waitForEvent("download");
  await action(demo, "save-svg").click();
  return readFile(await (await downloading).path(), "utf8");
}

/** The address of a demo's present state, as its button copies it. */
export async function copiedLink(page: Page, demo: Locator): Promise<string> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await action(demo, "copy-link").click();
  await expect(demo.getByText("链接已复制。")).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Presses every button of that name that is there at this moment, if any. */
export async function pressIfThere(demo: Locator, name: string): Promise<void> {
  await action(demo, name).evaluateAll((buttons) => {
    for (const button of buttons) if (button instanceof HTMLElement) button.click();
  });
}

/**
 * Presses cancel in the very moment in which the text of an element matches: between two tokens there is less time than a test takes
 * to look. Resolves then; call it before the run starts.
 *
 * @param pattern source of a regular expression
 * @param button the one that ends a run
 */
export function cancelWhen(demo: Locator, selector: string, pattern: string, button = "cancel"): Promise<void> {
  return demo.evaluate(
    (frame, [watched, source, name]) =>
      new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!new RegExp(source).test(frame.querySelector(watched)?.textContent ?? "")) return;
          observer.disconnect();
          frame.querySelector<HTMLElement>(`[data-action="${name}"]`)?.click();
          resolve();
        });
        observer.observe(frame, { subtree: true, childList: true, characterData: true });
      }),
    [selector, pattern, button] as const,
  );
}
