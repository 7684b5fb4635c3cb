import { beforeEach, expect, test } from "vitest";
import { downloadFile } from "./download.ts";
import { FileStore, forgetFiles } from "./file-store.ts";
import type { ManifestFile } from "./manifest.ts";
import { sha256Hex } from "./sha256.ts";

const url = new URL("/models/test/model.safetensors", location.origin);
const neighbour = new URL("config.json", url);
const file = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) >> 3);
const other = file.toReversed();

async function specOf(bytes: Uint8Array<ArrayBuffer>): Promise<Omit<ManifestFile, "path">> {
  return { bytes: bytes.length, sha256: await sha256Hex(bytes) };
}

/** A site that has this file, and a count of how often it was asked for it. */
function siteOf(bytes: Uint8Array<ArrayBuffer>) {
  const site = {
    requests: 0,
    fetch: async () => {
      site.requests++;
      return new Response(bytes);
    },
  };
  return site;
}

/** Everything that the browser keeps, whoever put it there. */
async function stored(): Promise<Map<string, Uint8Array>> {
  // A look at a place of the store waits for what is being written there.
  for (const address of [url, neighbour]) await new FileStore(address, "").read();
  const entries = new Map<string, Uint8Array>();
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      entries.set(request.url, new Uint8Array(await response!.arrayBuffer()));
    }
  }
  return entries;
}

beforeEach(forgetFiles);

test("a second visit needs no network, and its progress is complete at once", async () => {
  const spec = await specOf(file);
  const site = siteOf(file);
  await downloadFile(url, spec, { fetch: site.fetch });
  const progress: number[] = [];
  const bytes = await downloadFile(url, spec, {
    fetch: site.fetch,
    onProgress: ({ loaded }) => progress.push(loaded),
  });
  expect(new Uint8Array(bytes)).toEqual(file);
  expect(progress).toEqual([file.length]);
  expect(site.requests).toBe(1);
});

test("what is forgotten while it is being stored does not come back, nor does its part", async () => {
  const spec = await specOf(file);
  await downloadFile(url, spec, { fetch: siteOf(file).fetch });
  await new FileStore(neighbour, spec.sha256).keepPartial({ bytes: other, received: 10, validator: null });
  await forgetFiles();
  expect((await stored()).size).toBe(0);
  expect(await new FileStore(neighbour, spec.sha256).takePartial(other.length)).toBeUndefined();
});

test("a stored file that was damaged is dropped and downloaded again", async () => {
  const spec = await specOf(file);
  const store = new FileStore(url, spec.sha256);
  for (const damaged of [other, file.slice(1)]) {
    store.write(damaged);
    const site = siteOf(file);
    expect(new Uint8Array(await downloadFile(url, spec, { fetch: site.fetch }))).toEqual(file);
    expect(site.requests).toBe(1);
    expect([...(await stored()).values()]).toEqual([file]);
  }
});

test("a new version takes the place of the old one and of its parts, and of no other file", async () => {
  await downloadFile(neighbour, await specOf(other), { fetch: siteOf(other).fetch });
  await downloadFile(url, await specOf(file), { fetch: siteOf(file).fetch });
  await new FileStore(url, "0".repeat(64)).keepPartial({ bytes: file, received: 10, validator: null });
  expect((await stored()).size).toBe(3);

  const site = siteOf(other);
  expect(new Uint8Array(await downloadFile(url, await specOf(other), { fetch: site.fetch }))).toEqual(other);
  expect(site.requests).toBe(1);
  const { sha256 } = await specOf(other);
  expect([...(await stored()).keys()].sort()).toEqual([`${neighbour}?version=${sha256}`, `${url}?version=${sha256}`]);
});

test("nothing wrong and nothing half is ever stored as the file", async () => {
  const spec = await specOf(file);
  for (const wrong of [other, file.slice(1)]) {
    await expect(downloadFile(url, spec, { fetch: siteOf(wrong).fetch })).rejects.toThrow();
    expect((await stored()).size).toBe(0);
  }
});

test("the part that a broken download leaves is there at the next visit, and gone when the file is whole", async () => {
  const spec = await specOf(file);
  const controller = new AbortController();
  const half = file.subarray(0, 50_000);
  const stops = async () => {
    const body = new ReadableStream<Uint8Array>({
      start(stream) {
        stream.enqueue(half);
        controller.signal.addEventListener("abort", () => stream.error(new Error("aborted")));
      },
    });
    return new Response(body, { headers: { ETag: '"v1"' } });
  };
  const onProgress = (): void => controller.abort();
  await expect(downloadFile(url, spec, { fetch: stops, signal: controller.signal, onProgress })).rejects.toMatchObject({
    code: "cancelled",
  });
  // What the memory keeps does not outlive the visit.
  expect(await new FileStore(url, spec.sha256).takePartial(file.length)).toBeDefined();

  const asked: Headers[] = [];
  const rest: typeof fetch = async (_, init) => {
    asked.push(new Headers(init?.headers));
    const headers = { "Content-Range": `bytes ${half.length}-${file.length - 1}/${file.length}` };
    return new Response(file.subarray(half.length), { status: 206, headers });
  };
  expect(new Uint8Array(await downloadFile(url, spec, { fetch: rest }))).toEqual(file);
  expect(asked.map((headers) => headers.get("Range"))).toEqual([`bytes=${half.length}-`]);
  expect([...(await stored()).keys()]).toEqual([`${url}?version=${spec.sha256}`]);
});

test("downloads at the same time, as from two tabs, leave one whole file", async () => {
  const spec = await specOf(file);
  const { fetch } = siteOf(file);
  const results = await Promise.all([1, 2, 3].map(() => downloadFile(url, spec, { fetch })));
  expect(results.map((bytes) => new Uint8Array(bytes))).toEqual([file, file, file]);
  expect([...(await stored()).values()]).toEqual([file]);
});
