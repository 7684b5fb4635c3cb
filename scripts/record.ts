import { globSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * `npm run record -- <name>`: computes what the demo of `<name>.figure.ts` shows at its defaults, which takes long, and writes
 * `src/recorded/<name>.json`. That file is committed; the build reads it, and fails once its weights are others than the manifest's.
 */

const [name = ""] = process.argv.slice(2);
const files = globSync("src/components/demos/**/*.figure.ts").filter((file) => file.endsWith(`/${name}.figure.ts`));
const [file] = files;
if (!file || files.length > 1) throw new Error(`${files.length} files are named ${name}.figure.ts`);
process.env.RECORD = name;
const start = performance.now();
await import(pathToFileURL(resolve(file)).href);
console.log(`src/recorded/${name}.json: ${Math.round((performance.now() - start) / 1000)} s`);
