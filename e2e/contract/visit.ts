import type { Locator, Page } from "@playwright/test";
import { action, cancelWhen, expectDone, result, savedTable, wake, wakeDemo } from "../demos/demo.ts";
import { expect } from "../fixtures.ts";
import { type Gesture, type Row, settingsOfOthers } from "./row.ts";

/** What elements say, in the page. A plot is drawn whenever it comes into view; it says in words what it shows. */
const wordsOf = (elements: readonly Element[]): string[] =>
  elements.map((element) => {
    const still = element.cloneNode(true) as Element;
    for (const plot of still.querySelectorAll("figure svg")) plot.remove();
    // Space that nobody sees is another one where the server wrote it.
    return still.textContent?.replace(/\s+/g, " ") ?? "";
  });

/** How often is looked whether something is so that is so in a moment: the usual second between two looks would be a good part of a row's time. */
const SOON = { intervals: [20, 50, 100] };

const START: NonNullable<Row["run"]> = [{ press: "run" }];

/** As the browser reports it; not among TypeScript's own types. */
interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

/** What a frame did while something was done. */
interface Watched {
  /** Sum of the layout shifts of all but the figure, as browsers measure them. */
  readonly shift: number;
  /** What a screen reader was given to say. */
  readonly said: readonly string[];
  /** Heights of the row of buttons. */
  readonly heights: readonly number[];
  readonly seconds: number;
}

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
    // A setting of another demo holds once that one is awake.
    for (const name of settingsOfOthers(this.row).demos) await wakeDemo(this.page, name);
    await this.wake();
    for (const gesture of this.row.before ?? []) await this.do(gesture);
  }

  /** What was set is computed, where the demo does so by itself a moment later; elsewhere it says that it is not. */
  async settled(): Promise<void> {
    const rests = (): Promise<boolean> =>
      this.demo.evaluate((frame) => {
        const [stale, busy] = [frame.hasAttribute("data-stale"), frame.getAttribute("aria-busy") === "true"];
        return frame.querySelector('[data-result="stale"]') !== null || !(stale || busy);
      });
    await expect.poll(rests, { ...SOON, message: "is at rest" }).toBe(true);
  }

  /** Whether what is set now has been computed without anybody pressing, as it is where the model is there and the work short. */
  async ranByItself(): Promise<boolean> {
    const { run, before } = this.row;
    // Runs of other buttons begin when they are pressed, and what was done before is a run as well.
    if (run || before) return false;
    await this.settled();
    return this.demo.evaluate((frame) => frame.matches('[data-state="done"][data-figure="live"]:not([data-stale])'));
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
    await expectDone(this.demo);
    await expect(result(this.demo, this.row.result).first()).toBeVisible();
  }

  /** As `run`, begun by Enter in a text field if it has one. */
  async runByEnter(): Promise<void> {
    const field = this.demo.locator(".controls input[type=text]:visible").first();
    if (this.row.run || (await field.count()) === 0) await this.run();
    else await this.run(() => field.press("Enter"));
  }

  /** Where things stand in a frame, in CSS pixels from its top. */
  async places(): Promise<{ readonly row: number; readonly figure: number }> {
    return this.demo.evaluate((frame) => {
      const { top } = frame.getBoundingClientRect();
      const [row, figure] = [frame.querySelector(".controls > .vl-actions"), frame.querySelector(".stage")];
      return {
        row: (row?.getBoundingClientRect().bottom ?? 0) - top,
        figure: (figure?.getBoundingClientRect().top ?? 0) - top,
      };
    });
  }

  /** Watches what the frame does while something is done. */
  async watched(act: () => Promise<void>): Promise<Watched> {
    const watching = await this.demo.evaluateHandle((frame) => {
      const row = frame.querySelector(".controls > .vl-actions");
      const said = frame.querySelector("[data-said]");
      const seen = { shift: 0, said: [] as string[], heights: [] as number[], start: performance.now() };
      const look = (): void => {
        const text = said?.textContent ?? "";
        if (seen.said.at(-1) !== text) seen.said.push(text);
        const height = Math.round(row?.getBoundingClientRect().height ?? 0);
        if (seen.heights.at(-1) !== height) seen.heights.push(height);
      };
      look();
      const changes = new MutationObserver(look);
      changes.observe(frame, { subtree: true, childList: true, characterData: true, attributes: true });
      const top = (): number => Math.round(frame.getBoundingClientRect().top + scrollY);
      let place = top();
      const shifts = new PerformanceObserver((list) => {
        // What moves the frame as a whole is something above it: another demo that is still drawing.
        const pushed = top() !== place;
        place = top();
        if (pushed) return;
        for (const { value, hadRecentInput, sources } of list.getEntries() as LayoutShift[]) {
          // What is drawn may move: bars that change places, a text that grows.
          const drawn = sources.every(({ node }) => node?.parentElement?.closest(".figure"));
          if (!hadRecentInput && !drawn) seen.shift += value;
        }
      });
      shifts.observe({ type: "layout-shift" });
      const end = () => {
        changes.disconnect();
        shifts.disconnect();
        return { ...seen, seconds: (performance.now() - seen.start) / 1000 };
      };
      return { end };
    });
    await act();
    const { shift, said, heights, seconds } = await watching.evaluate(({ end }) => end());
    return { shift, said: said.slice(1), heights, seconds };
  }

  /**
   * Changes a setting after a run. The demo either computes anew by itself, or says that what it shows is out of date.
   * @returns whether it has computed
   */
  async change(gesture: Gesture): Promise<boolean> {
    const watching = await this.demo.evaluateHandle((frame) => {
      const seen = { stale: false, noted: false, ran: false };
      const look = (): void => {
        seen.stale ||= frame.hasAttribute("data-stale");
        seen.noted ||= frame.querySelector('[data-result="stale"]') !== null;
        seen.ran ||= seen.stale && frame.getAttribute("aria-busy") === "true";
      };
      new MutationObserver(look).observe(frame, { subtree: true, childList: true, attributes: true });
      return seen;
    });
    await this.do(gesture);
    const isStale = () => watching.evaluate(({ stale }) => stale);
    await expect.poll(isStale, { ...SOON, message: "is out of date" }).toBe(true);
    const reacts = () => watching.evaluate(({ noted, ran }) => noted || ran);
    await expect.poll(reacts, { ...SOON, message: "says so, or runs" }).toBe(true);
    if (await watching.evaluate(({ noted }) => noted)) return false;
    await expect(this.demo).not.toHaveAttribute("data-stale");
    await this.done();
    return true;
  }

  /** What can be compared with another run: rows of cells, the head first, without what measures time. */
  async record(): Promise<string[][]> {
    const { record = "csv", result: name, clocks = [] } = this.row;
    if (record === "text") return [await result(this.demo, name).evaluateAll(wordsOf)];
    const saver = record === "csv" ? this.demo : await wake(this.page.locator(record.of));
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
      await action(gesture.of ? await wake(this.page.locator(gesture.of)) : this.demo, gesture.press).press("Enter");
    } else if ("choose" in gesture) {
      await this.demo
        .getByLabel(gesture.choose, { exact: true })
        .or(this.demo.getByRole("radio", { name: gesture.choose, exact: true }))
        .nth(gesture.nth ?? 0)
        .check();
    } else if ("fill" in gesture) {
      const field = this.demo.getByLabel(gesture.fill).and(this.page.locator("input, textarea"));
      await field.fill(gesture.with);
      await field.blur();
    } else if ("click" in gesture) {
      await this.demo.locator(gesture.click).first().click();
    } else if ("wake" in gesture) {
      await wake(this.page.locator(gesture.wake));
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
            if (frame.dataset.state !== "running" || !cancel || cancel.ariaDisabled === "true" || cancel.disabled)
              return;
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
    await expect(this.demo).toHaveAttribute("data-state", /paused|done/);
  }

  /** Anywhere on the page: what is waited for may belong to another demo. */
  async #shows(selector: string): Promise<void> {
    await expect(this.page.locator(selector).first()).toBeVisible();
  }
}
