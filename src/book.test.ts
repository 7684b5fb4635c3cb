import { existsSync, globSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { book, chapterHref, chapters, findChapter, neighbours } from "./book.ts";

const docs = new URL("./content/docs/", import.meta.url);

describe("the table of contents", () => {
  it("gives every chapter an address of its own, in its part's folder", () => {
    expect(new Set(chapters.map((chapter) => chapter.slug)).size).toBe(chapters.length);
    for (const part of book)
      for (const chapter of part.chapters) expect(chapter.slug).toMatch(new RegExp(`^${part.slug}/`));
  });

  it("calls exactly those chapters ready, or drafts, that have a page", () => {
    const written = chapters.filter(({ slug }) => existsSync(new URL(`${slug}.mdx`, docs)));
    expect(chapters.filter((chapter) => chapter.status !== "coming")).toEqual(written);
  });

  it("lists every page that stands in a part's folder", () => {
    const pages = globSync("*/*.mdx", { cwd: docs.pathname }).map((file) => file.replace(/\.mdx$/, ""));
    for (const page of pages) expect(findChapter(page), page).toBeDefined();
  });

  it("leads to the page when there is one, to the contents page otherwise", () => {
    const [ready, coming] = [findChapter("gpt-bert/decoding"), findChapter("gpt-bert/visual-gpt")];
    expect(chapterHref(ready!.chapter)).toBe("/gpt-bert/decoding/");
    for (const status of ["coming", "draft"] as const)
      expect(chapterHref({ ...coming!.chapter, status })).toBe("/contents/#gpt-bert-visual-gpt");
  });

  it("skips unwritten chapters between neighbours", () => {
    const ready = chapters.filter((chapter) => chapter.status === "ready");
    expect(neighbours(ready[0]!.slug).previous).toBeUndefined();
    expect(neighbours(ready[0]!.slug).next).toBe(ready[1]);
    expect(neighbours("contents")).toEqual({ previous: undefined, next: undefined });
  });
});
