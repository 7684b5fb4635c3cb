/**
 * Where downloaded model files stay between visits: Cache Storage.
 *
 * It is a convenience. It is absent on plain http:// and in Node, refused in some private windows, and full at times; then a
 * file is downloaded once more, and nothing else changes. So its failures end in this file.
 */

/** Name of the cache. */
export const CACHE_NAME = "visible-llm-models";

/** The first bytes of a file whose download broke off. */
export interface PartialFile {
  /** As long as the whole file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  received: number;
  /** ETag or date of the version that the bytes are from. */
  validator: string | null;
}

const VALIDATOR_HEADER = "x-validator";

/** How long a file waits before it is stored. Storing a model is as much work for the browser as its first token, and that goes first. */
const PAUSE_MS = 1000;

/** A file that is stored soon. */
interface Write {
  /** Ends when it is there. It does not reject. */
  readonly done: Promise<unknown>;
  /** Ends the pause. */
  readonly start: () => void;
}

/** By address: the last of what is written there. */
const writes = new Map<string, Write>();

/** Parts kept in memory, by key: a retry finds them also where there is no Cache Storage. */
const partials = new Map<string, PartialFile>();

/**
 * The places of one version of one file. The keys hold the version, so versions never mix. Tabs may use one place at the same
 * time: an entry is replaced as a whole, and whoever reads one checks it.
 */
export class FileStore {
  readonly #address: string;
  readonly #key: string;
  readonly #partialKey: string;

  /** @param version what tells it from other versions: its hash, or what its server calls it */
  constructor(url: URL, version: string) {
    const key = new URL(url);
    this.#address = key.href;
    key.searchParams.set("version", version);
    this.#key = key.href;
    key.searchParams.set("partial", "");
    this.#partialKey = key.href;
  }

  /** What was stored, unchecked. */
  async read(): Promise<ArrayBuffer | undefined> {
    await this.#written();
    return attempt(async () => (await match(this.#key))?.arrayBuffer());
  }

  /**
   * Stores a verified file and drops everything else that was kept of it: parts and other versions. It returns at once: the file is for the
   * next visit, and this one need not wait for the disk.
   *
   * @param bytes must stay as they are: they are read later
   */
  write(bytes: Uint8Array<ArrayBuffer>): void {
    partials.delete(this.#partialKey);
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    setTimeout(start, PAUSE_MS);
    const done = Promise.all([this.#written(), started]).then(() =>
      withCache(async (cache) => {
        // First the old: the new one may need its room.
        for (const request of await cache.keys(this.#key, { ignoreSearch: true })) {
          if (request.url !== this.#key) await cache.delete(request);
        }
        await cache.put(this.#key, new Response(bytes));
      }),
    );
    writes.set(this.#address, { done, start });
  }

  /** Ends when all that was written there so far is there: whoever looks there waits for it, but not for the pause. */
  async #written(): Promise<void> {
    const last = writes.get(this.#address);
    last?.start();
    await last?.done;
  }

  /** Drops the file and its part. */
  async remove(): Promise<void> {
    partials.delete(this.#partialKey);
    await this.#written();
    await withCache((cache) => Promise.all([cache.delete(this.#key), cache.delete(this.#partialKey)]));
  }

  /**
   * The part that an earlier download left, now the caller's own: two downloads never write to the same memory.
   * @param size length of the whole file in bytes
   */
  async takePartial(size: number): Promise<PartialFile | undefined> {
    const inMemory = partials.get(this.#partialKey);
    partials.delete(this.#partialKey);
    return inMemory ?? attempt(async () => readPartial(await match(this.#partialKey), size));
  }

  async keepPartial(partial: PartialFile): Promise<void> {
    if (partial.received === 0) return;
    partials.set(this.#partialKey, partial);
    await this.#written();
    await withCache((cache) => {
      const headers = partial.validator === null ? {} : { [VALIDATOR_HEADER]: partial.validator };
      const part = new Response(partial.bytes.subarray(0, partial.received), { headers });
      return cache.put(this.#partialKey, part);
    });
  }
}

/** Forgets every file and every part, those that are just being stored included; not those of another worker. */
export async function forgetFiles(): Promise<void> {
  for (const { start } of writes.values()) start();
  await Promise.all(Array.from(writes.values(), ({ done }) => done));
  partials.clear();
  await attempt(() => caches.delete(CACHE_NAME));
}

async function readPartial(response: Response | undefined, size: number): Promise<PartialFile | undefined> {
  if (!response) return undefined;
  const part = new Uint8Array(await response.arrayBuffer());
  if (part.length > size) return undefined;
  const bytes = new Uint8Array(size);
  bytes.set(part);
  return { bytes, received: part.length, validator: response.headers.get(VALIDATOR_HEADER) };
}

/** Opens no cache, which would take a while, and make one where there is none. */
function match(key: string): Promise<Response | undefined> {
  return caches.match(key, { cacheName: CACHE_NAME });
}

function withCache<T>(use: (cache: Cache) => Promise<T>): Promise<T | undefined> {
  return attempt(async () => use(await caches.open(CACHE_NAME)));
}

async function attempt<T>(use: () => Promise<T>): Promise<T | undefined> {
  if (!("caches" in globalThis)) return undefined;
  try {
    return await use();
  } catch {
    return undefined;
  }
}
