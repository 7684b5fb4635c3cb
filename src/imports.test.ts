import { globSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/**
 * The floors of the house: what each folder may import besides itself. A folder is named by the longest entry that its path begins with.
 * What a test imports is its own affair, as it may open from above what it tests.
 */
const BASE = [
  "engine/errors.ts",
  "engine/graphemes.ts",
  "engine/random.ts",
  "engine/ranges.ts",
  "engine/statistics.ts",
];
const TENSOR = [...BASE, "engine/backends", "engine/tensor"];
const NETWORKS = [...TENSOR, "engine/files", "engine/nn", "engine/models"];
const ALGORITHMS = [...NETWORKS, "engine/analysis", "engine/decoding", "engine/optim", "engine/rl"];
const ENGINE = [...ALGORITHMS, "engine/experiments", "engine"];
const SITE = ["book", "book.ts", "offline", "site.ts", "styles"];
const FLOORS: Readonly<Record<string, readonly string[]>> = {
  "engine/errors.ts": [],
  "engine/graphemes.ts": [],
  "engine/random.ts": [],
  "engine/ranges.ts": ["engine/errors.ts"],
  "engine/statistics.ts": [],
  "engine/backends": BASE,
  "engine/tensor": TENSOR,
  "engine/files": TENSOR,
  "engine/nn": TENSOR,
  "engine/models": NETWORKS,
  "engine/analysis": TENSOR,
  "engine/optim": TENSOR,
  "engine/rl": [...TENSOR, "engine/optim"],
  "engine/decoding": NETWORKS,
  "engine/experiments": ALGORITHMS,
  engine: ENGINE,
  "engine/testing": ENGINE,
  offline: ["site.ts"],
  "components/kit": [...ENGINE, ...SITE],
  "components/figures": [...ENGINE, ...SITE, "components/kit"],
  "components/subjects": [...ENGINE, ...SITE, "components/kit", "components/figures"],
  "components/demos": [...ENGINE, ...SITE, "components/kit", "components/figures", "components/subjects"],
};

const root = fileURLToPath(new URL(".", import.meta.url));
const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|new URL\(\s*)["']([^"']+)["']/g;

interface Import {
  readonly file: string;
  /** A path from `src`, or the name of a package. */
  readonly target: string;
}

const files = globSync("**/*.{ts,svelte,astro,mdx}", { cwd: root, exclude: (path) => path.includes("assembly") });
const imports: readonly Import[] = files.flatMap((file) =>
  [...readFileSync(resolve(root, file), "utf8").matchAll(SPECIFIER)].map(([, specifier = ""]) => ({
    file,
    target: specifier.startsWith(".")
      ? relative(root, resolve(root, dirname(file), specifier.replace(/\?.*/, "")))
      : specifier,
  })),
);
const product = imports.filter(({ file }) => !/\.test\.ts$/.test(file));
const listed = ({ file, target }: Import): string => `${file} imports ${target}`;

describe("imports", () => {
  it("are found", () => {
    expect(files.length).toBeGreaterThan(500);
    expect(imports).toContainEqual({ file: "engine/client.ts", target: "engine/worker.ts" });
  });

  it("go down the floors", () => {
    const wrong = product.filter(({ file, target }) => {
      const [from, to] = [floorOf(file), floorOf(target)];
      return from !== undefined && to !== undefined && to !== from && FLOORS[from]?.includes(to) === false;
    });
    expect(wrong.map(listed)).toEqual([]);
  });

  it("never lead from one chapter to another", () => {
    const wrong = imports.filter(({ file, target }) => {
      const [from, to] = [chapterOf(file), chapterOf(target)];
      return from !== undefined && to !== undefined && from !== to;
    });
    expect(wrong.map(listed)).toEqual([]);
  });

  it("never lead from the product to test helpers", () => {
    const inTests = (path: string): boolean => /(^|\/)testing\/|\.test\.ts$/.test(path);
    expect(product.filter(({ file, target }) => !inTests(file) && inTests(target)).map(listed)).toEqual([]);
  });

  it("keep the engine free of the site's frameworks", () => {
    const wrong = product.filter(
      ({ file, target }) => file.startsWith("engine/") && /^(svelte|astro)(\/|:|$)/.test(target),
    );
    expect(wrong.map(listed)).toEqual([]);
  });

  it("make no circle, of types either", () => {
    const next = Map.groupBy(imports, ({ file }) => file);
    const finished = new Set<string>();
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) expect.fail(`a circle: ${[...path.slice(path.indexOf(file)), file].join(" → ")}`);
      if (finished.has(file)) return;
      for (const { target } of next.get(file) ?? []) if (next.has(target)) walk(target, [...path, file]);
      finished.add(file);
    };
    for (const file of next.keys()) walk(file, []);
  });
});

/** The folder of `FLOORS` in which a path lies; undefined for packages and for what stands on no floor, as pages do. */
function floorOf(path: string): string | undefined {
  const within = Object.keys(FLOORS)
    .concat(SITE)
    .filter((floor) => path === floor || path.startsWith(`${floor}/`));
  return within.sort((a, b) => b.length - a.length)[0];
}

/** The chapter whose demo a path belongs to. */
function chapterOf(path: string): string | undefined {
  return /^components\/demos\/([^/]+)\//.exec(path)?.[1];
}
