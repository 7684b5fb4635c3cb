import { readSources } from "./files.ts";
import { markedLines } from "./html.ts";
import { readOrigins } from "./origins.ts";
import type { Place } from "./program.ts";
import { filePage, listPage } from "./template.ts";
import { readTraces } from "./traces.ts";

/**
 * The pages of the source, as HTML by path: `engine/nn/attention.ts` for a file, the empty path for the list of them.
 *
 * @param base the folder of the site, such as `/` or `/visible-llm`
 * @throws Error if a figure names an origin that is not there
 */
export async function renderSources(base: string): Promise<Map<string, string>> {
  const root = base.replace(/\/$/, "");
  const hrefOf = (place: Place | string): string => {
    const { path, anchor } = typeof place === "string" ? { path: place, anchor: "" } : place;
    return `${root}/source/${path}${path && "/"}${anchor && `#${anchor}`}`;
  };
  const models = await readTraces();
  const traced = new Map<string, Map<string, number>>();
  for (const [name, { path, line }] of models.flatMap(({ lines }) => [...lines])) {
    traced.set(path, (traced.get(path) ?? new Map()).set(name, line));
  }

  const origins = readOrigins();
  const sources = readSources([...new Set(origins.map(({ path }) => path))], hrefOf);
  const missing = origins
    .filter(({ path, anchor }) => !sources.get(path)?.anchors.has(anchor) && !traced.get(path)?.has(anchor))
    .map(({ figure, path, anchor }) => {
      const others = [...sources.keys()].filter(
        (other) => sources.get(other)?.anchors.has(anchor) || traced.get(other)?.has(anchor),
      );
      const hint = others.length > 0 ? `; it is in ${others.join(" and ")}` : "";
      return `${figure} names ${anchor} of ${path} as the origin of its numbers, which is not there${hint}`;
    });
  if (missing.length > 0) throw new Error(missing.join("\n"));

  const pages = new Map([["", listPage([...sources.keys()], models, hrefOf)]]);
  for (const [path, { text, marks, operations }] of sources) {
    pages.set(
      path,
      filePage({ path, lines: markedLines(text, marks), operations, traces: traced.get(path) ?? new Map() }, hrefOf),
    );
  }
  return pages;
}
