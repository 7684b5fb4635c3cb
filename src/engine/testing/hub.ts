import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { failsWith, staticServer } from "./answers.ts";

/**
 * What is odd about a hub, which is the first part of its address: `http://127.0.0.1:1234/breaks/`, or `breaks~1/`, where nobody has been yet.
 *
 * `sound` nothing; `breaks` the first download of large files ends in the middle; `fails` so it does, and the server fails when it is asked for the
 * rest, three times; `no-ranges` ranges are ignored; `no-cors` other sites may not read; `gone` large files are not there; `error` the server
 * fails; `login` strangers are refused; `page` everything is a web page; `altered` one byte of large files is another; `short` large files end early.
 */
const ODDITIES = [
  "sound",
  "breaks",
  "fails",
  "no-ranges",
  "no-cors",
  "gone",
  "error",
  "login",
  "page",
  "altered",
  "short",
] as const;
export type Oddity = (typeof ODDITIES)[number];

/** How many downloads of each large file fail: of `fails`, as many as one call tries. */
const FAILURES: ReadonlyMap<string, number> = new Map([
  ["breaks", 1],
  ["fails", 4],
]);

/**
 * How long a page has to read what came before a connection breaks. Chromium drops what is unread then, but its cache has it, and takes the download up
 * behind the page's back.
 */
const READING_MS = 300;

export interface TestHub {
  /** Address of the hub with that oddity, for `folderAddress`. */
  at(oddity: Oddity): string;
  /** Every request so far: `GET /sound/tests/gpt2/resolve/main/config.json bytes=0-0`; of those to the second server, `cdn GET …`. */
  readonly requests: readonly string[];
  close(): void;
}

/** What a request asks for. */
interface Asked {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly oddity: string;
  /** Weights and ONNX. */
  readonly large: boolean;
  /** @throws if it is not there */
  read(): Promise<{ bytes: Buffer; etag: string }>;
}

type Serve = (asked: Asked, response: ServerResponse) => Promise<void>;

/**
 * A server with the layout of a hub: `/<oddity>/tests/<folder>/resolve/main/<file>`. Large files are sent by a second server on another origin, to
 * which it redirects, with their SHA-256 as ETag; that is what huggingface.co does.
 *
 * @param folders where `<folder>` is
 */
export async function startHub(folders: string): Promise<TestHub> {
  const requests: string[] = [];
  const start = (prefix: string, serve: Serve): Promise<Server> => {
    return listen((request, response) => {
      requests.push(`${prefix}${request.method} ${request.url} ${request.headers.range ?? ""}`.trim());
      const asked = askedFor(request, folders);
      if (asked.oddity !== "no-cors") {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Access-Control-Expose-Headers", "ETag, Content-Range, X-Linked-Etag, X-Linked-Size");
      }
      void serve(asked, response).catch(() => response.writeHead(404).end("Entry not found"));
    });
  };
  const cdn = await start("cdn ", serveLarge());
  const hub = await start("", serveHub(originOf(cdn)));
  return {
    requests,
    at: (oddity) => `${originOf(hub)}/${oddity}`,
    close: () => {
      for (const server of [hub, cdn]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

function askedFor(request: IncomingMessage, folders: string): Asked {
  const path = new URL(request.url ?? "/", "http://hub").pathname;
  const [, oddity = "", folder = "", file = ""] =
    /^\/([\w-]+)(?:~[\w-]+)?\/tests\/([\w-]+)\/resolve\/main\/(.+)$/.exec(path) ?? [];
  const large = /\.(safetensors|onnx)$/.test(file);
  const read = async () => {
    const bytes = await readFile(join(folders, folder, file));
    const hash = createHash(large ? "sha256" : "sha1");
    return { bytes, etag: `"${hash.update(bytes).digest("hex")}"` };
  };
  return { request, path, oddity, large, read };
}

/** Small files, and where large ones are. @param cdn origin of the second server */
function serveHub(cdn: string): Serve {
  return async ({ request, path, oddity, large, read }, response) => {
    if (oddity === "error") return failsWith(500)(response, request);
    if (oddity === "login") return failsWith(401)(response, request);
    if (oddity === "page") {
      const page = "<!doctype html><title>Hub</title>";
      return void response.setHeader("Content-Type", "text/html; charset=utf-8").end(page);
    }
    if (oddity === "gone" && large) return failsWith(404)(response, request);
    const { bytes, etag } = await read();
    if (!large) return staticServer(bytes, { etag, ranges: oddity !== "no-ranges" })(response, request);
    const headers = { Location: `${cdn}${path}`, "X-Linked-Etag": etag, "X-Linked-Size": bytes.length };
    response.writeHead(302, headers).end();
  };
}

/** Large files, and nothing else. */
function serveLarge(): Serve {
  /** How many downloads have failed already, by path. */
  const failures = new Map<string, number>();
  return async ({ request, path, oddity, large, read }, response) => {
    if (!large) return failsWith(404)(response, request);
    const { bytes, etag } = await read();
    const half = bytes.length >> 1;
    const { range } = request.headers;
    const whole = !range;
    const failed = failures.get(path) ?? 0;
    // A part that ends before the file does is no download: headers are read like that.
    if ((whole || range.endsWith("-")) && failed < (FAILURES.get(oddity) ?? 0)) {
      failures.set(path, failed + 1);
      if (failed > 0) return failsWith(500)(response, request);
      response.writeHead(200, { ETag: etag, "Content-Length": bytes.length });
      response.write(bytes.subarray(0, half), () => setTimeout(() => response.destroy(), READING_MS));
      return;
    }
    if (oddity === "altered") bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const sent = whole && oddity === "short" ? bytes.subarray(0, half) : bytes;
    staticServer(sent, { etag, ranges: oddity !== "no-ranges" })(response, request);
  };
}

async function listen(listener: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
