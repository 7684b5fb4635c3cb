/** Characters a minute: a textbook is read more slowly than a novel. Latin words and numbers count by their characters, too. */
const PACE = 300;

/**
 * What there is to read in a page's MDX, as one line: without imports, code, formulas, sources, tags and the addresses of links. What components
 * bring, demos and tables, is not read but looked at, and not counted.
 */
export function readableText(mdx: string): string {
  return mdx
    .replace(/^(---\n[\s\S]*?\n---\n)/, "")
    .replace(/^import .*$/gm, "")
    .replace(/```[\s\S]*?```/g, "")
    .replace(/<Sources>[\s\S]*?<\/Sources>/g, "")
    .replace(/\$\$[\s\S]*?\$\$|\$[^$\n]*\$/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/\]\([^)]*\)/g, "")
    .replace(/^\|?[\s|:-]+$/gm, "")
    .replace(/[#*`[\]|]|^\s*[-\d]+\.?\s/gm, "")
    .replace(/\s+/g, "");
}

/** Minutes that a page takes to read, its demos not counted; at least one. */
export function minutesOf(mdx: string): number {
  return Math.max(1, Math.round([...readableText(mdx)].length / PACE));
}
