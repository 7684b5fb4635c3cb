import { getEntry } from "astro:content";
import { minutesOf } from "./book/reading-time.ts";
import type { Chapter } from "./book.ts";

/** Minutes that the page at `slug` takes to read, from its text. @throws RangeError where there is no such page */
export async function minutesOfPage(slug: string): Promise<number> {
  const entry = await getEntry("docs", slug);
  if (!entry) throw new RangeError(`no page ${slug}`);
  return minutesOf(entry.body ?? "");
}

/** Minutes that a chapter takes, all its pages together. */
export async function minutesOfChapter({ slug, sections = [] }: Chapter): Promise<number> {
  const minutes = await Promise.all([slug, ...sections.map((section) => section.slug)].map(minutesOfPage));
  return minutes.reduce((sum, own) => sum + own, 0);
}
