import { createHash } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { Random } from "../random.ts";
import { downloadFile } from "./download.ts";

const random = new Random(12);
const file = Uint8Array.from({ length: 10_000 }, () => random.uint32());
const expected = { bytes: file.length, sha256: createHash("sha256").update(file).digest("hex") };

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Downloads from a server that has these bytes, and expects the file. */
async function download(body = file): Promise<void> {
  const fetch = async () => new Response(body);
  const bytes = await downloadFile(new URL("https://example.org/model.safetensors"), expected, { fetch });
  expect(Buffer.compare(new Uint8Array(bytes), file)).toBe(0);
}

test.each([
  ["is full", () => Promise.reject(new DOMException("full", "QuotaExceededError")), async () => undefined],
  ["cannot be read", async () => undefined, () => Promise.reject(new TypeError("damaged"))],
])("a Cache Storage that %s does not stop a download", async (_, put, match) => {
  vi.stubGlobal("caches", { open: async () => ({ put, match, keys: async () => [], delete: async () => false }) });
  await download();
});

test("a browser that forbids Cache Storage does not stop a download", async () => {
  vi.stubGlobal("caches", { open: () => Promise.reject(new DOMException("insecure", "SecurityError")) });
  await download();
});

test("without Web Crypto the file is checked all the same", async () => {
  vi.stubGlobal("crypto", {});
  await download();
  await expect(download(file.toReversed())).rejects.toMatchObject({ code: "hash-mismatch" });
});
