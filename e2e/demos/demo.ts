import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { csvParseRows } from "d3-dsv";
import { expect } from "../fixtures.ts";

/**
 * Scrolls to an element until its island is alive. To do it once is not enough: an island comes alive when the browser has seen it, and what still
 * grows above it, or another scrolling, may push it away before.
 */
export async function wake(element: Locator): Promise<Locator> {
  const asleep = element.page().locator("astro-island[ssr]").filter({ has: element });
  const scrolled = async (): Promise<number> => {
    await element.scrollIntoViewIfNeeded();
    return asleep.count();
  };
  await expect.poll(scrolled, { message: "islands that are still asleep", intervals: [20, 50, 100] }).toBe(0);
  return element;
}

/** The demo of that name, scrolled to and alive. */
export function wakeDemo(page: Page, name: string): Promise<Locator> {
  return wake(page.locator(`[data-demo="${name}"]`));
}

/**
 * The demo is at the end of a run that was made with what is set now: one that computes by itself is still `done` for a moment after a setting was
 * changed. Waited for in the page, which knows at once; an assertion looks twice a second.
 */
export async function expectDone(demo: Locator, timeout = 90_000): Promise<void> {
  await demo.evaluate(
    (frame, most) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (frame.matches('[data-state="done"]:not([data-stale])')) end();
        };
        const end = (): void => {
          changes.disconnect();
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(end, most);
        const changes = new MutationObserver(look);
        changes.observe(frame, { attributes: true });
        look();
      }),
    timeout,
  );
  await expect(demo).toHaveAttribute("data-state", "done", { timeout: 1000 });
  await expect(demo, "shown for other settings").not.toHaveAttribute("data-stale", { timeout: 1000 });
}

/** Runs a demo to its end. @param button the one that starts it */
export async function run(demo: Locator, button = "run"): Promise<void> {
  await action(demo, button).click();
  await expectDone(demo);
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
  return csvParseRows((await savedFile(page, demo, "save-csv")).replace("\uFEFF", ""));
}

/** The picture that a demo saves. */
export function savedPicture(page: Page, demo: Locator): Promise<string> {
  return savedFile(page, demo, "save-svg");
}

/** The file that a button of a demo saves, as a text. */
export async function savedFile(page: Page, demo: Locator, button: string): Promise<string> {
  const downloading = page.waitForEvent("download");
  await action(demo, button).click();
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
