import type { IncomingMessage, ServerResponse } from "node:http";

/** What a test's server does with one request. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A static server that has this file, as most do. */
export function staticServer(file: Uint8Array, { etag = '"v1"', ranges = true } = {}): Answer {
  return (response, request) => {
    response.setHeader("ETag", etag);
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
    const start = Number(first);
    const end = last ? Math.min(Number(last) + 1, file.length) : file.length;
    if (!ranges || first === undefined) {
      response.setHeader("Content-Length", file.length).end(file);
    } else if (start >= file.length) {
      response.writeHead(416, { "Content-Range": `bytes */${file.length}` }).end();
    } else {
      const range = `bytes ${start}-${end - 1}/${file.length}`;
      response.writeHead(206, { "Content-Range": range, "Content-Length": end - start });
      response.end(file.subarray(start, end));
    }
  };
}

/** Promises the whole file, sends its first bytes and then nothing. */
export function stopsAfter(
  file: Uint8Array,
  bytes: number,
  headers: Record<string, string> = { ETag: '"v1"' },
): Answer {
  return (response) => {
    response.writeHead(200, { ...headers, "Content-Length": file.length }).write(file.subarray(0, bytes));
  };
}

export function failsWith(status: number): Answer {
  return (response) => void response.writeHead(status).end("<html>error</html>");
}
