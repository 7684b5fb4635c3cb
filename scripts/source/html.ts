/** What a stretch of a text is shown as. Stretches do not overlap. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly open: string;
  readonly close: string;
}

/** A text as HTML, line by line: what goes on over several lines is closed and opened again between them. */
export function markedLines(text: string, marks: readonly Mark[]): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, open, close } of [...marks].sort((a, b) => a.start - b.start)) {
    parts.push(escapeHtml(text.slice(at, start)));
    parts.push(open, escapeHtml(text.slice(start, end)).replaceAll("\n", `${close}\n${open}`), close);
    at = end;
  }
  parts.push(escapeHtml(text.slice(at)));
  return parts.join("").replace(/\n$/, "").split("\n");
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

export function comment(start: number, end: number): Mark {
  return { start, end, open: "<i>", close: "</i>" };
}

export function link(start: number, end: number, href: string): Mark {
  return { start, end, open: `<a href="${escapeHtml(href)}">`, close: "</a>" };
}

/** A name that links lead to. */
export function named(start: number, end: number, id: string): Mark {
  return { start, end, open: `<b id="${escapeHtml(id)}">`, close: "</b>" };
}
