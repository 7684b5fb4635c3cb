import { globSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

/** The address of every page that the build has written. */
export const pages = globSync("**/index.html", { cwd: dist })
  .map((file) => (file === "index.html" ? "/" : `/${dirname(file)}/`))
  .sort();

if (pages.length === 0) throw new Error("There is no built site to test: run `npm run build` first.");
