import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dropUnneeded, HASHED, hashed, keep, keptPages, OTHER, PAGES, page } from "./kept.ts";
import { BUILD_META, type Needs, needsFile } from "./needs.ts";

const SCOPE = `${location.origin}/book/`;

/** What the server has, below the root of the site; nothing while it cannot be reached. */
let served: Map<string, string> | undefined;
const asked: string[] = [];

beforeEach(async () => {
  served = new Map();
  asked.length = 0;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const path = new Request(input, init).url.slice(SCOPE.length);
    asked.push(path);
    const body = served?.get(path);
    if (!served) throw new TypeError("Failed to fetch");
    const type = body?.startsWith("<") ? "text/html" : "text/plain";
    return new Response(body ?? "", { status: body === undefined ? 404 : 200, headers: { "content-type": type } });
  });
  await forget();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await forget();
});

async function forget(): Promise<void> {
  for (const name of [PAGES, HASHED, OTHER]) await caches.delete(name);
}

/** Puts a build on the server: its pages with the files that they need, the first of which is a script, and the others are large. */
function serve(build: string, pages: Readonly<Record<string, readonly string[]>>): void {
  const scripts = Object.values(pages).map(([script = ""]) => script);
  const others = Object.values(pages).flatMap(([, ...rest]) => rest);
  const files = [...scripts, ...others];
  const needs: Needs = {
    files,
    ahead: scripts.length,
    pages: Object.fromEntries(
      Object.entries(pages).map(([path, needed]) => [path, needed.map((file) => files.indexOf(file))]),
    ),
  };
  served = new Map(files.map((file) => [`_astro/${file}`, file]));
  served.set(needsFile(build), JSON.stringify(needs));
  for (const path of Object.keys(pages)) {
    served.set(
      path,
      `<html><head><title>${path} of ${build}</title><meta name="${BUILD_META}" content="${build}"/></head>`,
    );
  }
}

/** Names of the hashed files that are kept. */
async function kept(): Promise<string[]> {
  const requests = await (await caches.open(HASHED)).keys();
  return requests.map(({ url }) => url.slice(`${SCOPE}_astro/`.length)).toSorted();
}

/** Somebody has a page open, of a build. */
function open(build: string, path: string, loaded: readonly string[] = []): Promise<void> {
  return keep(SCOPE, { address: SCOPE + path, build, loaded });
}

async function read(path: string): Promise<string | undefined> {
  return (await page(new Request(SCOPE + path)))?.text();
}

test("a page that was open is kept with what it needs and what it has loaded, and read without a network", async () => {
  serve("b1", { "a/": ["a.js", "large.wasm"] });
  served?.set("_astro/serif.woff2", "font");
  await open("b1", "a/?backend=cpu#top", [
    `${SCOPE}_astro/serif.woff2`,
    `${SCOPE}models/gpt/model.safetensors`,
    "https://example.org/_astro/b.js",
  ]);
  expect(await kept()).toEqual(["a.js", "needs.b1.json", "serif.woff2"]);

  served = undefined;
  expect(await read("a/?backend=webgpu")).toContain("a/ of b1");
  expect(await read("b/")).toBeUndefined();
  expect(await keptPages()).toEqual([{ address: `${SCOPE}a/`, title: "a/ of b1" }]);
});

test("with a network a page is the server's, and kept as it is now", async () => {
  serve("b1", { "a/": ["a.js"] });
  await open("b1", "a/");
  serve("b2", { "a/": ["a2.js"] });
  expect(await read("a/")).toContain("of b2");
  await open("b2", "a/");
  served = undefined;
  expect(await read("a/")).toContain("of b2");
});

test("what is no page of the book, and a page in the place of a script, is shown but not kept", async () => {
  const writing: Promise<unknown>[] = [];
  served?.set("a/", "<title>Room number?</title>").set("_astro/a.js", "<title>Room number?</title>");
  expect(await read("a/")).toContain("Room number");
  await open("b1", "a/");
  await hashed(new Request(`${SCOPE}_astro/a.js`), (work) => writing.push(work));
  await Promise.all(writing);
  expect(await keptPages()).toEqual([]);
  expect(await kept()).toEqual([]);
});

test("a hashed file is asked for once", async () => {
  serve("b1", { "a/": ["a.js"] });
  await open("b1", "a/");
  await open("b1", "a/");
  expect(await (await hashed(new Request(`${SCOPE}_astro/a.js`), () => {})).text()).toBe("a.js");
  expect(asked.toSorted()).toEqual(["_astro/a.js", needsFile("b1"), "a/"].toSorted());
});

test("of two builds stays what a kept page needs, also what was large and used", async () => {
  serve("b1", { "a/": ["a1.js", "large.wasm"], "b/": ["b1.js"] });
  await open("b1", "a/", [`${SCOPE}_astro/large.wasm`]);
  await open("b1", "b/");
  await dropUnneeded(SCOPE);
  expect(await kept()).toEqual(["a1.js", "b1.js", "large.wasm", "needs.b1.json"]);

  serve("b2", { "a/": ["a2.js"], "b/": ["b2.js"] });
  await open("b2", "b/");
  await dropUnneeded(SCOPE);
  expect(await kept()).toEqual(["a1.js", "b2.js", "large.wasm", "needs.b1.json", "needs.b2.json"]);

  await open("b2", "a/");
  await dropUnneeded(SCOPE);
  expect(await kept()).toEqual(["a2.js", "b2.js", "needs.b2.json"]);
});
