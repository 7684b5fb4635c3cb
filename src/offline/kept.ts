/**
 * What lies in Cache Storage so that the book opens without a network: pages as they were read, the hashed files that they need, and what
 * has neither name nor version of its own (the search index, icons). Models have a store of their own (`engine/files/file-store.ts`).
 *
 * Versions never mix: a page says of which build it is, a hashed file is what its name says, and a file goes only when no page that is kept
 * has need of it. All of it is a convenience: where nothing can be stored, the network serves.
 */
import type { OpenPage } from "./messages.ts";
import { aheadOf, BUILD_META, buildOfNeeds, filesOf, type Needs, needsFile } from "./needs.ts";

export const PAGES = "visible-llm-pages";
export const HASHED = "visible-llm-hashed";
export const OTHER = "visible-llm-other";

/** What a page that is kept says of itself, in its headers: to be read without its text. */
const BUILD_HEADER = "x-vl-build";
const TITLE_HEADER = "x-vl-title";

/** Takes work that goes on when the answer has been given. */
export type Later = (work: Promise<unknown>) => void;

export interface KeptPage {
  readonly address: string;
  readonly title: string;
}

/** An address without what a static site answers nothing else to. */
export function plain(address: string): string {
  const url = new URL(address);
  return url.origin + url.pathname;
}

/** A file whose name holds its hash: from here, else from the network, and then here. */
export async function hashed(request: Request, later: Later): Promise<Response> {
  const address = plain(request.url);
  const found = await match(HASHED, address);
  if (found) return found;
  const response = await fetch(request);
  if (isFile(response)) later(store(HASHED, address, response.clone()));
  return response;
}

/** A file that changes from build to build: from the network, else from here. */
export async function changing(request: Request, later: Later): Promise<Response> {
  const address = plain(request.url);
  try {
    const response = await fetch(request);
    if (isFile(response)) later(store(OTHER, address, response.clone()));
    return response;
  } catch (error) {
    const found = await match(OTHER, address);
    if (found) return found;
    throw error;
  }
}

/**
 * A page: from the network, else as it was when it was read last; undefined without both. It goes to the reader as it comes; that it is kept is asked
 * for by the page (`keep`), when it has loaded.
 */
export async function page(request: Request): Promise<Response | undefined> {
  try {
    return await fetch(request);
  } catch {
    return match(PAGES, plain(request.url));
  }
}

/** The pages that are kept, in the order in which they came. */
export async function keptPages(): Promise<KeptPage[]> {
  const found = await responses(PAGES);
  return found.map(({ address, response }) => {
    return { address, title: decodeURIComponent(response.headers.get(TITLE_HEADER) ?? "") };
  });
}

/**
 * Fetches what a page that is open needs and is not here yet, the page itself included.
 * @param scope address of the root of the site
 */
export async function keep(scope: string, { address, build, loaded }: OpenPage): Promise<void> {
  const own = plain(address);
  let page = await match(PAGES, own);
  // Of one build there is one text.
  if (page?.headers.get(BUILD_HEADER) !== build) page = await storePage(own, await fetch(own));
  const needs = page && (await needsOf(scope, page.headers.get(BUILD_HEADER) ?? ""));
  if (!needs) return;
  const wanted = new Set(aheadOf(needs, own.slice(scope.length)).map((file) => scope + file));
  for (const other of loaded) if (isHashed(scope, other)) wanted.add(plain(other));
  const cache = await caches.open(HASHED);
  for (const { url } of await cache.keys()) wanted.delete(url);
  await Promise.all(
    Array.from(wanted, async (file) => {
      const fetched = await fetch(file, { priority: "low" });
      if (isFile(fetched)) await store(HASHED, file, fetched);
    }),
  );
}

/** Drops the files of earlier builds that no page here needs any more. No other page may be open: it might still ask for them. */
export async function dropUnneeded(scope: string): Promise<void> {
  const cache = await caches.open(HASHED);
  const stored = (await cache.keys()).map(({ url }) => url);
  if (stored.filter(buildOfNeeds).length < 2) return;
  const needed = new Set<string>();
  for (const { address, response } of await responses(PAGES)) {
    const build = response.headers.get(BUILD_HEADER) ?? "";
    needed.add(scope + needsFile(build));
    const needs = await needsOf(scope, build);
    // Of a build that is gone and was never kept: its pages open without their demos.
    if (!needs) continue;
    for (const file of filesOf(needs, address.slice(scope.length))) needed.add(scope + file);
  }
  await Promise.all(stored.filter((address) => !needed.has(address)).map((address) => cache.delete(address)));
}

/** Whether an address is that of a file with a hash in its name. */
export function isHashed(scope: string, address: string): boolean {
  return address.startsWith(`${scope}_astro/`);
}

/** What the pages of a build need; undefined where neither this browser nor the server has it any more. @throws TypeError without a network */
async function needsOf(scope: string, build: string): Promise<Needs | undefined> {
  const writing: Promise<unknown>[] = [];
  const response = await hashed(new Request(scope + needsFile(build)), (work) => writing.push(work));
  await Promise.all(writing);
  return isFile(response) ? response.json() : undefined;
}

/**
 * Keeps a page of the book.
 * @returns the page as it is kept; undefined for what is none, such as the form that a hotel shows before it lets anybody into its network
 */
async function storePage(address: string, response: Response): Promise<Response | undefined> {
  const html = await response.text();
  const [, build] = new RegExp(`<meta name="${BUILD_META}" content="([\\w-]+)"`).exec(html) ?? [];
  if (!response.ok || build === undefined) return undefined;
  const [, title = ""] = /<title>([^<]*)<\/title>/.exec(html) ?? [];
  const headers = new Headers(response.headers);
  headers.set(BUILD_HEADER, build);
  headers.set(TITLE_HEADER, encodeURIComponent(title));
  const kept = new Response(html, { headers });
  await store(PAGES, address, kept.clone());
  return kept;
}

async function responses(name: string): Promise<{ readonly address: string; readonly response: Response }[]> {
  if (!(await caches.has(name))) return [];
  const cache = await caches.open(name);
  const found = await Promise.all(
    (await cache.keys()).map(async (request) => ({ address: request.url, response: await cache.match(request) })),
  );
  return found.flatMap(({ address, response }) => (response ? [{ address, response }] : []));
}

/** Whether an answer is the file that was asked for, and not a page in its place. */
export function isFile({ ok, headers }: Response): boolean {
  return ok && !headers.get("content-type")?.startsWith("text/html");
}

/** Hosts say `Vary` of what does not vary here. */
function match(name: string, address: string): Promise<Response | undefined> {
  return caches.match(address, { cacheName: name, ignoreVary: true });
}

async function store(name: string, address: string, response: Response): Promise<void> {
  try {
    await (await caches.open(name)).put(address, response);
  } catch {
    // No room, or the connection broke: the next one who asks tries again.
  }
}
