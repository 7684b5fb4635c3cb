import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { compactWgsl } from "../scripts/compact-wgsl.ts";
import { entryChunk } from "../scripts/entry-chunk.ts";
import type { BackendKind } from "../src/engine/backends/backend.ts";
import { BACKENDS } from "./columns.ts";

/**
 * `npm run bench:size`: what a page downloads to run a model, without the model. The bundles of client and worker, minified as the site's are
 * and gzipped; the kernels, WebAssembly and WGSL, are inside, and so is Comlink.
 */
const engine = fileURLToPath(new URL("../src/engine/", import.meta.url));

/** Transformers.js, which only models of other architectures need. */
const FOREIGN = ["pipeline.js", "onnx-runtime.js"];

export interface CodeSize {
  readonly file: string;
  readonly bytes: number;
  readonly gzipped: number;
  /** The backends whose pages fetch it before their first token. */
  readonly firstToken: readonly BackendKind[];
}

/** A chunk with all that it imports, and what those import, statically: what arrives with it. */
function withImports(chunks: ReadonlyMap<string, Rolldown.OutputChunk>, file: string): Set<string> {
  const found = new Set([file]);
  for (const name of found) for (const imported of chunks.get(name)?.imports ?? []) found.add(imported);
  return found;
}

export async function codeSizes(): Promise<CodeSize[]> {
  const sizes: CodeSize[] = [];
  for (const entry of ["client", "worker"]) {
    const result = await build({
      root: engine,
      configFile: false,
      plugins: [compactWgsl()],
      logLevel: "error",
      build: {
        write: false,
        target: "esnext",
        modulePreload: false,
        rolldownOptions: {
          input: { [entry]: `${engine}${entry}.ts` },
          output: {
            ...entryChunk(/\/engine\/(client|worker)\.ts$/),
            entryFileNames: "[name].js",
            chunkFileNames: "[name].js",
          },
        },
      },
    });
    if (Array.isArray(result) || !("output" in result)) throw new Error("vite watches");
    const chunks = new Map(result.output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file]] : [])));
    const entryParts = withImports(chunks, `${entry}.js`);
    const backends = BACKENDS.map((kind) => ({ kind, parts: withImports(chunks, `${kind}.js`) }));
    for (const [name, chunk] of chunks) {
      const code = Buffer.from(chunk.code);
      const kinds = backends.filter(({ parts }) => parts.has(name)).map(({ kind }) => kind);
      const firstToken = entryParts.has(name) ? BACKENDS : kinds;
      sizes.push({ file: `${entry}/${name}`, bytes: code.length, gzipped: gzipSync(code).length, firstToken });
    }
  }
  return sizes;
}

if (import.meta.main) {
  const sizes = await codeSizes();
  console.table(sizes.map(({ firstToken, ...size }) => ({ ...size, firstToken: firstToken.join(", ") })));
  const sum = (label: string, counts: (size: CodeSize) => boolean): void => {
    const total = sizes.filter(counts).reduce((bytes, { gzipped }) => bytes + gzipped, 0);
    console.log(`${label.padEnd(48)} ${(total / 1000).toFixed(1)} kB gzipped`);
  };
  for (const kind of BACKENDS) sum(`before the first token, ${kind}`, ({ firstToken }) => firstToken.includes(kind));
  sum("both backends", ({ firstToken }) => firstToken.length > 0);
  sum("all, with every experiment and analysis", ({ file }) => !FOREIGN.some((name) => file.endsWith(name)));
}
