/** The part of a hast node that matters here. */
interface HtmlNode {
  /** All that texts and comments have in common with elements. */
  readonly type?: string;
  readonly properties?: Record<string, unknown>;
  readonly children?: readonly HtmlNode[];
}

/**
 * Rehype plugin: puts the base path before addresses that are written from the site's root (`/contents/`), which Markdown leaves as
 * they are. Pages can then link to each other the same way wherever the site is deployed.
 */
export function rehypeBaseLinks(base: string): () => (tree: HtmlNode) => void {
  const prefix = base.replace(/\/$/, "");
  const rewrite = (node: HtmlNode): void => {
    for (const name of ["href", "src"]) {
      const address = node.properties?.[name];
      if (node.properties && typeof address === "string" && /^\/(?!\/)/.test(address)) {
        node.properties[name] = prefix + address;
      }
    }
    node.children?.forEach(rewrite);
  };
  return () => rewrite;
}
