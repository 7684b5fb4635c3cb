import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoOverflow, expectReadableIn, test, wakeIslands } from "../fixtures.ts";
import { PHONE } from "../warm-pages.ts";
import { pages } from "./pages.ts";
import { expectSitting, SCREEN } from "./sitting.ts";

/** Kilobytes of JavaScript, gzipped, that a page may load in all once the reader has scrolled through it. */
const SCRIPT_BUDGET = 250;

/** What stands around a page, and is not the same on a desktop and on a phone. */
const AROUND = { desktop: "header, nav.sidebar, starlight-toc", phone: "header, mobile-starlight-toc" };

test.use({ viewport: SCREEN });

/** CSS pixels that the settings beside a figure take, with the room between them. */
const SETTINGS = 260;

/** The figures of a page that leave room unused: text keeps to a measure, a figure has the whole column, less what its settings take beside it. */
function narrowFigures(page: Page): Promise<string[]> {
  return page.evaluate((settings) => {
    const column = document.querySelector(".sl-markdown-content")?.getBoundingClientRect();
    if (!column) return [];
    return [...document.querySelectorAll<HTMLElement>("[data-demo]")].flatMap((frame) => {
      const figure = frame.querySelector(".stage")?.getBoundingClientRect();
      // What is folded away has no width.
      if (!figure || figure.width === 0) return [];
      const left = figure.left - column.left;
      const right = column.right - figure.right;
      return left > settings || right > 1 ? [`${frame.id}: ${left} and ${right} px of ${column.width}`] : [];
    });
  }, SETTINGS);
}

for (const path of pages) {
  test(`${path} is read in a sitting, sound, small and accessible, on a desktop and on a phone, in light and dark`, async ({
    page,
    open,
    requests,
  }) => {
    const scripts: Promise<Buffer>[] = [];
    page.on("response", (response) => {
      // The data of first figures (`*.figure.….js`) is no script.
      if (/(?<!\.figure\.[\w-]+)\.js$/.test(new URL(response.url()).pathname)) scripts.push(response.body());
    });
    await page.emulateMedia({ colorScheme: "light" });
    await open(path);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    await expectSitting(page, path);
    await wakeIslands(page);

    await expectAccessible(page);
    await expectNoOverflow(page);
    expect.soft(await narrowFigures(page), "figures narrower than the column").toEqual([]);
    // All else is looked at in the dark on the phone, and in the light here.
    await expectReadableIn("dark", page, AROUND.desktop);

    // By now all has come that was asked for.
    const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).byteLength);
    const total = sizes.reduce((sum, size) => sum + size, 0) / 1024;
    expect.soft(total, "kB of JavaScript").toBeLessThanOrEqual(SCRIPT_BUDGET);
    // Beside the folders of the models there are their list, and the page about them.
    const models = requests.filter((url) => /\/models\/[^/]+\//.test(new URL(url).pathname));
    expect.soft(models, "files of models fetched before the reader has started a demo").toEqual([]);

    await page.setViewportSize(PHONE);
    await expectAccessible(page);
    await expectNoOverflow(page);
    await expectReadableIn("light", page, AROUND.phone);
  });
}
