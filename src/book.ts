/**
 * The book's table of contents: the one place that knows which chapters there are, what each holds and whether it is written.
 * The sidebar, the contents page, the chapter heads and the links to the previous and next chapter are made from it.
 */

import { part as chatgptRlhf } from "./book/chatgpt-rlhf.ts";
import { part as gptBert } from "./book/gpt-bert.ts";
import { part as internals } from "./book/internals.ts";
import { part as introduction } from "./book/introduction.ts";
import type { Chapter, Part } from "./book/types.ts";
import { part as understanding } from "./book/understanding.ts";
import { part as xai } from "./book/xai.ts";

export type { Chapter, ChapterStatus, Part } from "./book/types.ts";

/** All parts, in reading order. */
export const book: readonly Part[] = [introduction, understanding, internals, gptBert, chatgptRlhf, xai];

/** All chapters, in reading order. */
export const chapters: readonly Chapter[] = book.flatMap((part) => part.chapters);

/** The chapter's number and title as one label: `9.6 用 GPT 生成文本`. */
export function chapterLabel(chapter: Chapter): string {
  return chapter.number === undefined ? chapter.title : `${chapter.number} ${chapter.title}`;
}

/** Where a link to the chapter leads, from the site's root: its page, or its entry on the contents page until it is ready. */
export function chapterHref(chapter: Chapter): string {
  return chapter.status === "ready" ? `/${chapter.slug}/` : `/contents/#${chapterAnchor(chapter)}`;
}

/** The id of the chapter's entry on the contents page. */
export function chapterAnchor(chapter: Chapter): string {
  return chapter.slug.replaceAll("/", "-");
}

/** The chapter at `slug` with its part, or `undefined` for pages that are no chapter. */
export function findChapter(slug: string): { part: Part; chapter: Chapter } | undefined {
  for (const part of book) {
    const chapter = part.chapters.find((candidate) => candidate.slug === slug);
    if (chapter) return { part, chapter };
  }
  return undefined;
}

/** The written chapters before and after `slug` in reading order. */
export function neighbours(slug: string): { previous: Chapter | undefined; next: Chapter | undefined } {
  const ready = chapters.filter((chapter) => chapter.status === "ready");
  const index = ready.findIndex((chapter) => chapter.slug === slug);
  return index < 0 ? { previous: undefined, next: undefined } : { previous: ready[index - 1], next: ready[index + 1] };
}
