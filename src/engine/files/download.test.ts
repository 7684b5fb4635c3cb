import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Random } from "../random.ts";
import { type Answer, failsWith, staticServer, stopsAfter } from "../testing/answers.ts";
import { type DownloadOptions, downloadFile, type Progress } from "./download.ts";

const random = new Random(11);
const file = Uint8Array.from({ length: 300_000 }, () => random.uint32());
const half = file.length / 2;
const expected = { bytes: file.length, sha256: createHash("sha256").update(file).digest("hex") };

/** Answers the requests to come, one each; the last one answers all that follow. */
let answers: Answer[] = [];
/** The range that each request asked for. */
let requests: (string | undefined)[] = [];
let files = 0;
let url = new URL("http://localhost");

const server = createServer((request, response) => {
  requests.push(request.headers.range);
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  answer?.(response, request);
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  const { port } = server.address() as AddressInfo;
  // A file of its own for each test: what one keeps, no other finds.
  url = new URL(`http://127.0.0.1:${port}/${++files}/model.safetensors`);
  answers = [];
  requests = [];
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Promises the whole file, sends the first half and then nothing. */
const stopsAtHalf = (headers?: Record<string, string>): Answer => stopsAfter(file, half, headers);

/** Downloads and checks what holds for every progress: it only grows, and is never more than the whole. */
async function download(options: DownloadOptions = {}) {
  const progress: number[] = [];
  const onProgress = ({ loaded, total }: Progress): void => {
    expect(total).toBe(file.length);
    expect(loaded).toBeGreaterThan(progress.at(-1) ?? 0);
    expect(loaded).toBeLessThanOrEqual(total);
    progress.push(loaded);
    options.onProgress?.({ loaded, total });
  };
  const bytes = await downloadFile(url, expected, { ...options, onProgress });
  expect(Buffer.compare(new Uint8Array(bytes), file)).toBe(0);
  expect(progress.at(-1)).toBe(file.length);
  return progress;
}

/** Leaves the first half of the file behind: cancels when it is there. */
async function cancelAtHalf(answer = stopsAtHalf()): Promise<void> {
  answers = [answer];
  const controller = new AbortController();
  const onProgress = ({ loaded }: Progress) => loaded === half && controller.abort();
  await expect(download({ onProgress, signal: controller.signal })).rejects.toMatchObject({ code: "cancelled" });
  requests = [];
}

test("a whole file, with one request", async () => {
  answers = [staticServer(file)];
  await download();
  expect(requests).toEqual([undefined]);
});

test("a file that the server sends compressed, or from another address", async () => {
  answers = [(response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(file))];
  await download();
  answers = [(response) => response.writeHead(302, { Location: "/elsewhere" }).end(), staticServer(file)];
  await download();
});

test("a connection that breaks in the middle: the rest comes by range, of the same version", async () => {
  let socket: IncomingMessage["socket"] | undefined;
  const breaks: Answer = (response, request) => {
    socket = request.socket;
    stopsAtHalf()(response, request);
  };
  answers = [breaks, staticServer(file)];
  await download({ onProgress: ({ loaded }) => loaded === half && socket?.destroy() });
  expect(requests).toEqual([undefined, `bytes=${half}-`]);
});

test("a connection that always breaks is given up after a few times; a later call goes on from there", async () => {
  answers = [(response) => response.destroy()];
  await expect(download()).rejects.toMatchObject({ code: "network", detail: "model.safetensors" });
  expect(requests.length).toBe(4);
  await cancelAtHalf();
  answers = [(response) => response.destroy()];
  await expect(download()).rejects.toMatchObject({ code: "network" });
  requests = [];
  answers = [staticServer(file)];
  await download();
  expect(requests).toEqual([`bytes=${half}-`]);
});

test("a server that is not there", async () => {
  url.port = "1";
  await expect(download()).rejects.toMatchObject({ code: "network" });
});

test("a cancelled download ends at once and continues with the next call", async () => {
  await cancelAtHalf();
  answers = [staticServer(file)];
  const progress = await download();
  expect(progress[0]).toBeGreaterThan(half);
  expect(requests).toEqual([`bytes=${half}-`]);
});

test("a signal that was aborted before asks for nothing", async () => {
  await expect(download({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "cancelled" });
  expect(requests).toEqual([]);
});

test("a server without ranges sends the file again, from the start", async () => {
  await cancelAtHalf();
  answers = [staticServer(file, { ranges: false })];
  await download();
  expect(requests.length).toBe(1);
});

test("the rest of another version is not put behind the first half of this one", async () => {
  await cancelAtHalf(stopsAtHalf({ ETag: '"v0"' }));
  answers = [staticServer(file)];
  await download();
  expect(requests).toEqual([`bytes=${half}-`, undefined]);
});

test("without a strong ETag versions are told apart by date; without a date, by what comes of them", async () => {
  const [old, date] = ["Sat, 21 Nov 2026 20:00:00 GMT", "Sun, 22 Nov 2026 20:00:00 GMT"];
  const dated = (start: number, end: number, modified: string): Answer => {
    const range = `bytes ${start}-${file.length - 1}/${file.length}`;
    const headers = { ETag: 'W/"v1"', "Last-Modified": modified, "Content-Length": file.length - start };
    const status = start > 0 ? 206 : 200;
    return (response) => {
      response.writeHead(status, { ...headers, ...(start > 0 && { "Content-Range": range }) });
      response.write(file.subarray(start, end));
    };
  };
  await cancelAtHalf(dated(0, half, date));
  answers = [dated(half, file.length, date)];
  await download();
  expect(requests).toEqual([`bytes=${half}-`]);

  await cancelAtHalf(dated(0, half, old));
  answers = [dated(half, file.length, date), dated(0, file.length, date)];
  await download();
  expect(requests).toEqual([`bytes=${half}-`, undefined]);

  await cancelAtHalf(stopsAtHalf({}));
  answers = [staticServer(file)];
  await download();
  expect(requests).toEqual([`bytes=${half}-`]);
});

test("a range that the server refuses, or another one than was asked for: from the start", async () => {
  const otherRange: Answer = (response) => {
    response.writeHead(206, { "Content-Range": `bytes 0-9/${file.length}` }).end(file.subarray(0, 10));
  };
  for (const answer of [failsWith(416), otherRange]) {
    await cancelAtHalf();
    answers = [answer, staticServer(file)];
    await download();
    expect(requests).toEqual([`bytes=${half}-`, undefined]);
  }
});

test("a kept part that turns out to be of another file is thrown away", async () => {
  await cancelAtHalf((response) =>
    response.writeHead(200, { "Content-Length": file.length }).write(Buffer.alloc(half)),
  );
  answers = [staticServer(file)];
  await download();
  expect(requests).toEqual([`bytes=${half}-`, undefined]);
});

test("two calls at the same time each get the whole file", async () => {
  await cancelAtHalf();
  answers = [staticServer(file)];
  await Promise.all([download(), download()]);
  expect(requests.sort()).toEqual([`bytes=${half}-`, undefined]);
});

test.each([404, 410])("HTTP %i: not found, asked for once", async (status) => {
  answers = [failsWith(status)];
  await expect(download()).rejects.toMatchObject({ code: "not-found", detail: "model.safetensors" });
  expect(requests.length).toBe(1);
});

test("HTTP 500 is named, unless the server recovers", async () => {
  answers = [failsWith(500)];
  await expect(download()).rejects.toMatchObject({ code: "server-error", detail: "model.safetensors: HTTP 500" });
  expect(requests.length).toBe(4);
  answers = [failsWith(503), staticServer(file)];
  await download();
});

test.each([401, 403])("HTTP %i: forbidden, asked for once", async (status) => {
  answers = [failsWith(status)];
  await expect(download()).rejects.toMatchObject({ code: "forbidden", detail: `model.safetensors: HTTP ${status}` });
  expect(requests.length).toBe(1);
});

test("a page in the place of the file is told from a file", async () => {
  answers = [(response) => response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end("<html>")];
  await expect(download()).rejects.toMatchObject({ code: "web-page", detail: "model.safetensors" });
  expect(requests.length).toBe(1);
});

test("a file whose hash nobody knows is held against its size, and resumed like any other", async () => {
  const unknown = { bytes: file.length, sha256: null, etag: '"v1"' };
  const controller = new AbortController();
  answers = [stopsAtHalf()];
  const onProgress = ({ loaded }: Progress) => loaded === half && controller.abort();
  await expect(downloadFile(url, unknown, { onProgress, signal: controller.signal })).rejects.toMatchObject({
    code: "cancelled",
  });
  answers = [staticServer(file)];
  expect(Buffer.compare(new Uint8Array(await downloadFile(url, unknown)), file)).toBe(0);
  expect(requests).toEqual([undefined, `bytes=${half}-`]);
  answers = [staticServer(file.subarray(1))];
  await expect(downloadFile(url, unknown)).rejects.toMatchObject({ code: "truncated" });
  answers = [staticServer(new Uint8Array([...file, 0]))];
  await expect(downloadFile(url, unknown)).rejects.toMatchObject({ code: "hash-mismatch" });
});

test("without a network the reader is told so", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  url.port = "1";
  await expect(download()).rejects.toMatchObject({ code: "offline" });
});

test("a file that is too short on the server is truncated", async () => {
  answers = [staticServer(file.subarray(0, 1000))];
  await expect(download()).rejects.toMatchObject({ code: "truncated" });
  // No length announced: the end of the answer is the end of the file.
  answers = [(response) => void response.write(file.subarray(0, 1000), () => response.end())];
  await expect(download()).rejects.toMatchObject({ code: "truncated" });
  answers = [(response) => response.end()];
  await expect(download()).rejects.toMatchObject({ code: "truncated" });
});

test("an end before the announced length is a broken connection, also in a browser that hides it", async () => {
  const ends: typeof fetch = async () =>
    new Response(file.subarray(0, half), { headers: { "Content-Length": `${file.length}` } });
  await expect(download({ fetch: ends })).rejects.toMatchObject({ code: "network" });
});

test("altered bytes, or more of them, are not let through", async () => {
  const altered = file.slice();
  altered[half]! ^= 1;
  answers = [staticServer(altered)];
  await expect(download()).rejects.toMatchObject({ code: "hash-mismatch", detail: "model.safetensors" });
  answers = [staticServer(new Uint8Array([...file, 0]))];
  await expect(download()).rejects.toMatchObject({ code: "hash-mismatch" });
});

test("an old version out of a cache on the way is asked for anew, past the caches", async () => {
  answers = [staticServer(file.subarray(1)), staticServer(file)];
  await download();
  expect(requests.length).toBe(2);
});

test("a connection that falls silent counts as broken", async () => {
  vi.useFakeTimers();
  let calls = 0;
  const silentAtFirst: typeof fetch = async (_, init) => {
    if (++calls > 1) return new Response(file);
    const signal = init?.signal;
    return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
  };
  const result = download({ fetch: silentAtFirst });
  await vi.advanceTimersByTimeAsync(29_000);
  expect(calls).toBe(1);
  await vi.advanceTimersByTimeAsync(2000);
  await result;
  expect(calls).toBe(2);
});
