import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { Engine } from "./engine.ts";
import { FileStore, forgetFiles } from "./files/file-store.ts";
import type { Oddity } from "./testing/hub.ts";
import { AGREED, sourceOf } from "./testing/hub-in-page.ts";
import { watchRequests } from "./testing/watch-requests.ts";

let engine: Engine;

beforeAll(async () => {
  engine = await Engine.create(new URL("/models/", location.href), "cpu", () => {});
});

beforeEach(forgetFiles);

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a hub on another origin", () => {
  test("is inspected, agreed to, loaded, and the next time taken from the cache", async () => {
    const source = sourceOf("sound");
    await expect(engine.load(source)).rejects.toMatchObject({ code: "consent-needed" });
    const report = await engine.inspect(source);
    expect(report).toMatchObject({ title: "tests/gpt2", architecture: "gpt2", parameters: 4216 });
    const model = await engine.load(source, { agreedBytes: report.bytes });
    const tree = await engine.tree(model.id);
    expect((await tree.append(null, [1, 2, 3])).logits.length).toBe(384);
    tree.dispose();
    await engine.unload(model.id);

    const other = await Engine.create(new URL("/models/", location.href), "cpu", () => {});
    const requests = watchRequests();
    await other.load(source, { agreedBytes: report.bytes });
    // Sizes and headers are asked for again, as the model may have changed; no file is.
    expect(requests.filter(({ range }) => range === null)).toEqual([]);
    // Parts of files do not get into the browser's HTTP cache, where they would be mixed with the whole.
    expect(new Set(requests.map(({ cache }) => cache))).toEqual(new Set(["no-store"]));
  });

  test.each<[Oddity, string]>([
    ["no-cors", "cors"],
    ["gone", "not-found"],
    ["error", "server-error"],
    ["login", "forbidden"],
    ["page", "web-page"],
    ["altered", "hash-mismatch"],
    ["short", "truncated"],
  ])("%s: %s", async (oddity, code) => {
    const source = sourceOf(oddity);
    await expect(engine.load(source, { agreedBytes: AGREED })).rejects.toMatchObject({ code });
    const weights = new URL("model.safetensors", source.url);
    // A look into the store waits for what is being written there.
    await new FileStore(weights, "").read();
    expect(await caches.match(weights, { ignoreSearch: true })).toBeUndefined();
  });

  test.each<Oddity>(["breaks", "no-ranges"])("%s: loaded all the same", async (oddity) => {
    const model = await engine.load(sourceOf(oddity, "bert"), { agreedBytes: AGREED });
    expect(model.report.architecture).toBe("bert");
    await engine.unload(model.id);
  });

  test("a server that fails in the middle of the weights is named; what came of them is kept, and the next load succeeds", async () => {
    const source = sourceOf("fails");
    await expect(engine.load(source, { agreedBytes: AGREED })).rejects.toMatchObject({ code: "server-error" });
    const requests = watchRequests();
    const model = await engine.load(source, { agreedBytes: AGREED });
    const downloads = requests.filter(
      ({ url, range }) => url.pathname.endsWith("safetensors") && !/\d$/.test(range ?? ""),
    );
    expect(downloads.map(({ range }) => range)).toEqual([expect.stringMatching(/^bytes=\d+-$/)]);
    await engine.unload(model.id);
  });

  test("a server that is not there is told from one that forbids", async () => {
    await expect(engine.inspect({ url: "http://127.0.0.1:9/a/" })).rejects.toMatchObject({ code: "network" });
  });
});
