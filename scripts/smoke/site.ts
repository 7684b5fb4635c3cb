import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

/** A built site that is being served. */
export interface Site {
  readonly origin: string;
  /** What was asked for and is not there. */
  readonly missing: string[];
  close(): void;
}

/** An address of the served site that shows another of its pages in a frame: browsers' windows have a least width, frames have none. */
export function framed(address: string, width: number): string {
  return new URL(`/framed/?width=${width}&page=${encodeURIComponent(address)}`, address).href;
}

/** Collects in `problems` what goes wrong in a page, for browsers that do not tell whoever drives them. */
const HOOK = `<script>{
  const problems = (window.problems = []);
  const { error } = console;
  console.error = (...values) => (problems.push("console: " + values.join(" ")), error(...values));
  addEventListener("error", ({ message }) => problems.push("exception: " + message));
  addEventListener("unhandledrejection", ({ reason }) => problems.push("rejection: " + reason));
}</script>`;

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Serves a folder on a port of its own. */
export async function serveSite(folder: string): Promise<Site> {
  const missing: string[] = [];
  const server = createServer(({ url = "/" }, answer) => {
    const { pathname, searchParams } = new URL(url, "http://site");
    if (pathname === "/framed/") {
      const frame = `<link rel="icon" href="data:,"><iframe src="${searchParams.get("page")}" width="${searchParams.get("width")}" height="844" style="border: 0">`;
      return answer.setHeader("content-type", "text/html").end(frame);
    }
    const path = join(folder, decodeURIComponent(pathname));
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "index.html") : path;
    if (!existsSync(file)) {
      missing.push(`not there: ${pathname}`);
      return answer.writeHead(404).end();
    }
    answer.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
    const body = readFileSync(file);
    return answer.end(extname(file) === ".html" ? body.toString().replace(/<head[^>]*>/, `$&${HOOK}`) : body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    missing,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
