import { defineRouteMiddleware, type StarlightRouteData } from "@astrojs/starlight/route-data";
import { type Chapter, drafts, findPage, neighbours, pageHref, pageLabel, type Section } from "./book.ts";
import { shippedModels } from "./components/demos/models/about.ts";
import { withBase } from "./site.ts";
import { groups } from "./terms.ts";
import { demosIn, withDemos } from "./toc-demos.ts";

/** The sources of all demos, by their paths below `components/`. */
const sources = import.meta.glob<string>("./components/demos/**/*.svelte", {
  query: "?raw",
  import: "default",
  eager: true,
});

type PageLink = NonNullable<StarlightRouteData["pagination"]["next"]>;
type TocItem = NonNullable<StarlightRouteData["toc"]>["items"][number];

interface MadeHeadings {
  readonly headings: readonly { readonly slug: string; readonly text: string }[];
  /** How many headings of the page's own text stand behind them. */
  readonly fromEnd: number;
}

/** Pages whose sections are made from data: Starlight finds no heading of theirs in the page's text. */
const MADE: Readonly<Record<string, MadeHeadings>> = {
  models: {
    headings: shippedModels.map(({ id, entry }) => ({ slug: id, text: `${id} ${entry.title}` })),
    fromEnd: 1,
  },
  terms: { headings: groups.map(({ id, title }) => ({ slug: id, text: title })), fromEnd: 0 },
};

/** Turning the page leads from written page to written page; the sidebar's order would lead to unwritten ones, too. */
export const onRequest = defineRouteMiddleware((context) => {
  const route = context.locals.starlightRoute;
  const { previous, next } = neighbours(route.id);
  route.pagination = { prev: toLink(previous), next: toLink(next) };
  if (drafts.includes(route.id)) hide(route);
  mendAnchors(route.sidebar);
  foldChapters(route.sidebar, findPage(route.id)?.chapter.slug);
  if (route.toc) {
    const demos = demosIn(route.entry.body ?? "", (path) => sources[`./components/${path}`]);
    route.toc.items = withDemos(route.toc.items, demos);
  }
  const made = MADE[route.id];
  if (made && route.toc) route.toc.items = withHeadings(route.toc.items, made);
});

/** Nobody is to find a draft by searching, here or elsewhere. */
function hide(route: StarlightRouteData): void {
  route.entry.data.pagefind = false;
  route.head.push({ tag: "meta", attrs: { name: "robots", content: "noindex" } });
}

/** `headings` of rank two, in front of the place that is `fromEnd` headings before the end. */
function withHeadings(items: readonly TocItem[], { headings, fromEnd }: MadeHeadings): TocItem[] {
  const at = items.length - fromEnd;
  const made = headings.map(({ slug, text }) => ({ depth: 2, slug, text, children: [] }));
  return [...items.slice(0, at), ...made, ...items.slice(at)];
}

/** Starlight ends every link of the sidebar with a slash, also behind a `#`, where it would belong to the anchor's name. */
function mendAnchors(entries: StarlightRouteData["sidebar"]): void {
  for (const entry of entries) {
    if (entry.type === "group") mendAnchors(entry.entries);
    else entry.href = entry.href.replace(/(#.*)\/$/, "$1");
  }
}

/** Only the chapter that is open shows its sections. */
function foldChapters(entries: StarlightRouteData["sidebar"], open: string | undefined): void {
  for (const entry of entries) {
    if (entry.type !== "group") continue;
    entry.entries = entry.entries.filter((child) => {
      const chapter = child.type === "link" ? child.attrs["data-section-of"] : undefined;
      return chapter === undefined || chapter === open;
    });
    foldChapters(entry.entries, open);
  }
}

function toLink(page: Chapter | Section | undefined): PageLink | undefined {
  if (page === undefined) return undefined;
  return {
    type: "link",
    label: pageLabel(page),
    href: withBase(pageHref(page)),
    isCurrent: false,
    badge: undefined,
    attrs: {},
  };
}
