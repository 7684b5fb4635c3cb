/** A stretch of a text, from `start` up to `end`, that a pattern has matched or passed over. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly match: boolean;
}

/** What happens to what the pattern has matched. */
export const BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"] as const;
export type Behavior = (typeof BEHAVIORS)[number];

/** A piece of a text on its way to the model. */
export interface Piece {
  readonly text: string;
  /** Whether it begins where the text begins: `Metaspace` asks for it. */
  readonly first: boolean;
}

/** The matches of a global pattern in a text. No match is empty where another one has just ended, as in Rust. */
export function matchesOf(text: string, pattern: RegExp): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const { index: start, 0: match } of text.matchAll(pattern)) {
    const end = start + match.length;
    if (match.length > 0 || found.at(-1)?.end !== start) found.push({ start, end });
  }
  return found;
}

/**
 * The pieces of a text, none of them empty.
 * @param inverted the pattern matches what is to stay instead of what separates it
 */
export function splitPiece({ text, first }: Piece, pattern: RegExp, behavior: Behavior, inverted = false): Piece[] {
  const spans: Span[] = [];
  let reached = 0;
  for (const { start, end } of matchesOf(text, pattern)) {
    if (reached < start) spans.push({ start: reached, end: start, match: inverted });
    spans.push({ start, end, match: !inverted });
    reached = end;
  }
  if (reached < text.length) spans.push({ start: reached, end: text.length, match: inverted });
  return joined(spans, behavior)
    .filter(({ start, end }) => end > start)
    .map(({ start, end }) => ({ text: text.slice(start, end), first: first && start === 0 }));
}

function joined(spans: readonly Span[], behavior: Behavior): readonly Span[] {
  switch (behavior) {
    case "Isolated":
      return spans;
    case "Removed":
      return spans.filter(({ match }) => !match);
    case "MergedWithPrevious":
      return merged(spans, (span, before) => span.match && !before);
    case "Contiguous":
      return merged(spans, (span, before) => span.match === before);
    case "MergedWithNext":
      // The same, seen from the end.
      return merged(
        spans.toReversed().map(({ start, end, match }) => ({ start: -end, end: -start, match })),
        (span, before) => span.match && !before,
      )
        .toReversed()
        .map(({ start, end, match }) => ({ start: -end, end: -start, match }));
  }
}

/** Joins a span to the one before it where `joins` says so. */
function merged(spans: readonly Span[], joins: (span: Span, beforeMatched: boolean) => boolean): Span[] {
  const all: Span[] = [];
  let before = false;
  for (const span of spans) {
    const last = all.at(-1);
    if (last && joins(span, before)) all[all.length - 1] = { ...last, end: span.end };
    else all.push(span);
    before = span.match;
  }
  return all;
}
