import type { StarlightRouteData } from "@astrojs/starlight/route-data";

type TocItem = NonNullable<StarlightRouteData["toc"]>["items"][number];

/** A demo that stands in a page's text. */
interface Placed {
  /** `data-demo` */
  readonly name: string;
  /** How many headings stand before it. */
  readonly after: number;
}

/** Headings of two and three marks, islands, and the fences of code, in which neither means anything. */
const PARTS = /^(?<fence>```)|^#{2,3} |<(?<island>[A-Z]\w*)[^>]*\bclient:visible/gm;

/** A demo is called what its settings are, or, where it has none, what its frame says. */
const NAMED = /(?:\b(?:hashState|DrawnDemo)\(\s*|<DemoFrame\b[^<]*?\sname=)"([\w-]+)"/;

/**
 * The demos in the text of a page, in their order.
 * @param body MDX
 * @param sourceOf the source of an imported component, by its path below `components/`
 */
export function demosIn(body: string, sourceOf: (path: string) => string | undefined): Placed[] {
  const imports = new Map(
    [...body.matchAll(/^import (\w+) from "(?:\.\.\/)+components\/([^"]+)";$/gm)].map(([, name, path]) => [name, path]),
  );
  const placed: Placed[] = [];
  let [after, inFence] = [0, false];
  for (const { groups = {} } of body.matchAll(PARTS)) {
    if (groups.fence) inFence = !inFence;
    else if (inFence) continue;
    else if (!groups.island) after++;
    else {
      const source = sourceOf(imports.get(groups.island) ?? "") ?? "";
      const [, name] = NAMED.exec(source) ?? [];
      if (name) placed.push({ name, after });
    }
  }
  return placed;
}

/**
 * A table of contents with the demos in it, each below the heading that it follows; what they are called stands there once the page is (`named`).
 * @param items the page's own title first
 */
export function withDemos(items: readonly TocItem[], demos: readonly Placed[]): TocItem[] {
  // The title is the first heading of all.
  let number = -1;
  const add = (item: TocItem): TocItem => {
    number++;
    const own = demos.filter(({ after }) => after === number);
    const entries = own.map(({ name }) => ({
      depth: item.depth + 1,
      slug: `${name}-title`,
      text: `{{title of ${name}}}`,
      children: [],
    }));
    return { ...item, children: [...entries, ...item.children.map(add)] };
  };
  return items.map(add);
}

/** The HTML of a page with the titles of its demos in the table of contents: a title may be computed. */
export function named(html: string): string {
  return html.replaceAll(/\{\{title of ([\w-]+)\}\}/g, (_, name: string) => {
    const [, title = ""] = new RegExp(`id="${name}-title"[^>]*>([\\s\\S]*?)</h`).exec(html) ?? [];
    return `演示：${title.replaceAll(/<[^>]*>/g, "")}`;
  });
}
