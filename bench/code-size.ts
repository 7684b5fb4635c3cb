import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { compactWgsl } from "../scripts/compact-wgsl.ts";

/**
 * `npm run bench:size`: what a page downloads to run a model, without the model. The client's and the worker's bundles, minified as the site's
 * are and gzipped; the kernels, WebAssembly and WGSL, are inside. Parts that only some pages load stand by themselves.
 */
const engine = fileURLToPath(new URL("../src/engine/", import.meta.url));

export interface CodeSize {
  readonly file: string;
  readonly bytes: number;
  readonly gzipped: number;
  /** Whether every page that runs a model loads it, whichever the backend. */
  readonly always: boolean;
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
        always: file.isEntry,
      });
    }
  }
  return sizes;
}
if (import.meta.main) console.table(await codeSizes());
