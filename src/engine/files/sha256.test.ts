import { createHash } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { Random } from "../random.ts";
import { sha256Hex } from "./sha256.ts";

afterEach(() => void vi.unstubAllGlobals());

const random = new Random(7);
const bytes = Uint8Array.from({ length: 100_000 }, () => random.uint32());
/** Lengths about the edges of blocks and of the padding, and one of many blocks. */
const lengths = [...Array(200).keys(), 100_000];

test.each(["with Web Crypto", "without Web Crypto"])("the digest of any number of bytes, %s", async (where) => {
  if (where === "without Web Crypto") vi.stubGlobal("crypto", {});
  for (const length of lengths) {
    // Not at the start of its buffer, as a part of a file may be.
    const data = bytes.subarray(bytes.length - length);
    expect(await sha256Hex(data)).toBe(createHash("sha256").update(data).digest("hex"));
  }
});
