import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const DOCS = new URL("docs/", import.meta.url);

/** `- Devlin, J., Chang, M.-W. (2018). …` or `- OpenAI (2022). …`: who is named first, and when. */
const ENTRY = /^- (?<name>[^,(\n]+?)(?:,[^(\n]*| 等)? ?\((?<year>\d{4})\)/gmu;

/** A page's text, and the sources that it says are cited there: not those for further reading. */
function splitPage(page: string): { text: string; sources: string } {
  const source = readFileSync(new URL(page, DOCS), "utf8");
  const [text = "", rest = ""] = source.split(/^## 来源$/mu);
  return { text, sources: rest.split(/延伸阅读/u)[0]! };
}

const pages = globSync("**/*.mdx", { cwd: DOCS }).filter((page) => splitPage(page).sources !== "");

it("there are pages with sources", () => {
  expect(pages.length).toBeGreaterThan(5);
});

it.each(pages)("%s cites every source that it lists, by name and year", (page) => {
  const { text, sources } = splitPage(page);
  const entries = [...sources.matchAll(ENTRY)].map(({ groups }) => groups!);
  expect(entries.length).toBe(sources.match(/^- /gmu)?.length);
  const uncited = entries.filter(({ name, year }) => !new RegExp(`${name}[^。；\\n]{0,24}${year}`, "u").test(text));
  expect(uncited.map(({ name, year }) => `${name} ${year}`)).toEqual([]);
});
