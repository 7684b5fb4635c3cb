import { globSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { build } from "vite";
import { BUILD_META, needsFile } from "../../src/offline/needs.ts";
import { buildName, findNeeds, type HashedFile } from "./needs.ts";

const worker = fileURLToPath(new URL("../../src/offline/worker.ts", import.meta.url));

/**
 * Lets the book open without a network: writes the service worker `sw.js`, a list of what each page needs, and into every page the name of the
 * build. It must be the last, when all pages are there.
 */
export function offline(): AstroIntegration {
  return {
    name: "offline",
    hooks: { "astro:build:done": ({ dir }) => writeWorker(fileURLToPath(dir)) },
  };
}

async function writeWorker(dist: string): Promise<void> {
  const pages = await readPages(dist);
  const needs = findNeeds(pages, await readHashed(join(dist, "_astro")));
  const name = buildName(pages, needs);
  await writeFile(join(dist, needsFile(name)), JSON.stringify(needs));
  for (const [path, html] of pages) {
    const named = html.replace("</head>", `<meta name="${BUILD_META}" content="${name}"/></head>`);
    await writeFile(join(dist, fileOf(path)), named);
  }
  await writeBundle(join(dist, "sw.js"), dist, needsFile(name));
}

/** @param first what the worker fetches when it is installed: workbox-build writes it into its bundle */
async function writeBundle(file: string, dist: string, first: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "visible-llm-"));
  try {
    await writeFile(join(folder, "sw.js"), await bundled());
    // It loads compilers of its own, which only a build has need of.
    const { injectManifest } = await import("workbox-build");
    const { count, warnings } = await injectManifest({
      swSrc: join(folder, "sw.js"),
      swDest: file,
      globDirectory: dist,
      globPatterns: [first],
      dontCacheBustURLsMatching: /^_astro\//,
    });
    if (count !== 1 || warnings.length > 0) throw new Error(`sw.js: ${count} files, ${warnings.join("; ")}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function bundled(): Promise<string> {
  const result = await build({
    configFile: false,
    publicDir: false,
    root: dirname(worker),
    logLevel: "warn",
    build: { write: false, rolldownOptions: { input: worker, output: { format: "iife" } } },
  });
  if (Array.isArray(result) || !("output" in result)) throw new Error("vite watches");
  return result.output[0].code;
}

/** All pages, by their addresses below the root of the site. */
async function readPages(dist: string): Promise<Map<string, string>> {
  const files = globSync("**/*.html", { cwd: dist }).map((file) => file.replaceAll("\\", "/"));
  const read = files.map(async (file): Promise<[string, string]> => {
    return [file.replace(/(^|\/)index\.html$/, "$1"), await readFile(join(dist, file), "utf8")];
  });
  return new Map(await Promise.all(read));
}

function fileOf(path: string): string {
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

async function readHashed(folder: string): Promise<Map<string, HashedFile>> {
  const read = (await readdir(folder)).map(async (name): Promise<[string, HashedFile]> => {
    const file = join(folder, name);
    const { size: bytes } = await stat(file);
    return [name, /\.(?:js|css)$/.test(name) ? { bytes, text: await readFile(file, "utf8") } : { bytes }];
  });
  return new Map(await Promise.all(read));
}
