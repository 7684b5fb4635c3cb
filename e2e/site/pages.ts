import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));

const written = globSync("**/index.html", { cwd: dist })
  .map((file) => `/${file.replaceAll("\\", "/").slice(0, -"index.html".length)}`)
  .sort();

/** The address of every page of the book that the build has written, such as `/` or `/gpt-bert/decoding/`. */
export const pages = written.filter((path) => !path.startsWith("/source/"));

/** The address of every page of the source. */
export const sourcePages = written.filter((path) => path.startsWith("/source/"));

if (pages.length === 0) throw new Error("There is no built site to test: run `npm run build` first.");

/** The built file behind an address of the site. */
export function fileOf(path: string): string {
  return dist + (path.endsWith("/") ? `${path}index.html` : path);
}
