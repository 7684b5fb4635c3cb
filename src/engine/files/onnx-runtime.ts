import address from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import type { ModelFolder } from "./folder.ts";
import { RemoteFolder } from "./remote-folder.ts";

/** The WebAssembly of ONNX Runtime, which the build copies out of its package: some 14 MB, from this site and from no CDN. */
const url = new URL(address, import.meta.url);

/** Its path in a folder that `withRuntime` gives. */
export const RUNTIME_FILE = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);

/** The folder with the runtime as one more file: it is downloaded, shown and kept like the files of the model. */
export function withRuntime(folder: ModelFolder): ModelFolder {
  const runtime = new RemoteFolder(new URL(".", url));
  const holderOf = (path: string): ModelFolder => (path === RUNTIME_FILE ? runtime : folder);
  return {
    title: folder.title,
    stat: (path, signal) => holderOf(path).stat(path, signal),
    slice: (path, ...range) => holderOf(path).slice(path, ...range),
    read: (path, options) => holderOf(path).read(path, options),
  };
}
