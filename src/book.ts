/**
 * The book's table of contents: the one place that knows which chapters and sections there are, what each holds and whether it is written.
 * The sidebar, the contents page, the heads of pages, the maps of sections and the links to the previous and next page are made from it.
 */

import { part as chatgptRlhf } from "./book/chatgpt-rlhf.ts";
import { part as gptBert } from "./book/gpt-bert.ts";
import { part as internals } from "./book/internals.ts";
import { part as introduction } from "./book/introduction.ts";
import type { Chapter, Part, Section } from "./book/types.ts";
import { part as understanding } from "./book/understanding.ts";
import { part as xai } from "./book/xai.ts";

export type { Chapter, ChapterStatus, Demo, Part, Prerequisite, Section } from "./book/types.ts";

/** All parts, in reading order. */
export const book: readonly Part[] = [introduction, understanding, internals, gptBert, chatgptRlhf, xai];

/** All chapters, in reading order. */
export const chapters: readonly Chapter[] = book.flatMap((part) => part.chapters);

/** All sections that have a page of their own, in reading order. */
export const sections: readonly Section[] = chapters.flatMap((chapter) => chapter.sections ?? []);

/** Slugs of the pages that are there, and that nothing leads to: those of drafts. */
export const drafts: readonly string[] = chapters
  .filter(({ status }) => status === "draft")
  .flatMap(({ slug, sections = [] }) => [slug, ...sections.map((section) => section.slug)]);

/** What can be read, in reading order: each chapter's opening or only page, and its sections behind it. */
const readable: readonly (Chapter | Section)[] = chapters
  .filter(({ status }) => status === "ready")
  .flatMap((chapter) => [chapter, ...(chapter.sections ?? [])]);

/** Number and title as one label: `9.6 用 GPT 生成文本`; of a section its short title. */
export function pageLabel(page: Chapter | Section): string {
  const title = "short" in page ? page.short : page.title;
  return page.number === undefined ? title : `${page.number} ${title}`;
}

/** `pageLabel` of a chapter. */
export function chapterLabel(chapter: Chapter): string {
  return pageLabel(chapter);
}

/** Where a link to the chapter leads, from the site's root: its page, or its entry on the contents page until it is ready. */
export function chapterHref(chapter: Chapter): string {
  return chapter.status === "ready" ? `/${chapter.slug}/` : `/contents/#${chapterAnchor(chapter)}`;
}

/** Where a link to a page leads, from the site's root. */
export function pageHref(page: Chapter | Section): string {
  return "status" in page ? chapterHref(page) : `/${page.slug}/`;
}

/** The id of the chapter's entry on the contents page. */
export function chapterAnchor(chapter: Chapter): string {
  return chapter.slug.replaceAll("/", "-");
}

/** A page of the book with what it belongs to. */
export interface Place {
  readonly part: Part;
  readonly chapter: Chapter;
  /** The chapter's own page has none. */
  readonly section?: Section;
}

/** The chapter or section at `slug`, or `undefined` for pages that are neither. */
export function findPage(slug: string): Place | undefined {
  for (const part of book) {
    for (const chapter of part.chapters) {
      if (chapter.slug === slug) return { part, chapter };
      const section = chapter.sections?.find((candidate) => candidate.slug === slug);
      if (section) return { part, chapter, section };
    }
  }
  return undefined;
}

/** The chapter at `slug` with its part, or `undefined` for pages that are no chapter. */
export function findChapter(slug: string): Place | undefined {
  const found = findPage(slug);
  return found?.section ? undefined : found;
}

/** The written pages before and after `slug` in reading order. */
export function neighbours(slug: string): {
  previous: Chapter | Section | undefined;
  next: Chapter | Section | undefined;
} {
  const index = readable.findIndex((page) => page.slug === slug);
  return index < 0
    ? { previous: undefined, next: undefined }
    : { previous: readable[index - 1], next: readable[index + 1] };
}

/** Where what has moved from a chapter's opening is now: the section's slug, by the name of the demo or the id of the heading. */
export function movedFrom({ sections: own = [], openingDemos = [] }: Chapter): Readonly<Record<string, string>> {
  // A demo that stands on the opening, too, has not moved.
  const here = new Set(openingDemos.map(({ name }) => name));
  const entries = own.flatMap(({ slug, demos, anchors }) =>
    [...demos.map(({ name }) => name), ...anchors].filter((id) => !here.has(id)).map((id) => [id, slug] as const),
  );
  return Object.fromEntries(entries);
}
