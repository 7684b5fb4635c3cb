import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

const styles = fileURLToPath(new URL("source.css", import.meta.url));

/**
 * Writes the pages of the source, `/source/engine/nn/attention.ts/`, to which figures and listings link. They stand beside the site's own pages
 * and are none of them: no search, no sitemap and no sidebar has them. A figure that names what is not there fails the build.
 */
export function sourcePages(): AstroIntegration {
  let base = "/";
  let pages: Promise<Map<string, string>> | undefined;
  const render = async (): Promise<Map<string, string>> => {
    // The compiler takes a while to load, and few commands of Astro need it.
    const { renderSources } = await import("./pages.ts");
    return renderSources(base);
  };
  return {
    name: "source-pages",
    hooks: {
      "astro:config:done": ({ config }) => {
        base = config.base;
      },
      "astro:server:setup": ({ server }) => {
        server.watcher.on("change", () => {
          pages = undefined;
        });
        server.middlewares.use(async ({ url = "" }, response, next) => {
          const [, path] = /\/source\/(.*?)\/?(?:\?.*)?$/.exec(url) ?? [];
          if (path === undefined) return next();
          if (path === "source.css") {
            response.setHeader("content-type", "text/css");
            return response.end(await readFile(styles));
          }
          pages ??= render();
          const html = (await pages).get(path);
          if (html === undefined) return next();
          response.setHeader("content-type", "text/html");
          response.end(html);
        });
      },
      "astro:build:start": async () => {
        pages = render();
        await pages;
      },
      "astro:build:done": async ({ dir }) => {
        const folder = fileURLToPath(new URL("source/", dir));
        for (const [path, html] of (await pages) ?? []) {
          const file = join(folder, path, "index.html");
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, html);
        }
        await copyFile(styles, join(folder, "source.css"));
      },
    },
  };
}
