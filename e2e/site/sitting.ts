import type { Page } from "@playwright/test";
import { chapters, sections } from "../../src/book.ts";
import { expect } from "../fixtures.ts";

/** What one reads in a sitting: characters of text, demos, screens of a desktop before anything has been run. */
const BUDGET = { characters: 3000, demos: 3, screens: 12 };
/** Characters of text, at most, before there is something to do. */
const BEFORE_DEMO = 600;
/** Lines that a listing may have without being folded. */
const LINES = 25;
/** The desktop on which it is measured. */
export const SCREEN = { width: 1280, height: 900 };

/** What one reads in a sitting each, drafts with sections too: a chapter that is one page, an opening, a section. */
const places = [
  ...chapters.filter(({ status, sections }) => status === "ready" || sections !== undefined),
  ...sections,
];
/** Their addresses. */
export const sittings: readonly string[] = places.map(({ slug }) => `/${slug}/`);

interface Measured {
  /** Of running text: without code, formulas, sources, demos with their stations, exercises and what the page brings from elsewhere. */
  readonly characters: number;
  readonly beforeDemo: number;
  readonly demos: readonly string[];
  /** Lines of the longest listing that is not folded. */
  readonly longestListing: number;
  readonly screens: number;
}

/** The page as a reader finds it. */
function measure(page: Page): Promise<Measured> {
  return page.evaluate((height) => {
    const content = document.querySelector(".sl-markdown-content")!;
    const apart =
      "[data-demo], [data-station], [data-exercise], .expressive-code, pre, .katex, .sources, section-map, script, style, .sl-anchor-link";
    const walker = document.createTreeWalker(content, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node instanceof Element && node.matches(apart) && !node.matches("[data-demo]")
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
    );
    let characters = 0;
    let beforeDemo = 0;
    const demos: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof HTMLElement && node.dataset.demo !== undefined) {
        if (demos.length === 0) beforeDemo = characters;
        demos.push(node.dataset.demo);
      } else if (node instanceof Text && !node.parentElement?.closest("[data-demo]")) {
        characters += [...node.data.replaceAll(/\s/g, "")].length;
      }
    }
    const listings = [...content.querySelectorAll("pre")].filter((pre) => !pre.closest("details"));
    return {
      ...{ characters, beforeDemo, demos },
      longestListing: Math.max(0, ...listings.map((pre) => pre.querySelectorAll(".ec-line").length)),
      screens: document.documentElement.scrollHeight / height,
    };
  }, SCREEN.height);
}

/** Holds a page that has just been opened, in a window of `SCREEN`, to what one reads in a sitting, if it is one of those. */
export async function expectSitting(page: Page, path: string): Promise<void> {
  const place = places.find(({ slug }) => path === `/${slug}/`);
  if (!place) return;
  const { characters, beforeDemo, demos, longestListing, screens } = await measure(page);
  expect.soft(characters, "characters").toBeLessThanOrEqual(BUDGET.characters);
  expect.soft(demos.length, "demos").toBeLessThanOrEqual(BUDGET.demos);
  expect.soft(screens, "screens").toBeLessThanOrEqual(BUDGET.screens);
  expect.soft(beforeDemo, "characters before the first demo").toBeLessThanOrEqual(BEFORE_DEMO);
  expect.soft(longestListing, "lines of a listing that is not folded").toBeLessThanOrEqual(LINES);

  const listed = "shows" in place ? place.demos : (place.openingDemos ?? []);
  expect.soft(demos, "the demos that the table of contents names").toEqual(listed.map(({ name }) => name));
  for (const { name, title } of listed) {
    await expect.soft(page.locator(`[id="${name}-title"]`)).toHaveText(title);
  }
  expect.soft(Number(await page.locator("[data-minutes]").textContent()), "minutes").toBeGreaterThan(0);
}
