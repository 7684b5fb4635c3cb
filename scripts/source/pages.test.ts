import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { renderSources } from "./pages.ts";
import { fileOf } from "./program.ts";
import { readTraces } from "./traces.ts";

const HOST = "http://site.invalid";
const BASE = "/book";
let pages: ReadonlyMap<string, string>;

beforeAll(async () => {
  pages = await renderSources(BASE);
});

/** The addresses to which a page links, with their fragments; those of one line only where it is given. */
function linksOf(path: string, line?: number): URL[] {
  const page = pages.get(path) ?? "";
  const part = line === undefined ? page : (new RegExp(`<div id="L${line}">.*`).exec(page)?.[0] ?? "");
  return [...part.matchAll(/<a href="([^"]*)"/g)].map(
    ([, href = ""]) => new URL(href, `${HOST}${BASE}/source/${path}/`),
  );
}

function pathOf(link: URL): string {
  return link.pathname.slice(`${BASE}/source/`.length).replace(/\/$/, "");
}

/** The line of a file that has this text. */
function lineWith(path: string, text: string): number {
  return (
    readFileSync(fileOf(path), "utf8")
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1
  );
}

describe("the pages of the source", () => {
  it("are those of the engine, in every language that it is written in", () => {
    for (const path of [
      "engine/client.ts",
      "engine/backends/webgpu/softmax.wgsl",
      "engine/backends/cpu/assembly/softmax.ts",
    ]) {
      expect(pages.has(path), path).toBe(true);
    }
    expect([...pages.keys()].filter((path) => /\.test\.ts|testing|generated|node_modules/.test(path))).toEqual([]);
  });

  it("have no dead link", () => {
    const dead = [...pages.keys()].flatMap((path) =>
      linksOf(path)
        .filter((link) => link.pathname.startsWith(`${BASE}/source/`))
        .filter((link) => {
          const page = pages.get(pathOf(link));
          const id = decodeURIComponent(link.hash.slice(1));
          return page === undefined || (id !== "" && !page.includes(` id="${id}"`));
        })
        .map((link) => `${path} → ${link.pathname}${link.hash}`),
    );
    expect(dead).toEqual([]);
  });

  it("show every line as it is", () => {
    const path = "engine/tensor/trace.ts";
    const shown = [...(pages.get(path) ?? "").matchAll(/<code>(.*)<\/code>/g)].map(([, line = ""]) =>
      line
        .replace(/<[^>]*>/g, "")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&amp;", "&"),
    );
    expect(`${shown.join("\n")}\n`).toBe(readFileSync(fileOf(path), "utf8"));
  });

  it("lead from a trace to its kernels in two more hops", () => {
    const first = linksOf("engine/nn/attention.ts", lineWith("engine/nn/attention.ts", "= attention(tape"));
    const operation = first.find((link) => link.hash === "#attention");
    expect(operation && pathOf(operation)).toBe("engine/tensor/ops/attention.ts");
    const line = lineWith("engine/tensor/ops/attention.ts", "backend.batchAttention(");
    expect(linksOf("engine/tensor/ops/attention.ts", line).map(pathOf)).toEqual(
      expect.arrayContaining([
        "engine/backends/webgpu/softmax.wgsl",
        "engine/backends/webgpu/products.wgsl",
        "engine/backends/cpu/assembly/batch-attention.ts",
      ]),
    );
  });

  it("lead from every operation of the interface to kernels of both backends", () => {
    const path = "engine/backends/operations.ts";
    const operations = [...(pages.get(path) ?? "").matchAll(/<b id="\w+Operations\.(\w+)">/g)].map(
      ([, name = ""]) => name,
    );
    expect(operations).toContain("batchAttention");
    // WebGPU copies without a kernel.
    for (const name of operations.filter((operation) => operation !== "copy")) {
      const kernels = linksOf(path, lineWith(path, `  ${name}(`)).map(pathOf);
      expect(
        kernels.some((kernel) => /webgpu\/(.*\.wgsl|blocks\.ts)$/.test(kernel)),
        `${name} on WebGPU`,
      ).toBe(true);
      expect(
        kernels.some((kernel) => kernel.includes("cpu/assembly/")),
        `${name} on the CPU`,
      ).toBe(true);
    }
  });
});

describe("traces", () => {
  it("are shown by the lines that are found, and all that models promise are", async () => {
    for (const { model, lines, promised } of await readTraces()) {
      expect(new Set(lines.keys()), model).toEqual(promised);
      for (const { path, line } of lines.values()) {
        expect(readFileSync(fileOf(path), "utf8").split("\n")[line - 1], `${path}:${line}`).toMatch(
          /watch\w*[?]?\.?\w*\(/,
        );
      }
    }
  });
});
