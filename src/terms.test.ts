import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import source from "./content/TERMS.md?raw";
import { addressesOf, groups, parseTerms, withAddresses } from "./terms.ts";

const root = new URL("./", import.meta.url);
const docs = new URL("content/docs/", root);

/** The file of a page; a chapter that is cut into pages is a folder. */
function fileOf(slug: string): URL | undefined {
  return [`${slug}.mdx`, `${slug}/index.mdx`].map((path) => new URL(path, docs)).find((file) => existsSync(file));
}

const addresses = addressesOf((slug) => {
  const file = fileOf(slug);
  return file && readFileSync(file, "utf8");
});
const entries = groups.flatMap((group) => group.entries);
const ids = entries.flatMap((entry) => entry.ids);
/** Every link to the page of terms in a text: what stands behind the `#`. */
const linksIn = (text: string): string[] =>
  [...text.matchAll(/\/terms\/#([^)"'\s`]+)/g)].map(([, id = ""]) => decodeURIComponent(id));

describe("the table of terms", () => {
  it("has symbols and terms in groups", () => {
    expect(groups.filter(({ symbols }) => symbols).length).toBeGreaterThan(1);
    expect(groups.filter(({ symbols }) => !symbols).length).toBeGreaterThan(5);
    expect(entries.length).toBeGreaterThan(150);
  });

  it("has no term twice", () => {
    const all = [...ids, ...groups.map(({ id }) => id)];
    expect(all.filter((id, i) => all.indexOf(id) !== i)).toEqual([]);
    expect(all.filter((id) => /[\s%"]/.test(id))).toEqual([]);
  });

  it("calls nothing by a name that it says is used elsewhere", () => {
    const elsewhere = entries.flatMap(({ also }) => also.split("、").filter((name) => name !== ""));
    expect(elsewhere.filter((name) => ids.includes(name))).toEqual([]);
  });

  it("explains every one in a sentence or a few", () => {
    for (const { names, text } of entries) {
      expect(text, names[0]).toMatch(/。）?$/);
      expect(text.length, names[0]).toBeLessThan(220);
    }
    const terms = groups.filter(({ symbols }) => !symbols).flatMap((group) => group.entries);
    expect(terms.filter(({ gloss }) => !/[A-Za-z]/.test(gloss)).map(({ names }) => names[0])).toEqual([]);
  });

  it("names only chapters and sections that there are", () => {
    const named = entries.flatMap(({ text, taught }) => [
      ...taught.split("、").filter((number) => number !== ""),
      ...[...text.matchAll(/(?<![\d.])(?:9|10)\.\d+(?:\.\d+)?(?!\d)/g)].map(([number]) => number),
    ]);
    expect(named.length).toBeGreaterThan(200);
    expect([...new Set(named)].filter((number) => !addresses.has(number))).toEqual([]);
  });

  it("leads only to pages that there are", () => {
    const pages = [...source.matchAll(/\]\(\/([\w/-]*?)\/?(?:#[^)]*)?\)/g)].map(([, slug = ""]) => slug);
    expect(pages.length).toBeGreaterThan(1);
    for (const slug of pages) expect(fileOf(slug), slug).toBeDefined();
  });

  it("refuses a row with a cell too few", () => {
    expect(() => parseTerms("## 组\n\n| 用 | 英文 |\n|---|---|\n| 词元 |\n")).toThrow(RangeError);
  });
});

describe("numbers of the book", () => {
  it("lead to the page of a section, or to its heading on the page that it shares", () => {
    expect(addresses.get("9.6")).toBe("/gpt-bert/decoding/");
    expect(addresses.get("9.6.3")).toBe("/gpt-bert/decoding/beam/");
    expect(addresses.get("10.2.2")).toMatch(/^\/chatgpt-rlhf\/rlhf\/(#1022-|[\w-]+\/$)/);
  });

  it("are links where they stand in a text, and other numbers are not", () => {
    expect(withAddresses("见 9.6.3，$e\\approx2.718$，9.99", addresses)).toBe(
      "见 [9.6.3](/gpt-bert/decoding/beam/)，$e\\approx2.718$，9.99",
    );
  });
});

describe("links to terms", () => {
  const files = globSync("{content/docs,components}/**/*.{mdx,svelte,astro}", { cwd: root.pathname });
  const links = files.flatMap((file) => linksIn(readFileSync(new URL(file, root), "utf8")).map((id) => ({ file, id })));

  it("lead to an entry that there is", () => {
    expect(links.length).toBeGreaterThan(50);
    expect(links.filter(({ id }) => !ids.includes(id))).toEqual([]);
  });

  it("stand once on a page, where a term comes first", () => {
    const twice = links.filter(
      ({ file, id }, i) => links.findIndex((other) => other.file === file && other.id === id) !== i,
    );
    expect(twice).toEqual([]);
  });
});
