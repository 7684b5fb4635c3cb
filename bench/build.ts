import { fileURLToPath } from "node:url";
import { build } from "vite";
import { compactWgsl } from "../scripts/compact-wgsl.ts";
import { entryChunk } from "../scripts/entry-chunk.ts";
import type { SubjectName } from "./columns.ts";
import type { Site } from "./server.ts";

const bench = fileURLToPath(new URL(".", import.meta.url));

/** The page's and the subjects' scripts, bundled and minified as the site's are; parts that are imported lazily stay apart. */
export async function bundle(subjects: readonly SubjectName[]): Promise<Site> {
  const site = new Map<string, Uint8Array>([
    ["/index.html", encode(`<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>`)],
  ]);
  const entries = ["page.ts", ...subjects.map((subject) => `subjects/${subject}.ts`)];
  // One at a time: what two subjects share would land in a chunk that both fetch.
  for (const entry of entries) {
    const name = entry.replace(/^.*\/|\.ts$/g, "");
    const result = await build({
      root: bench,
      configFile: false,
      plugins: [compactWgsl()],
      logLevel: "warn",
      build: {
        write: false,
        target: "esnext",
        modulePreload: false,
        rolldownOptions: {
          input: { [name]: bench + entry },
          output: {
            ...entryChunk(/\/bench\/(page|subjects\/\w+)\.ts$/),
            entryFileNames: "[name].js",
            chunkFileNames: `${name}/[name]-[hash].js`,
            assetFileNames: `${name}/[name]-[hash][extname]`,
          },
        },
      },
    });
    if (Array.isArray(result) || !("output" in result)) throw new Error("vite watches");
    for (const file of result.output)
      site.set(`/${file.fileName}`, encode(file.type === "chunk" ? file.code : file.source));
  }
  return site;
}

function encode(source: string | Uint8Array): Uint8Array {
  return typeof source === "string" ? new TextEncoder().encode(source) : source;
}
