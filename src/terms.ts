import { chapterHref, chapters, pageHref } from "./book.ts";
import markdown from "./content/TERMS.md?raw";

/** A term, or a symbol. */
export interface Entry {
  /** In Markdown: what it is called, the usual name first. */
  readonly names: readonly string[];
  /** Where a link to each of the names leads on the page of terms. */
  readonly ids: readonly string[];
  /** What a term is in English, or how a symbol is read; may be empty. */
  readonly gloss: string;
  /** What it is, in Markdown. */
  readonly text: string;
  /** What other books call it. */
  readonly also: string;
  /** Where it is taught: numbers of chapters and sections. */
  readonly taught: string;
}

/** Terms that belong together. */
export interface Group {
  readonly id: string;
  readonly title: string;
  /** Its entries are letters, not words. */
  readonly symbols: boolean;
  readonly entries: readonly Entry[];
}

/** The table of terms, as the page shows it and as links find it. */
export const groups: readonly Group[] = parseTerms(markdown);

/**
 * The groups of a Markdown file in which each is a heading of two marks with a table: of symbols (记号, 读法, 意思) or of terms (用, 英文, 解释, 别处也叫,
 * 讲在). Headings without a table are for authors.
 * @throws RangeError where a row has not as many cells as the head of its table
 */
export function parseTerms(source: string): Group[] {
  return source
    .split(/^## /m)
    .slice(1)
    .flatMap((section): Group[] => {
      const [title = "", ...lines] = section.split("\n");
      const [head, , ...rows] = lines.filter((line) => line.startsWith("|")).map(cellsOf);
      if (!head) return [];
      const symbols = head[0] === "记号";
      const entries = rows.map((row) => {
        if (row.length !== head.length) throw new RangeError(`${title}: ${row.length} cells in the row of ${row[0]}`);
        return entryOf(row, symbols);
      });
      return [{ id: `group-${idOf(title)}`, title, symbols, entries }];
    });
}

function cellsOf(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function entryOf(
  [names = "", gloss = "", text = "", also = "", taught = ""]: readonly string[],
  symbols: boolean,
): Entry {
  const list = names.split("，");
  const ids = symbols ? [`sym-${texId(list[0] ?? "")}`] : list.map(idOf);
  return { names: list, ids, gloss, text, also, taught };
}

function idOf(name: string): string {
  return name.replaceAll(/[\s：]+/g, "-");
}

/** `$\rho_t$` → `rho-t` */
function texId(formula: string): string {
  return formula.replaceAll(/[^A-Za-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
}

/**
 * Where each number of the book leads, from the site's root: to the (first) page of that number, or, where several sections share a page, to the heading
 * that begins with it.
 * @param textOf the MDX of the page at a slug
 */
export function addressesOf(textOf: (slug: string) => string | undefined): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  for (const chapter of chapters) {
    if (chapter.number === undefined) continue;
    const ready = chapter.status === "ready";
    const own = chapter.sections ?? [];
    addresses.set(chapter.number, chapterHref(chapter));
    for (const section of own.toReversed())
      addresses.set(section.number, ready ? pageHref(section) : chapterHref(chapter));
    for (const { slug } of [chapter, ...own]) {
      for (const [, heading = "", number = ""] of (textOf(slug) ?? "").matchAll(/^#{2,4} ((\d+(?:\.\d+)+) .+)$/gm)) {
        if (addresses.has(number)) continue;
        addresses.set(number, ready ? `/${slug}/#${headingId(heading)}` : chapterHref(chapter));
      }
    }
  }
  return addresses;
}

/** The id that a heading of Markdown gets. */
function headingId(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

/** The same Markdown with the numbers of the book as links. */
export function withAddresses(text: string, addresses: ReadonlyMap<string, string>): string {
  return text.replaceAll(/(?<![\d.])\d+(?:\.\d+)+(?![\d.%])/g, (number) => {
    const address = addresses.get(number);
    return address === undefined ? number : `[${number}](${address})`;
  });
}
