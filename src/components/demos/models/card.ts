import { parseFrontmatter, unified } from "@astrojs/markdown-remark";
import remarkCjkFriendly from "remark-cjk-friendly";

/** The part of a hast node that matters here. */
interface HtmlNode {
  readonly type: string;
  readonly value?: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: HtmlNode[];
}

/** Ranks that the card's headings go down: its `##` stands below the page's heading of the card, an `h3`. */
const DEMOTION = 2;

/** A line that the card breaks within Chinese text: in HTML the break would be a blank. */
const BREAK_IN_CHINESE =
  /(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\n(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])/gu;

/** A model's card (Markdown with front matter) as HTML for its section of the page: without its title, which the section has. */
export async function renderCard(markdown: string, modelId: string): Promise<string> {
  const processor = unified({
    // Quotes and dashes are the card's own.
    smartypants: false,
    remarkPlugins: [remarkCjkFriendly],
    rehypePlugins: [() => fitIntoPage(modelId)],
  });
  const renderer = await processor.createRenderer({ syntaxHighlight: false });
  return (await renderer.render(parseFrontmatter(markdown).content)).code;
}

function fitIntoPage(modelId: string): (tree: HtmlNode) => void {
  let headings = 0;
  const adapt = (node: HtmlNode): HtmlNode => {
    if (node.value !== undefined && node.type === "text") {
      return { ...node, value: node.value.replaceAll(BREAK_IN_CHINESE, "") };
    }
    const children = node.children?.filter(({ tagName }) => tagName !== "h1").map(adapt);
    const fitted = children ? { ...node, children } : node;
    const rank = /^h([2-4])$/.exec(node.tagName ?? "")?.[1];
    if (rank !== undefined) {
      // Every card has a heading 「数据」: each needs an id that no other has.
      headings += 1;
      return { ...fitted, tagName: `h${Number(rank) + DEMOTION}`, properties: { id: `${modelId}-card-${headings}` } };
    }
    return node.tagName === "table" ? fitTable(fitted) : fitted;
  };
  return (tree) => {
    tree.children = adapt(tree).children ?? [];
  };
}

/** A table that scrolls inside the page, by keyboard, too, and has no empty cells that claim to be heads. */
function fitTable(table: HtmlNode): HtmlNode {
  const [head] = all(table, "thead");
  const cells = head ? all(head, "th") : [];
  const empty = cells.filter(({ children = [] }) => children.length === 0);
  for (const cell of empty) cell.tagName = "td";
  const filled = empty.length < cells.length;
  const children = filled ? table.children : table.children?.filter((part) => part !== head);
  return {
    type: "element",
    tagName: "div",
    properties: { className: ["wide"], tabIndex: 0, role: "group", ariaLabel: "表格" },
    children: [{ ...table, ...(children && { children }) }],
  };
}

function all(node: HtmlNode, tagName: string): HtmlNode[] {
  const here = node.tagName === tagName ? [node] : [];
  return [...here, ...(node.children ?? []).flatMap((child) => all(child, tagName))];
}
