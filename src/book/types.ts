/**
 * `ready`: the page exists. `coming`: its entry on the contents page says what it will hold. `draft`: so it does, and there is a page, too, with
 * demos that are finished; but nothing leads to it yet, no link, no search and no sitemap.
 */
export type ChapterStatus = "ready" | "draft" | "coming";

/** Something that a page takes as known: in words, and the page of the book that teaches it, where there is one. */
export interface Prerequisite {
  readonly what: string;
  /** A page's slug. */
  readonly slug?: string;
}

/** A live demo: its name, which is its id on the page, and its title. */
export interface Demo {
  readonly name: string;
  readonly title: string;
}

/** What the head of a page says of it, its minutes aside: those follow from its text. */
interface PageHead {
  /** The number printed before the title, e.g. `9.6` or `9.6.2`; chapters of the first parts and the last have none. */
  readonly number?: string;
  /** That of the page itself, in its frontmatter. */
  readonly title: string;
  /** Address below the site's root, without slashes at the ends, e.g. `gpt-bert/decoding` or `gpt-bert/decoding/greedy`. */
  readonly slug: string;
  readonly before?: readonly Prerequisite[];
}

/** A page of a chapter behind its opening. */
export interface Section extends PageHead {
  readonly number: string;
  /** The title where there is little room, without its number. */
  readonly short: string;
  /** What it lets one see or do, in a sentence. */
  readonly shows: string;
  readonly demos: readonly Demo[];
  /** Ids of headings that are here now, or were, and that addresses of the chapter's opening may still name. */
  readonly anchors: readonly string[];
}

/** A chapter: one page, or an opening and a page for each section. */
export interface Chapter extends PageHead {
  readonly topics: string;
  /** The live demos, one phrase each. */
  readonly demos: readonly string[];
  /** What one does there, in a sentence; of what can be read. */
  readonly does?: string;
  readonly status: ChapterStatus;
  /** In reading order; none as long as the chapter is one page. */
  readonly sections?: readonly Section[];
  /** The demos of the opening, where there are sections. */
  readonly openingDemos?: readonly Demo[];
}

/** A part of the book; its chapters share the folder `slug`. */
export interface Part {
  /** Chinese numeral: `四`. */
  readonly ordinal: string;
  readonly title: string;
  readonly slug: string;
  readonly chapters: readonly Chapter[];
}
