/** The part of a hast node that matters here. */
interface HtmlNode {
  readonly type: string;
  readonly tagName?: string;
  readonly value?: string;
  children?: HtmlNode[];
  readonly properties?: Record<string, unknown>;
}

/** Rehype plugin: sets the number that a heading starts with (`9.6.2 贪心搜索`) apart, as `<span class="section-number">`. */
export function rehypeSectionNumbers(): (tree: HtmlNode) => void {
  const mark = (node: HtmlNode): void => {
    if (/^h[2-4]$/.test(node.tagName ?? "")) setNumberApart(node);
    else node.children?.forEach(mark);
  };
  return mark;
}

function setNumberApart(heading: HtmlNode): void {
  const [first, ...others] = heading.children ?? [];
  const [, number, rest] = /^(\d+(?:\.\d+)+)( .*)$/s.exec(first?.value ?? "") ?? [];
  if (number === undefined || rest === undefined) return;
  const text = (value: string): HtmlNode => ({ type: "text", value });
  const span = {
    type: "element",
    tagName: "span",
    properties: { className: ["section-number"] },
    children: [text(number)],
  };
  heading.children = [span, text(rest), ...others];
}
