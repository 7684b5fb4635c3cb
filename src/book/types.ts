/**
 * `ready`: the page exists. `coming`: its entry on the contents page says what it will hold. `draft`: so it does, and there is a page, too, with
 * demos that are finished; but nothing leads to it yet, no link, no search and no sitemap.
 */
export type ChapterStatus = "ready" | "draft" | "coming";

/** One page of the book. */
export interface Chapter {
  /** The number printed before the title, e.g. `9.6`; chapters of the first parts and the last have none. */
  readonly number?: string;
  readonly title: string;
  /** Address below the site's root, without slashes at the ends, e.g. `gpt-bert/decoding`. */
  readonly slug: string;
  readonly topics: string;
  /** The live demos, one phrase each. */
  readonly demos: readonly string[];
  readonly status: ChapterStatus;
}

/** A part of the book; its chapters share the folder `slug`. */
export interface Part {
  /** Chinese numeral: `四`. */
  readonly ordinal: string;
  readonly title: string;
  readonly slug: string;
  readonly chapters: readonly Chapter[];
}
