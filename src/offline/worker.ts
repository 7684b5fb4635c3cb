/**
 * The service worker: answers for the site where there is no network. The build bundles it and has workbox-build write into it what it fetches
 * when it is installed (`scripts/offline`).
 */
import { changing, dropUnneeded, hashed, isFile, isHashed, keep, keptPages, type Later, page, plain } from "./kept.ts";
import type { Message, OpenPage } from "./messages.ts";
import { buildOfNeeds } from "./needs.ts";
import { offlinePage } from "./offline-page.ts";

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly { readonly url: string }[] };

const { scope } = self.registration;
/** What is fetched before anything is read. By its name it is this build's, and so is this worker. */
const first = self.__WB_MANIFEST.map(({ url }) => scope + url);
const build = first.map(buildOfNeeds).find((found) => found !== undefined);

self.addEventListener("install", (event) => event.waitUntil(install()));
// A page that was open before the first worker belongs to it as well.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = request.url;
  if (request.method !== "GET" || !address.startsWith(scope) || request.headers.has("range")) return;
  const later: Later = (work) => event.waitUntil(work.catch(() => {}));
  if (isHashed(scope, address)) event.respondWith(hashed(request, later));
  // Files of models are the engine's: it stores them itself.
  else if (/^models\/./.test(plain(address).slice(scope.length))) return;
  else if (request.mode === "navigate") event.respondWith(pageOrSentence(request));
  else if (isChanging(request)) event.respondWith(changing(request, later));
});

self.addEventListener("message", (event) => {
  const message: Message = event.data;
  if (message.kind === "build") event.ports[0]?.postMessage(build);
  else if (message.kind === "activate") void self.skipWaiting();
  else event.waitUntil(keepOpen(message.page));
});

/** @throws TypeError without a network: the browser tries again with the next page */
async function install(): Promise<void> {
  const writing: Promise<unknown>[] = [];
  for (const address of first) {
    const response = await hashed(new Request(address), (work) => writing.push(work));
    if (!isFile(response)) throw new TypeError(`HTTP ${response.status}: ${address}`);
  }
  await Promise.all(writing);
}

async function pageOrSentence(request: Request): Promise<Response> {
  const found = await page(request);
  if (found) return found;
  return new Response(offlinePage(await keptPages()), { headers: { "content-type": "text/html; charset=utf-8" } });
}

/** The search index, icons. */
function isChanging({ url, destination }: Request): boolean {
  return url.startsWith(`${scope}pagefind/`) || destination === "image";
}

async function keepOpen(opened: OpenPage): Promise<void> {
  try {
    await keep(scope, opened);
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    if (open.length < 2) await dropUnneeded(scope);
  } catch {
    // The network is gone, or the page is: the next one tries again.
  }
}
