import type { Locator, Page } from "@playwright/test";
import { action, cancelWhen, result, savedTable, wakeDemo } from "../demos/demo.ts";
import { expect } from "../fixtures.ts";
import type { Gesture, Row } from "./row.ts";

const START: NonNullable<Row["run"]> = [{ press: "run" }];

/** A row's demo on a page that shows it: what a reader does with it there. */
export class Visit {
  readonly page: Page;
  readonly row: Row;
  readonly demo: Locator;

  constructor(page: Page, row: Row) {
    this.page = page;
    this.row = row;
    this.demo = page.locator(this.selector);
  }

  /** Of the demo, on its page. */
  get selector(): string {
    return `[data-demo="${this.row.demo}"]`;
  }

  async wake(): Promise<void> {
    await wakeDemo(this.page, this.row.demo);
  }

  /** Wakes the demo, and does what has to be done before it can be run. */
  async prepare(): Promise<void> {
    await this.wake();
    for (const gesture of this.row.before ?? []) await this.do(gesture);
  }

  /** Runs the demo to its end. @param begin how the button is pressed that starts it */
  async run(begin: (button: Locator) => Promise<void> = (button) => button.click()): Promise<void> {
    const [first, ...others] = this.row.run ?? START;
    await begin(action(this.demo, first.press));
    if (first.until) await this.#shows(first.until);
    for (const gesture of others) await this.do(gesture);
    await this.done();
  }

  /** Runs the demo until its status says this, and cancels it then. */
  async runUntil(status: RegExp): Promise<void> {
    const [first] = this.row.run ?? START;
    const enough = cancelWhen(this.demo, '[role="status"]', status.source, this.row.cancel || "cancel");
    await action(this.demo, first.press).click();
    await enough;
    await expect(this.demo).toHaveAttribute("data-state", "idle");
  }

  /** The demo is at the end of a run. */
  async done(): Promise<void> {
    await expect(this.demo).toHaveAttribute("data-state", "done");
    await expect(result(this.demo, this.row.result).first()).toBeVisible();
  }

  /** What can be compared with another run: rows of cells, the head first, without what measures time. */
  async record(): Promise<string[][]> {
    const { record = "csv", result: name, clocks = [] } = this.row;
    if (record === "text") return [await result(this.demo, name).allInnerTexts()];
    const saver = record === "csv" ? this.demo : await this.#woken(record.of);
    const [head = [], ...rows] = await savedTable(this.page, saver);
    const kept = head.flatMap((column, i) => (clocks.includes(column) ? [] : [i]));
    return [head, ...rows].map((row) => kept.map((i) => row[i] ?? ""));
  }

  /** What the reader sees of controls and figure, with what is set, chosen and open: a line for each. */
  async looks(): Promise<string[]> {
    return this.demo.locator(".body").evaluate((body) => {
      const fields = [...body.querySelectorAll<HTMLInputElement>("input, select, textarea")];
      const set = fields.map(({ type, value, checked }) => (/radio|checkbox/.test(type) ? `${checked}` : value));
      const chosen = body.querySelectorAll('[aria-selected="true"], [aria-pressed="true"], details[open]');
      // A plot is drawn whenever it comes into view; it says in words what it shows.
      const still = body.cloneNode(true) as Element;
      for (const plot of still.querySelectorAll("figure svg")) plot.remove();
      const words = [still, ...chosen].flatMap((element) => element.textContent?.split(/\s+/) ?? []);
      return [...words.filter((word) => word !== ""), ...set];
    });
  }

  async do(gesture: Gesture): Promise<void> {
    if ("press" in gesture) {
      await action(gesture.of ? await this.#woken(gesture.of) : this.demo, gesture.press).press("Enter");
    } else if ("choose" in gesture) {
      await this.demo
        .getByLabel(gesture.choose, { exact: true })
        .or(this.demo.getByRole("radio", { name: gesture.choose, exact: true }))
        .nth(gesture.nth ?? 0)
        .check();
    } else if ("fill" in gesture) {
      await this.demo.getByLabel(gesture.fill).fill(gesture.with);
    } else if ("click" in gesture) {
      await this.demo.locator(gesture.click).first().click();
    } else if ("wake" in gesture) {
      await this.#woken(gesture.wake);
    } else {
      await this.page.keyboard.press(gesture.key);
    }
    if ("press" in gesture && gesture.until) await this.#shows(gesture.until);
  }

  /** Starts a run, and cancels it in the very moment in which it is where the row says: what is short is over before a test could look. */
  async cancelMidway(button: string): Promise<void> {
    const { midway } = this.row;
    const { of, says } = midway instanceof RegExp ? { of: '[role="status"]', says: midway } : (midway ?? {});
    const cancelled = this.demo.evaluate(
      (frame, [name, selector, pattern]) =>
        new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            const cancel = frame.querySelector<HTMLButtonElement>(`[data-action="${name}"]`);
            if (frame.dataset.state !== "running" || !cancel || cancel.disabled) return;
            if (selector && !new RegExp(pattern).test(frame.querySelector(selector)?.textContent ?? "")) return;
            observer.disconnect();
            cancel.click();
            resolve();
          });
          observer.observe(frame, { subtree: true, childList: true, attributes: true, characterData: true });
        }),
      [button, of, says?.source ?? ""] as const,
    );
    const [first] = this.row.run ?? START;
    await action(this.demo, first.press).click();
    await cancelled;
    await expect(this.demo).toHaveAttribute("data-state", "idle");
    // What had come stays.
    if (midway) await expect(action(this.demo, "save-svg")).toBeVisible();
  }

  /** One step of a run, and a pause behind it. */
  async step(): Promise<void> {
    await action(this.demo, "step").click();
    await expect(this.demo.getByRole("status")).toContainText(/暂停在|练了 1 步/);
    await expect(this.demo).toHaveAttribute("data-state", /idle|done/);
  }

  async #woken(selector: string): Promise<Locator> {
    const element = this.page.locator(selector);
    await element.scrollIntoViewIfNeeded();
    await expect(this.page.locator("astro-island[ssr]").filter({ has: element })).toHaveCount(0);
    return element;
  }

  /** Anywhere on the page: what is waited for may belong to another demo. */
  async #shows(selector: string): Promise<void> {
    await expect(this.page.locator(selector).first()).toBeVisible();
  }
}
