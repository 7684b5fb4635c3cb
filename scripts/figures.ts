import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Plugin, Rolldown } from "vite";
import { codeOf } from "./code-of.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CACHE = resolve(ROOT, "node_modules/.cache/figures");
const MANIFEST = resolve(ROOT, "public/models/manifest.json");
const SPECIFIER = /\bfrom\s*["'](\.[^"']+)["']|\bimport\s*\(?\s*["'](\.[^"']+)["']/g;

/**
 * A module named `*.figure.ts` is evaluated here, in Node, and what it exports becomes data in the page: so a demo's first figure is computed once,
 * when the site is built, and is there when the server renders the demo. What was computed is kept until its code, or a model, changes.
 */
export function figures(): Plugin {
  const modules = new Map<string, Promise<string>>();
  return {
    name: "figures",
    enforce: "pre",
    async load(id) {
      const [path = ""] = id.split("?");
      if (!path.endsWith(".figure.ts")) return null;
      const files = await sourcesOf(path);
      for (const file of files.keys()) this.addWatchFile(file);
      const key = hashOf(files);
      const code = modules.get(key) ?? moduleOf(path, key);
      modules.set(key, code);
      return { code: await code, moduleType: "js" };
    },
  };
}

/** Gives the data of each such module a file of its own, `name.figure.….js`, beside the code that draws it. */
export function figureChunks(): Pick<Rolldown.OutputOptions, "codeSplitting"> {
  return { codeSplitting: { groups: [{ name: (id) => basename(id, ".ts"), test: /\.figure\.ts$/ }] } };
}

/** The module's exports as code, from the cache if they are there. */
async function moduleOf(path: string, key: string): Promise<string> {
  const kept = resolve(CACHE, `${key}.js`);
  const known = await readFile(kept, "utf8").catch(() => undefined);
  if (known !== undefined) return known;
  // Node keeps what it has evaluated: the address makes a changed module another one. What that imports stays as it was, until the next start.
  const exported: Readonly<Record<string, unknown>> = await import(`${pathToFileURL(path).href}?${key}`);
  const code = Object.entries(exported)
    .map(([name, value]) => `export const ${name} = ${codeOf(value)};\n`)
    .join("");
  await mkdir(CACHE, { recursive: true });
  await writeFile(kept, code);
  return code;
}

/** A file and all of ours that it imports, with their text; what was recorded for it; and the list of the models, with the hashes of their weights. */
async function sourcesOf(path: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const recorded = resolve(ROOT, "src/recorded", basename(path).replace(".figure.ts", ".json"));
  const queue = [path, MANIFEST, ...(existsSync(recorded) ? [recorded] : [])];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (texts.has(file)) continue;
    const text = await readFile(file, "utf8");
    texts.set(file, text);
    if (!file.endsWith(".ts")) continue;
    for (const [, from, imported] of text.matchAll(SPECIFIER)) {
      // A query is the bundler's: it asks for the file in another form.
      const [specifier = ""] = (from ?? imported ?? "").split("?");
      queue.push(resolve(dirname(file), specifier));
    }
  }
  return texts;
}

function hashOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256");
  for (const [file, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${file}\0${text}\0`);
  return hash.digest("hex");
}
