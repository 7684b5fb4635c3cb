import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { compactWgsl } from "../scripts/compact-wgsl.ts";

/**
 * `npm run bench:size`: what a page downloads to run a model, without the model. The bundles of client and worker, minified as the site's are
 * and gzipped; the kernels, WebAssembly and WGSL, are inside, and so are the two libraries, @huggingface/tokenizers and Comlink.
 */
const engine = fileURLToPath(new URL("../src/engine/", import.meta.url));

/** Transformers.js, which only models of other architectures need. */
const FOREIGN = ["pipeline.js", "onnx-runtime.js"];

export interface CodeSize {
  readonly file: string;
  readonly bytes: number;
  readonly gzipped: number;
  /** Which pages fetch it before their first token. */
  readonly firstToken: "all" | "cpu" | "webgpu" | "none";
}

/** Who fetches a chunk before the first token. Static imports of these would have to be added: there are none, or this throws. */
function firstToken({ fileName, isEntry, imports }: Rolldown.OutputChunk): CodeSize["firstToken"] {
  if (isEntry) return "all";
  const backend = (["cpu", "webgpu"] as const).find((kind) => fileName === `${kind}.js`);
  if (backend && imports.some((file) => file !== "worker.js")) throw new Error(`${fileName} needs ${imports}`);
  return backend ?? "none";
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
          output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
        },
      },
    });
    if (Array.isArray(result) || !("output" in result)) throw new Error("vite watches");
    for (const file of result.output) {
      if (file.type !== "chunk") continue;
      const code = Buffer.from(file.code);
      sizes.push({
        file: `${entry}/${file.fileName}`,
        bytes: code.length,
        gzipped: gzipSync(code).length,
        firstToken: firstToken(file),
      });
    }
  }
  return sizes;
}

if (import.meta.main) {
  const sizes = await codeSizes();
  console.table(sizes);
  const sum = (label: string, counts: (size: CodeSize) => boolean): void => {
    const total = sizes.filter(counts).reduce((bytes, { gzipped }) => bytes + gzipped, 0);
    console.log(`${label.padEnd(48)} ${(total / 1000).toFixed(1)} kB gzipped`);
  };
  for (const kind of ["cpu", "webgpu"] as const) {
    sum(`before the first token, ${kind}`, ({ firstToken: on }) => on === "all" || on === kind);
  }
  sum("both backends", ({ firstToken: on }) => on !== "none");
  sum("all, with every experiment and analysis", ({ file }) => !FOREIGN.some((name) => file.endsWith(name)));
}
