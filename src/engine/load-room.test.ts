import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Backend } from "./backends/backend.ts";
import { createCpuBackend } from "./backends/cpu/cpu.ts";
import { Engine } from "./engine.ts";
import { parseSafetensors } from "./files/safetensors.ts";
import { asFiles } from "./testing/folders.ts";

const FOLDER = fileURLToPath(new URL("./testdata/folders/gpt2", import.meta.url));
/** Tokens of a vocabulary whose embeddings, 8 numbers each, take 16 GB. */
const VOCABULARY = 500_000_000;

let engine: Engine;
let huge: File[];

beforeAll(async () => {
  engine = await Engine.create(new URL("http://127.0.0.1:1/models/"), "cpu", () => {});
  const [config, tokenizer, weights] = await Promise.all(
    ["config.json", "tokenizer.json", "model.safetensors"].map((name) => readFile(`${FOLDER}/${name}`)),
  );
  const small = asFiles({
    "config.json": JSON.stringify({ ...JSON.parse(String(config)), vocab_size: VOCABULARY }),
    "tokenizer.json": new Uint8Array(tokenizer!),
  });
  const table = { dtype: "F32", shape: [VOCABULARY, 8], bytes: VOCABULARY * 8 * 4 };
  const tensors = parseSafetensors(new Uint8Array(weights!).buffer);
  huge = [...small, hugeFile(new Map<string, TableEntry>([...tensors, ["transformer.wte.weight", table]]))];
});

afterEach(() => {
  vi.restoreAllMocks();
});

test("a model that will not fit is refused before it is read", async () => {
  await expect(engine.load({ files: huge })).rejects.toMatchObject({
    code: "out-of-memory",
    detail: expect.stringMatching(/^要 152\d\d MiB，还能放 \d+ MiB$/),
  });
});

test("a tensor that is larger than any buffer of the device is refused before it is read", async () => {
  // As a GPU has it: nobody knows how much it holds, but no buffer is larger than so much.
  const limits = { bytes: Number.POSITIVE_INFINITY, storageBytes: 2 ** 30 - 4 };
  const prototype: Backend = Object.getPrototypeOf(await createCpuBackend());
  vi.spyOn(prototype, "limits", "get").mockReturnValue(limits);
  const before = engine.memory;
  await expect(engine.load({ files: huge })).rejects.toMatchObject({
    code: "out-of-memory",
    // The need is rounded up, the room down: the sentence never says that it would fit.
    detail: "最大的张量要 15259 MiB，一块显存最多 1023 MiB",
  });
  expect(engine.memory).toEqual(before);
});

/** A file of many gigabytes, of which only the header is there: it speaks of the tensors, and of a table behind them. */
class HugeFile extends File {
  readonly #size: number;

  constructor(header: Uint8Array<ArrayBuffer>, size: number) {
    super([header], "model.safetensors");
    this.#size = size;
  }

  override get size(): number {
    return this.#size;
  }
}

interface TableEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes?: number;
  readonly data?: Uint8Array;
}

function hugeFile(tensors: ReadonlyMap<string, TableEntry>): File {
  let end = 0;
  const entries = [...tensors].map(([name, { dtype, shape, bytes, data }]) => {
    const begin = end;
    end += bytes ?? data?.length ?? 0;
    return [name, { dtype, shape, data_offsets: [begin, end] }];
  });
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const header = new Uint8Array(8 + json.length);
  new DataView(header.buffer).setBigUint64(0, BigInt(json.length), true);
  header.set(json, 8);
  return new HugeFile(header, header.length + end);
}
