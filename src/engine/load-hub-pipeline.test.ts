import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Progress } from "./files/download.ts";
import { type LoadOptions, readFiles } from "./files/loader.ts";
import { RemoteFolder } from "./files/remote-folder.ts";
import { folderAddress } from "./files/source.ts";
import { inspectFolder } from "./models/inspect.ts";
import { type Oddity, startHub, type TestHub } from "./testing/hub.ts";

/**
 * The files of models that Transformers.js runs: found, downloaded and checked here, as far as Node goes. What they contain does not matter to
 * the download, so the ONNX files are numbers.
 */

const TEXTS = ["config.json", "tokenizer.json", "tokenizer_config.json"];
const ENCODER = "onnx/encoder_model_quantized.onnx";
const DECODER = "onnx/decoder_model_merged_quantized.onnx";
const ONNX = { classifier: ["onnx/model.onnx"], translator: [ENCODER, DECODER] };
const CONFIGS = {
  classifier: { architectures: ["DistilBertForSequenceClassification"], model_type: "distilbert" },
  translator: { architectures: ["MarianMTModel"], is_encoder_decoder: true, model_type: "marian" },
};
type Model = keyof typeof ONNX;
/** Length of each ONNX file. */
const ONNX_BYTES = 50_000;

let folders: string;
let hub: TestHub;

beforeAll(async () => {
  folders = await mkdtemp(join(tmpdir(), "pipelines-"));
  for (const model of ["classifier", "translator"] as const) {
    await mkdir(join(folders, model, "onnx"), { recursive: true });
    for (const path of TEXTS) {
      await writeFile(join(folders, model, path), JSON.stringify(path === "config.json" ? CONFIGS[model] : {}));
    }
    for (const [i, path] of ONNX[model].entries()) {
      await writeFile(join(folders, model, path), new Uint8Array(ONNX_BYTES).fill(i + 1));
    }
  }
  hub = await startHub(folders);
});

afterAll(async () => {
  hub.close();
  await rm(folders, { recursive: true });
});

/** A model on the hub with that oddity. */
function folderOn(oddity: Oddity, model: Model, fetch?: typeof globalThis.fetch): RemoteFolder {
  return new RemoteFolder(folderAddress(`tests/${model}`, hub.at(oddity)), fetch);
}

/** A model of which one file is asked of the hub with that oddity, from when `begin` was called; everything else is sound. */
function spoiled(oddity: Oddity, model: Model, path: string): { folder: RemoteFolder; begin: () => void } {
  let begun = false;
  const folder = folderOn("sound", model, (input, init) => {
    const address = String(input);
    return fetch(begun && address.endsWith(path) ? address.replace(hub.at("sound"), hub.at(oddity)) : address, init);
  });
  return {
    folder,
    begin: () => {
      begun = true;
    },
  };
}

/** What loading does with the folder before it opens the files. */
async function download(folder: RemoteFolder, options?: LoadOptions): Promise<Map<string, ArrayBuffer>> {
  const { files } = await inspectFolder(folder, options?.signal);
  const paths = files.map(({ path }) => path);
  return readFiles(folder, paths, options);
}

async function expectAsOnDisk(model: Model, files: ReadonlyMap<string, ArrayBuffer>): Promise<void> {
  expect([...files.keys()]).toEqual([...TEXTS, ...ONNX[model]]);
  for (const [path, bytes] of files) {
    expect(Buffer.compare(new Uint8Array(bytes), await readFile(join(folders, model, path)))).toBe(0);
  }
}

test.each<Model>(["classifier", "translator"])("%s: inspecting fetches no ONNX, loading all of it", async (model) => {
  const since = hub.requests.length;
  const folder = folderOn("sound", model);
  const { bytes, pipeline } = await inspectFolder(folder);
  expect(pipeline?.task).toBe(model === "translator" ? "translation" : "text-classification");
  const onnx = hub.requests.slice(since).filter((request) => request.includes("/onnx/"));
  expect(onnx.length).toBeGreaterThan(0);
  expect(onnx.every((request) => request.endsWith(" bytes=0-0"))).toBe(true);

  const progress: Progress[] = [];
  await expectAsOnDisk(model, await download(folder, { onProgress: (step) => progress.push(step) }));
  expect(progress.at(-1)).toEqual({ loaded: bytes, total: bytes });
});

test.each<[Oddity, string, string]>([
  ["gone", "unsupported-model", "带 ONNX 文件的其他文本模型"],
  ["error", "server-error", "config.json: HTTP 500"],
  ["login", "forbidden", "config.json: HTTP 401"],
  ["page", "web-page", "config.json"],
])("%s: inspecting says so (%s)", async (oddity, code, detail) => {
  const failure = { code, detail: expect.stringContaining(detail) };
  await expect(inspectFolder(folderOn(oddity, "classifier"))).rejects.toMatchObject(failure);
});

test("a server that fails at the ONNX file alone is not taken for one without it", async () => {
  const { folder, begin } = spoiled("error", "classifier", "onnx/model.onnx");
  begin();
  await expect(inspectFolder(folder)).rejects.toMatchObject({
    code: "server-error",
    message: "服务器出错了。请过一会儿再试（onnx/model.onnx: HTTP 500）",
  });
});

describe("what goes wrong between the reader's word and the last byte", () => {
  const cases: [Oddity, code: string, sentence: RegExp][] = [
    ["gone", "not-found", /^找不到模型文件（/],
    ["error", "server-error", /^服务器出错了。请过一会儿再试（.*: HTTP 500）$/],
    ["login", "forbidden", /HTTP 401）$/],
    ["page", "web-page", /^服务器送来的是网页，不是模型文件/],
    ["short", "truncated", /^模型文件不完整，没有使用它。请重试（/],
    ["altered", "hash-mismatch", /^模型文件的校验和不对，没有使用它/],
  ];
  test.each(cases)("%s: %s, of the one file and of the second of two", async (oddity, code, sentence) => {
    for (const [model, path] of [
      ["classifier", "onnx/model.onnx"],
      ["translator", DECODER],
    ] as const) {
      const { folder, begin } = spoiled(oddity, model, path);
      const { files } = await inspectFolder(folder);
      begin();
      const paths = files.map((file) => file.path);
      const failure = {
        code,
        message: expect.stringMatching(sentence),
        detail: expect.stringContaining(path.slice(5)),
      };
      await expect(readFiles(folder, paths)).rejects.toMatchObject(failure);
      // Nothing of it was kept that would spoil the next try.
      await expectAsOnDisk(model, await download(folderOn("sound", model)));
    }
  });
});

test.each<Model>(["classifier", "translator"])(
  "%s: connections that break are taken up where they broke",
  async (model) => {
    const since = hub.requests.length;
    const progress: number[] = [];
    const onProgress = ({ loaded }: Progress): unknown => progress.push(loaded);
    await expectAsOnDisk(model, await download(folderOn("breaks", model), { onProgress }));
    const rests = hub.requests.slice(since).filter((request) => request.endsWith(` bytes=${ONNX_BYTES / 2}-`));
    for (const path of ONNX[model]) expect(rests.some((request) => request.includes(path))).toBe(true);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  },
);

test("a server without ranges sends all of it", async () => {
  await expectAsOnDisk("translator", await download(folderOn("no-ranges", "translator")));
});

test("a download that is cancelled when the first of two ONNX files is there ends, and is made later", async () => {
  const controller = new AbortController();
  const folder = folderOn("sound", "translator");
  const { bytes } = await inspectFolder(folder);
  const onProgress = ({ loaded }: Progress): void => {
    if (loaded >= bytes - ONNX_BYTES) controller.abort();
  };
  const cancelled = download(folder, { signal: controller.signal, onProgress });
  await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
  await expectAsOnDisk("translator", await download(folder));
});
