/**
 * Reads a file of the repository, in Node and in a browser test alike.
 *
 * @param path from the repository's root, such as `src/engine/testdata/ops.safetensors` or
 *   `public/models/gpt-poem/config.json`
 * @throws Error when there is no such file
 */
export async function loadFixture(path: string): Promise<ArrayBuffer> {
  const root = new URL("../../../", import.meta.url);
  if (root.protocol === "file:") {
    const { readFile } = await import("node:fs/promises");
    const { buffer, byteOffset, byteLength } = await readFile(new URL(path, root));
    return buffer.slice(byteOffset, byteOffset + byteLength);
  }
  // Vite serves what lies in public/ from the root.
  const response = await fetch(new URL(path.replace(/^public\//, ""), root));
  // For a path that it does not know, Vite's server answers with the test page.
  if (!response.ok || response.headers.get("content-type")?.startsWith("text/html")) {
    throw new Error(`There is no fixture at ${path} (HTTP ${response.status}).`);
  }
  return response.arrayBuffer();
}
