import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "@playwright/test";
import { formatCount } from "../../src/components/kit/text/format.ts";
import { parseManifest } from "../../src/engine/files/manifest.ts";
import { expect, test } from "../fixtures.ts";
import { action, expectDone, result, run, setNumber, wakeDemo } from "./demo.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const POEM = `${root}public/models/gpt-poem`;
const TINY = `${root}src/engine/testdata/folders`;
const FILES = ["config.json", "tokenizer.json", "model.safetensors"];

test.beforeEach(async ({ open }) => {
  await open("/your-model/");
});

/** Chooses files and looks at what they are. */
async function drop(demo: Locator, paths: readonly string[]): Promise<void> {
  await demo.getByLabel("模型的文件").setInputFiles([...paths]);
  await action(demo, "run").click();
}

async function chooseAddress(demo: Locator, address: string): Promise<void> {
  await demo.getByRole("radio", { name: "网上的地址" }).check();
  await demo.getByLabel("模型名或文件夹的地址").fill(address);
}

async function expectError(demo: Locator, sentence: string): Promise<void> {
  await expect(demo).toHaveAttribute("data-state", "error");
  await expect(result(demo, "error")).toContainText(sentence);
}

test("the reader's own GPT-2: looked at, agreed to, and it writes", async ({ page }) => {
  const demo = await wakeDemo(page, "your-model");
  await drop(
    demo,
    [...FILES, "README.md"].map((file) => `${POEM}/${file}`),
  );
  await expectDone(demo);
  const report = result(demo, "report");
  const manifest: unknown = JSON.parse(await readFile(`${root}public/models/manifest.json`, "utf8"));
  const { parameters = 0 } = parseManifest(manifest).models.find(({ id }) => id === "gpt-poem") ?? {};
  await expect(report).toContainText("gpt2");
  await expect(report).toContainText(`${formatCount(parameters)}个`);
  await expect(report).toContainText("本书的引擎");

  await expect(action(demo, "run")).toHaveText(/^同意，读取 [\d.]+\sMB$/);
  await action(demo, "run").click();
  await expect(action(demo, "run")).toHaveText("接着写");
  await demo.getByLabel("开头").fill("[五绝][诗]");
  await action(demo, "run").click();
  await expect(result(demo, "text")).toContainText(/\p{Script=Han}{4}/u);
  await expectDone(demo);
  const first = await result(demo, "text").textContent();
  await run(demo);
  await expect(result(demo, "text")).toHaveText(first ?? "");

  await action(demo, "reset").click();
  await expect(demo).toHaveAttribute("data-state", "idle");
  await expect(demo.getByLabel("模型的文件")).toBeVisible();
});

test("a BERT fills the mask with ten guesses, and says what it lacks without one", async ({ page }) => {
  const demo = await wakeDemo(page, "your-model");
  await drop(
    demo,
    FILES.map((file) => `${TINY}/bert/${file}`),
  );
  await expectDone(demo);
  await action(demo, "run").click();
  await expect(action(demo, "run")).toHaveText("猜");
  await demo.getByLabel("一句话，用 [MASK] 遮住要猜的词元").fill("春眠不觉晓");
  await action(demo, "run").click();
  await expectError(demo, "文字里要有 [MASK]");
  await demo.getByLabel("一句话，用 [MASK] 遮住要猜的词元").fill("春眠不[MASK]晓，处处[MASK]啼鸟");
  await run(demo);
  await expect(result(demo, "guesses")).toHaveCount(2);
  await expect(result(demo, "guesses").first().locator("tbody tr")).toHaveCount(10);
});

test("a T5 makes of a text what transformers' `generate()` makes of it, greedily and with beams, and draws", async ({
  page,
}) => {
  const expected = JSON.parse(await readFile(`${TINY}/t5/expected.json`, "utf8"));
  const demo = await wakeDemo(page, "your-model");
  await drop(
    demo,
    FILES.map((file) => `${TINY}/t5/${file}`),
  );
  await expectDone(demo);
  await expect(result(demo, "report")).toContainText("t5");
  await action(demo, "run").click();
  await expect(action(demo, "run")).toHaveText("生成");
  await demo.getByLabel("输入").fill(expected.text);
  await setNumber(demo, "最多写几个词元", 12);
  await run(demo);
  const [greedy, beams] = expected.written;
  await expect(result(demo, "text")).toHaveText(`${expected.text} → ${greedy.decoded[0]}`);
  await demo.getByRole("radio", { name: "束搜索" }).check();
  await run(demo);
  await expect(result(demo, "text")).toHaveText(`${expected.text} → ${beams.decoded[0]}`);
  await demo.getByRole("radio", { name: "采样" }).check();
  await expect(demo.getByRole("slider", { name: "温度" })).toBeVisible();
  await run(demo);
  await expect(result(demo, "text")).toContainText(`${expected.text} → `);
});

test("a classifier in ONNX runs in Transformers.js, with nothing from anywhere else", async ({ page }) => {
  const demo = await wakeDemo(page, "your-model");
  const files = ["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx"];
  await drop(
    demo,
    files.map((file) => `${TINY}/distilbert/${file}`),
  );
  await expectDone(demo);
  await expect(result(demo, "report")).toContainText("Transformers.js，任务是 text-classification");
  await action(demo, "run").click();
  await expect(action(demo, "run")).toHaveText("运行");
  await demo.getByLabel("文字").fill("春眠不[MASK]晓，hello world");
  await run(demo);
  await expect(result(demo, "scores")).toContainText("积极");
  await expect(result(demo, "scores")).toContainText("99.5%");
});

test.describe("a text that ONNX Runtime cannot read", () => {
  test.use({ provoked: /model execution|Inputs given to model/ });

  test("is said to be none, and the next one is read", async ({ page }) => {
    const demo = await wakeDemo(page, "your-model");
    const files = ["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx"];
    await drop(
      demo,
      files.map((file) => `${TINY}/distilbert/${file}`),
    );
    await expectDone(demo);
    await action(demo, "run").click();
    await expect(action(demo, "run")).toHaveText("运行");
    await demo.getByLabel("文字").fill("春".repeat(100));
    await action(demo, "run").click();
    await expect(result(demo, "error")).toContainText("输入不能用");
    await demo.getByLabel("文字").fill("春");
    await action(demo, "run").click();
    await expect(result(demo, "scores")).toContainText("积极");
  });
});

test("nothing is asked of an address before the first button, and no weights before the second", async ({
  page,
  requests,
  baseURL,
}) => {
  const asked = (): string[] => requests.filter((url) => url.includes("/models/gpt-poem/"));
  const demo = await wakeDemo(page, "your-model");
  await chooseAddress(demo, `${baseURL}/models/gpt-poem/`);
  await expect(demo.getByRole("status")).toHaveText("按下按钮之前，不会访问这个地址。");
  expect(asked()).toEqual([]);

  const ranges: (string | undefined)[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("model.safetensors")) ranges.push(request.headers().range);
  });
  await run(demo);
  await expect(action(demo, "run")).toHaveText(/^同意，下载 [\d.]+\sMB$/);
  expect(ranges.length).toBeGreaterThan(0);
  expect(ranges.every((range) => range !== undefined)).toBe(true);

  await action(demo, "run").click();
  await expect(action(demo, "run")).toHaveText("接着写");
  expect(ranges.at(-1)).toBeUndefined();
});

test("a download can be cancelled and taken up again", async ({ page, baseURL }) => {
  const demo = await wakeDemo(page, "your-model");
  await chooseAddress(demo, `${baseURL}/models/gpt-poem/`);
  await run(demo);
  const arrived = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  await page.route("**/gpt-poem/model.safetensors", async (route) => {
    arrived.resolve();
    await released.promise;
    await route.continue().catch(() => {});
  });
  await action(demo, "run").click();
  await arrived.promise;
  await expect(demo).toHaveAttribute("data-state", "loading");
  await action(demo, "cancel").click();
  await expect(demo).toHaveAttribute("data-state", "idle");
  released.resolve();
  await page.unroute("**/gpt-poem/model.safetensors");
  await action(demo, "run").click();
  await expect(action(demo, "run")).toHaveText("接着写");
});

test.describe("each fault has its sentence, and the reader can try again", () => {
  test.use({ provoked: /HTTP \d+|Failed to load resource/ });

  async function altered(file: string, change: (bytes: Buffer) => Buffer | string) {
    const bytes = await readFile(`${TINY}/gpt2/${file}`);
    return { name: file, mimeType: "", buffer: Buffer.from(change(bytes)) };
  }

  async function expectRefusal(page: Page, file: string, change: (bytes: Buffer) => Buffer | string, says: string) {
    const demo = await wakeDemo(page, "your-model");
    const files = await Promise.all(FILES.map((name) => altered(name, name === file ? change : (bytes) => bytes)));
    await demo.getByLabel("模型的文件").setInputFiles(files);
    await action(demo, "run").click();
    await expectError(demo, says);
    await drop(
      demo,
      FILES.map((name) => `${TINY}/gpt2/${name}`),
    );
    await expectDone(demo);
  }

  test("no file, and files that are not enough", async ({ page }) => {
    const demo = await wakeDemo(page, "your-model");
    await action(demo, "run").click();
    await expectError(demo, "没有选中任何文件");
    await drop(demo, [`${TINY}/gpt2/config.json`]);
    await expectError(demo, "缺少 tokenizer.json、model.safetensors");
  });

  test("another architecture", async ({ page }) => {
    const change = (bytes: Buffer): string => bytes.toString().replace('"gpt2"', '"llama"');
    await expectRefusal(page, "config.json", change, "model_type 是 llama；能运行的是 gpt2、bert");
  });

  test("half a file", async ({ page }) => {
    await expectRefusal(page, "model.safetensors", (bytes) => bytes.subarray(0, bytes.length >> 1), "模型文件不完整");
  });

  test("a pointer in the place of a file", async ({ page }) => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 16872\n`;
    await expectRefusal(page, "model.safetensors", () => pointer, "model.safetensors 是 Git LFS 的指针");
  });

  test("another shape", async ({ page }) => {
    const change = (bytes: Buffer): string => bytes.toString().replace('"n_positions": 32', '"n_positions": 64');
    await expectRefusal(page, "config.json", change, "张量的形状和 config.json 说的不一样");
  });
});

test.describe("each fault of a server has its sentence", () => {
  test.use({ provoked: /HTTP \d+|Failed to load resource|ERR_/ });

  for (const [status, sentence] of [
    [404, "缺少 config.json、tokenizer.json、model.safetensors"],
    [401, "服务器拒绝给出文件"],
    [500, "服务器出错了"],
  ] as const) {
    test(`HTTP ${status}`, async ({ page, baseURL }) => {
      await page.route("**/models/elsewhere/**", (route) => route.fulfill({ status }));
      const demo = await wakeDemo(page, "your-model");
      await chooseAddress(demo, `${baseURL}/models/elsewhere/`);
      await action(demo, "run").click();
      await expectError(demo, sentence);
    });
  }

  test("a page in the place of files, and no connection", async ({ page, baseURL }) => {
    await page.route("**/models/elsewhere/**", (route) =>
      route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><title>404</title>" }),
    );
    const demo = await wakeDemo(page, "your-model");
    await chooseAddress(demo, `${baseURL}/models/elsewhere/`);
    await action(demo, "run").click();
    await expectError(demo, "服务器送来的是网页");
    await page.context().setOffline(true);
    await page.unroute("**/models/elsewhere/**");
    await action(demo, "run").click();
    await expectError(demo, "没有联网");
  });

  test("an address that is none is said to be none before anything is sent", async ({ page }) => {
    const demo = await wakeDemo(page, "your-model");
    await chooseAddress(demo, "ftp://example.org/");
    await expect(demo.getByText("应是「作者/模型名」")).toBeVisible();
    await action(demo, "run").click();
    await expectError(demo, "应是「作者/模型名」");
  });
});
