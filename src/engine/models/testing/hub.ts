import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { failsWith, staticServer } from "./answers.ts";

/**
 * What is odd about a hub, which is the first part of its address: `http://127.0.0.1:1234/breaks/`.
 *
 * `sound` nothing; `breaks` the first download of large files ends in the middle; `no-ranges` ranges are ignored; `no-cors` other sites may not
 * read; `gone` large files are not there; `error` the server fails; `login` strangers are refused; `page` everything is a web page; `altered` one
 * byte of large files is another; `short` large files end early.
 */
const ODDITIES = [
  "sound",
  "breaks",
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

export interface TestHub {
  /** Address of the hub with that oddity, for `folderAddress`. */
  at(oddity: Oddity): string;
  /** Every request so far: `GET /sound/tests/gpt2/resolve/main/config.json bytes=0-0`. */
  readonly requests: readonly string[];
  close(): void;
}

/**
 * A server with the layout of a hub: `/<oddity>/tests/<folder>/resolve/main/<file>`. Large files (weights, ONNX) are sent by a second address to
 * which it redirects, with their SHA-256 as ETag; that is what huggingface.co does.
 *
 * @param folders where `<folder>` is
 */
export async function startHub(folders: string): Promise<TestHub> {
  const requests: string[] = [];
  /** Downloads that were broken off already, by path. */
  const broken = new Set<string>();

  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.range ?? ""}`.trim());
    void answer(request, response, folders, broken).catch(() => response.writeHead(404).end("Entry not found"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    requests,
    at: (oddity) => `http://127.0.0.1:${port}/${oddity}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  folders: string,
  broken: Set<string>,
): Promise<void> {
  const path = new URL(request.url ?? "/", "http://hub").pathname;
  const [, first, oddity, folder = "", file = ""] =
    /^(\/cdn)?\/([\w-]+)\/tests\/([\w-]+)\/resolve\/main\/(.+)$/.exec(path) ?? [];
  if (oddity !== "no-cors") {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Expose-Headers", "ETag, Content-Range, X-Linked-Etag, X-Linked-Size");
  }
  const large = /\.(safetensors|onnx)$/.test(file);
  if (oddity === "error") return failsWith(500)(response, request);
  if (oddity === "login") return failsWith(401)(response, request);
  if (oddity === "page")
    return void response.setHeader("Content-Type", "text/html; charset=utf-8").end("<!doctype html><title>Hub</title>");
  if (oddity === "gone" && large) return failsWith(404)(response, request);

  const bytes = await readFile(join(folders, folder, file));
  const etag = `"${createHash(large ? "sha256" : "sha1")
    .update(bytes)
    .digest("hex")}"`;
  if (large && !first) {
    const headers = { Location: `/cdn${path}`, "X-Linked-Etag": etag, "X-Linked-Size": bytes.length };
    return void response.writeHead(302, headers).end();
  }
  const whole = !request.headers.range;
  const half = bytes.length >> 1;
  if (large && whole && oddity === "breaks" && !broken.has(path)) {
    broken.add(path);
    response.writeHead(200, { ETag: etag, "Content-Length": bytes.length });
    response.write(bytes.subarray(0, half), () => response.destroy());
    return;
  }
  if (large && oddity === "altered") bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  const sent = large && whole && oddity === "short" ? bytes.subarray(0, half) : bytes;
  staticServer(sent, { etag, ranges: oddity !== "no-ranges" })(response, request);
}
