import { fetched } from "../errors.ts";

/**
 * SHA-256 (FIPS 180-4) of a file, as 64 lower-case hexadecimal digits.
 *
 * Web Crypto does it where it exists; pages on plain http:// (a classroom's http://192.168.…) do not have it, and the
 * check must hold there, too.
 */
export async function sha256Hex(data: Uint8Array<ArrayBuffer>): Promise<string> {
  // The type does not say so, but it is absent in insecure contexts.
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;
  if (subtle) return toHex(new Uint8Array(await subtle.digest("SHA-256", data)));
  const { sha256 } = await fetched("SHA-256", import("./sha256-plain.ts"));
  return toHex(sha256(data));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
