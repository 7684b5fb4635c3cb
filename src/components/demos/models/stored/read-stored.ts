import manifest from "../../../../../public/models/manifest.json";
import { CACHE_NAME } from "../../../../engine/files/file-store.ts";
import { parseManifest } from "../../../../engine/files/manifest.ts";
import { HASHED, keptPages, OTHER, PAGES } from "../../../../offline/kept.ts";
import { withBase } from "../../../../site.ts";
import { knownBytes, type StoredFile, type StoredModel, storedModels } from "./stored-models.ts";

/** What of the book lies in the reader's browser. */
export interface Stored {
  readonly models: readonly StoredModel[];
  /** How many pages open without a network, and what they and their scripts take. */
  readonly pages: number;
  readonly pageBytes: number;
  /** What the browser says of all that the site has stored, in bytes; undefined where it does not say. */
  readonly usage: number | undefined;
  readonly quota: number | undefined;
  /** Whether the browser has promised to delete nothing by itself; undefined where it does not say. */
  readonly persisted: boolean | undefined;
}

/** Looks at what is stored. @throws where the browser stores nothing: on plain HTTP, in some private windows */
export async function readStored(): Promise<Stored> {
  const base = new URL(withBase("/models/"), location.href).href;
  const list = parseManifest(manifest);
  const [files, pages, sizes, estimate, persisted] = await Promise.all([
    filesIn(CACHE_NAME, knownBytes(base, list)),
    keptPages(),
    Promise.all([PAGES, HASHED, OTHER].map((name) => filesIn(name))),
    navigator.storage?.estimate?.(),
    navigator.storage?.persisted?.(),
  ]);
  return {
    models: storedModels(files, base, list),
    pages: pages.length,
    pageBytes: sizes.flat().reduce((sum, { bytes }) => sum + bytes, 0),
    usage: estimate?.usage,
    quota: estimate?.quota,
    persisted,
  };
}

/** Deletes models. Whoever is computing with one has it in memory; who wants it next downloads it. */
export async function deleteModels(models: readonly StoredModel[]): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  await Promise.all(models.flatMap(({ addresses }) => addresses.map((address) => cache.delete(address))));
}

/** Deletes all pages, with what they need. */
export async function deletePages(): Promise<void> {
  await Promise.all([PAGES, HASHED, OTHER].map((name) => caches.delete(name)));
}

/** @param known sizes of files that need not be read for it */
async function filesIn(name: string, known: ReadonlyMap<string, number> = new Map()): Promise<StoredFile[]> {
  if (!(await caches.has(name))) return [];
  const cache = await caches.open(name);
  const requests = await cache.keys();
  return Promise.all(
    requests.map(async (request) => {
      const bytes = known.get(request.url) ?? (await (await cache.match(request))?.blob())?.size;
      // Deleted in the meantime, by another tab.
      return { address: request.url, bytes: bytes ?? 0 };
    }),
  );
}
