import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Place } from "./program.ts";

const components = fileURLToPath(new URL("../../src/components", import.meta.url));

/** A place that a figure names as the origin of its numbers, and the file of the figure. */
export interface NamedOrigin extends Place {
  readonly figure: string;
}

/** Every text in a component that names an origin: `"decoding/top-p.ts#topP"`, `"nn/attention.ts#blocks.*.attn.pattern"`. */
export function readOrigins(): NamedOrigin[] {
  const files = globSync("**/*.{svelte,ts,astro}", { cwd: components }).filter((file) => !file.endsWith(".test.ts"));
  return files.flatMap((figure) => {
    const text = readFileSync(`${components}/${figure}`, "utf8");
    return [...text.matchAll(/"([\w./-]+\.ts)#([\w.*]+)"/g)].map(([, file = "", anchor = ""]) => ({
      figure,
      path: file.startsWith("components/") ? file : `engine/${file}`,
      anchor,
    }));
  });
}
