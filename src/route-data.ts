import { defineRouteMiddleware, type StarlightRouteData } from "@astrojs/starlight/route-data";
import { type Chapter, drafts, findPage, neighbours, pageHref, pageLabel, type Section } from "./book.ts";
import { shippedModels } from "./components/demos/models/about.ts";
import { withBase } from "./site.ts";
import { demosIn, withDemos } from "./toc-demos.ts";

/** The sources of all demos, by their paths below `components/`. */
const sources = import.meta.glob<string>("./components/demos/**/*.svelte", {
  query: "?raw",
  import: "default",
  eager: true,
});

type PageLink = NonNullable<StarlightRouteData["pagination"]["next"]>;

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
  if (route.id === "models") addModels(route.toc);
});

/** Nobody is to find a draft by searching, here or elsewhere. */
function hide(route: StarlightRouteData): void {
  route.entry.data.pagefind = false;
  route.head.push({ tag: "meta", attrs: { name: "robots", content: "noindex" } });
}

/** The sections of the models are made from the manifest, so that Starlight does not find their headings in the page's text. */
function addModels(toc: StarlightRouteData["toc"]): void {
  if (!toc) return;
  const last = toc.items.slice(-1);
  const models = shippedModels.map(({ id, entry }) => ({
    depth: 2,
    slug: id,
    text: `${id} ${entry.title}`,
    children: [],
  }));
  toc.items = [...toc.items.slice(0, -1), ...models, ...last];
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
