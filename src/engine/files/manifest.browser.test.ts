import { beforeEach, expect, test } from "vitest";
import { forgetFiles } from "./file-store.ts";
import { fetchManifest } from "./manifest.ts";

const base = new URL("/models/of-a-test/", location.origin);
const unreachable: typeof fetch = () => Promise.reject(new TypeError("Failed to fetch"));
const serving =
  (...ids: string[]): typeof fetch =>
  async () =>
    Response.json({ models: ids.map((id) => ({ ...entry, id })) });
const entry = {
  title: "小模型",
  architecture: "gpt2",
  purpose: "测试",
  license: "MIT",
  parameters: 1,
  context: 1,
  files: [],
};

beforeEach(forgetFiles);

test("without a network the last manifest that was seen serves; with one, always the newest", async () => {
  await expect(fetchManifest(base, { fetch: unreachable })).rejects.toMatchObject({ code: "network" });
  await fetchManifest(base, { fetch: serving("a") });
  await fetchManifest(base, { fetch: serving("a", "b") });
  const ids = async (fetch: typeof globalThis.fetch) =>
    (await fetchManifest(base, { fetch })).models.map(({ id }) => id);
  expect(await ids(unreachable)).toEqual(["a", "b"]);
  expect(await ids(serving("c"))).toEqual(["c"]);
});

test("what a server answers is not papered over with an old manifest", async () => {
  await fetchManifest(base, { fetch: serving("a") });
  const gone: typeof fetch = async () => new Response("", { status: 404 });
  await expect(fetchManifest(base, { fetch: gone })).rejects.toMatchObject({ code: "not-found" });
  const broken: typeof fetch = async () => new Response("{}");
  await expect(fetchManifest(base, { fetch: broken })).rejects.toMatchObject({ code: "bad-file" });
  const cancelled = fetchManifest(base, { fetch: unreachable, signal: AbortSignal.abort() });
  await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
});
