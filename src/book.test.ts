import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { book, chapterHref, chapters, findChapter, findPage, movedFrom, neighbours, sections } from "./book.ts";

const docs = new URL("./content/docs/", import.meta.url);

/** The file of a page; a chapter that is cut into pages is a folder. */
function fileOf(slug: string): URL | undefined {
  return [`${slug}.mdx`, `${slug}/index.mdx`].map((path) => new URL(path, docs)).find((file) => existsSync(file));
}

describe("the table of contents", () => {
  it("gives every chapter an address of its own, in its part's folder", () => {
    expect(new Set(chapters.map((chapter) => chapter.slug)).size).toBe(chapters.length);
    for (const part of book)
      for (const chapter of part.chapters) expect(chapter.slug).toMatch(new RegExp(`^${part.slug}/`));
  });

  it("calls exactly those chapters ready, or drafts, that have a page", () => {
    const written = chapters.filter(({ slug }) => fileOf(slug) !== undefined);
    expect(chapters.filter((chapter) => chapter.status !== "coming")).toEqual(written);
  });

  it("lists every page that stands in a part's folder", () => {
    const pages = globSync("*/**/*.mdx", { cwd: docs.pathname }).map((file) => file.replace(/(\/index)?\.mdx$/, ""));
    expect(pages.length).toBeGreaterThan(10);
    for (const page of pages) expect(findPage(page), page).toBeDefined();
  });

  it("has every section in its chapter's folder and under its number, with a page of the same title", () => {
    expect(sections.length).toBeGreaterThan(0);
    for (const { slug, number, title } of sections) {
      const { chapter, section } = findPage(slug)!;
      expect(section?.slug).toBe(slug);
      expect(slug.startsWith(`${chapter.slug}/`), slug).toBe(true);
      expect(number.startsWith(`${chapter.number}.`), slug).toBe(true);
      expect(readFileSync(fileOf(slug)!, "utf8"), slug).toContain(`\ntitle: ${title}\n`);
    }
  });

  it("takes only pages of the book as known, and none that it has not", () => {
    const slugs = [...chapters, ...sections].flatMap(({ before = [] }) => before.flatMap(({ slug }) => slug ?? []));
    for (const slug of slugs) expect(findPage(slug)?.chapter.status, slug).toBe("ready");
  });

  it("says of every chapter that can be read what one does there", () => {
    const ready = chapters.filter(({ status }) => status === "ready");
    expect(ready.filter(({ does, before }) => !does || !before).map(({ slug }) => slug)).toEqual([]);
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
    const cut = ready.find((chapter) => chapter.sections !== undefined)!;
    expect(neighbours(cut.slug).next).toBe(cut.sections![0]);
    expect(neighbours(cut.sections!.at(-1)!.slug).next).toBe(ready[ready.indexOf(cut) + 1]);
    expect(neighbours("contents")).toEqual({ previous: undefined, next: undefined });
  });

  it("knows where what stood on a chapter's one page is now", () => {
    const moved = movedFrom(findChapter("gpt-bert/decoding")!.chapter);
    expect(moved).toMatchObject({
      "beam-tree": "gpt-bert/decoding/beam",
      "966-top-p-采样让候选的个数自己变": "gpt-bert/decoding/top-p",
    });
    expect(moved).not.toHaveProperty("step");
    // The input stands on the opening and on the pages behind it.
    const implemented = movedFrom(findChapter("gpt-bert/implement-bert")!.chapter);
    expect(implemented).toMatchObject({ 六块: "gpt-bert/implement-bert/model" });
    expect(implemented).not.toHaveProperty("bert");
    expect(movedFrom(findChapter("gpt-bert/llm-intro")!.chapter)).toEqual({});
  });
});
