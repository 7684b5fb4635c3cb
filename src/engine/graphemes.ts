let segmenter: Intl.Segmenter | undefined;

/** The characters of a text as its reader counts them: an emoji is one, although it may consist of many code points. */
export function graphemes(text: string): string[] {
  // Made on first use: browsers take some 8 ms to load the rules, and most pages never need them.
  // Old browsers have none: there it is its code points, so that a page comes up and its engine can say that the browser is old.
  if (!("Segmenter" in Intl)) return [...text];
  segmenter ??= new Intl.Segmenter("zh", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
