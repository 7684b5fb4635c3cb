import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { drafts as slugs } from "../../src/book.ts";
import { fileOf, pages } from "./pages.ts";

/** Every link of a built page that stays on the site, as an absolute address with its fragment. */
function internalLinks(path: string): URL[] {
  const origin = "http://site.invalid";
  return [...html(path).matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)]
    .map(([, href = ""]) => new URL(href.replaceAll("&amp;", "&"), origin + path))
    .filter((link) => link.origin === origin);
}

function html(path: string): string {
  return readFileSync(fileOf(path), "utf8");
}

function isDead(link: URL): boolean {
  const path = decodeURIComponent(link.pathname);
  if (!existsSync(fileOf(path))) return true;
  // What follows a "?" in the fragment is the state of a demo.
  const [id = ""] = decodeURIComponent(link.hash.slice(1)).split("?");
  return id !== "" && !html(path).includes(` id="${id}"`);
}

for (const path of pages) {
  test(`${path} has no dead link`, () => {
    expect(internalLinks(path).filter(isDead).map(String)).toEqual([]);
  });
}

test("every page can be reached from another, except for drafts, which only each other lead to", () => {
  const drafts = slugs.map((slug) => `/${slug}/`).sort();
  const reached = new Set(
    pages
      .filter((from) => !drafts.includes(from))
      .flatMap((from) =>
        internalLinks(from)
          .map((link) => decodeURIComponent(link.pathname))
          .filter((to) => to !== from),
      ),
  );
  expect(pages.filter((path) => !reached.has(path))).toEqual(drafts);
  expect(pages.filter((path) => /<meta name="robots" content="noindex"/.test(html(path)))).toEqual(drafts);
  expect(drafts.filter((path) => html(path).includes("data-pagefind-body"))).toEqual([]);
});
