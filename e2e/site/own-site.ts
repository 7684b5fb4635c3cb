import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import { extname } from "node:path";
import { fileOf } from "./pages.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** The built site on a server of its own, which can go away, and come to serve another build. */
export class OwnSite {
  #server: Server | undefined;
  #port = 0;
  /** The build's name, and the one that it is given instead. */
  #renamed: readonly [string, string] | undefined;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** On the same port as before, if there was one. */
  async open(): Promise<void> {
    const server = createServer(({ url = "/" }, response) => void this.#answer(url, response));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(this.#port, "127.0.0.1", resolve);
    });
    const address = server.address();
    if (typeof address === "object" && address) this.#port = address.port;
    this.#server = server;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  /** From now on all files are those of another build with the same contents. */
  rename(build: string, other: string): void {
    this.#renamed = [build, other];
  }

  async #answer(url: string, response: ServerResponse): Promise<void> {
    const [build, other] = this.#renamed ?? ["", ""];
    const { pathname } = new URL(url, this.url);
    const file = fileOf(other === "" ? pathname : pathname.replace(other, build));
    try {
      const body = await readFile(file);
      response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
      response.end(other !== "" && /(?:\.html|\/sw\.js)$/.test(file) ? body.toString().replaceAll(build, other) : body);
    } catch {
      response.writeHead(404).end();
    }
  }
}
