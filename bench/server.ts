import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** Where a path is found: bytes in memory, or a file or folder on disk. */
export type Site = ReadonlyMap<string, Uint8Array | string>;

export interface Server {
  readonly origin: string;
  /** Bytes of all bodies sent since the last call, as they went over the wire. */
  takeBytes(): number;
  close(): void;
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

const compress = promisify(gzip);

/**
 * A static server that sends what static hosts send: text and WebAssembly gzipped, everything else as it is. It counts the bytes.
 *
 * @param site longest matching prefix wins; a value that is a string is a folder or file on disk
 */
export async function serve(site: Site): Promise<Server> {
  const cache = new Map<string, Promise<{ body: Uint8Array; headers: Record<string, string> }>>();
  let sent = 0;

  const respond = async (path: string) => {
    const type = TYPES[extname(path)];
    const plain = await find(site, path);
    if (!type) return { body: plain, headers: { "content-type": "application/octet-stream" } };
    return { body: await compress(plain), headers: { "content-type": type, "content-encoding": "gzip" } };
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const answer = cache.get(pathname) ?? respond(pathname);
    cache.set(pathname, answer);
    answer.then(
      ({ body, headers }) => {
        if (request.method === "GET") sent += body.byteLength;
        response.writeHead(200, { ...headers, "content-length": body.byteLength }).end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    takeBytes: () => {
      const bytes = sent;
      sent = 0;
      return bytes;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function find(site: Site, path: string): Promise<Uint8Array> {
  const prefixes = [...site.keys()].filter(
    (prefix) => path === prefix || (prefix.endsWith("/") && path.startsWith(prefix)),
  );
  const prefix = prefixes.sort((a, b) => b.length - a.length)[0];
  if (prefix === undefined) throw new Error(`nothing at ${path}`);
  const place = site.get(prefix) as Uint8Array | string;
  return typeof place === "string" ? readFile(place + path.slice(prefix.length)) : place;
}
