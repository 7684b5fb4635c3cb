import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { rows } from "../contract/rows.ts";
import { opensDrawn } from "../contract/without-figure.ts";
import { expect, test } from "../fixtures.ts";
import { PHONE } from "../warm-pages.ts";
import { pages } from "./pages.ts";

/** Kilobytes of HTML, gzipped, that the figures of a page may add to it. */
const FIGURE_BUDGET = 30;

/** Where things stand in a frame that is as wide as a phone, in CSS pixels. */
interface Places {
  readonly demo: string;
  /** Top of the figure, from that of the frame. */
  readonly figure: number;
  /** Bottom of the row of buttons, from that of the window, while the figure is at its upper edge: below zero it is in sight. */
  readonly buttons: number;
}

const byPage = Map.groupBy(rows, ({ page }) => page);

// As the server has written it, on what most read it on.
test.use({ javaScriptEnabled: false, viewport: PHONE, hasTouch: true });

/** Of every frame of the page. */
function placesOn(page: Page): Promise<Places[]> {
  return page.locator("[data-demo]").evaluateAll((all) =>
    all.map((frame): Places => {
      const box = (selector: string): DOMRect => frame.querySelector(selector)!.getBoundingClientRect();
      const figure = box(".stage").top - frame.getBoundingClientRect().top;
      frame.querySelector(".stage")?.scrollIntoView({ block: "start", behavior: "instant" });
      const buttons = box(".controls > .vl-actions").bottom - innerHeight;
      return { demo: frame.getAttribute("data-demo")!, figure, buttons };
    }),
  );
}

for (const path of pages) {
  const own = byPage.get(path) ?? [];

  test(`${path}, without a script, on a phone: nothing can be pressed; figures are there, not heavy, and before the settings`, async ({
    page,
    open,
  }) => {
    await open(path);
    const live = page.locator("astro-island :is(button, input, textarea, select):enabled");
    expect(await live.evaluateAll((all) => all.map((one) => one.outerHTML))).toEqual([]);

    let bytes = 0;
    const drawn = own.filter(opensDrawn);
    for (const { demo: name, result } of drawn) {
      const demo = page.locator(`[data-demo="${name}"]`);
      await expect(demo.locator(`[data-result="${result}"]`).first()).toBeVisible();
      await expect(demo.getByText(/^(构建时算出|存下来的结果) · \d{4}-\d\d-\d\d/)).toBeVisible();
      bytes += gzipSync(await demo.locator(".stage").first().innerHTML()).byteLength;
    }
    expect(bytes / 1024, "kB of figures").toBeLessThanOrEqual(FIGURE_BUDGET);

    const places = await placesOn(page);
    expect(places, "frames").toHaveLength(own.length);
    for (const { demo, figure, buttons } of places) {
      expect.soft(figure, `${demo}: top of the figure`).toBeLessThanOrEqual(260);
      expect.soft(buttons, `${demo}: bottom of the buttons`).toBeLessThanOrEqual(0);
    }
  });
}
