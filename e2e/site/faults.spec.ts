import type { Page, Route } from "@playwright/test";
import { action, expectDone, expectStored, result, run, savedFile, wakeDemo } from "../demos/demo.ts";
import { expect, test } from "../fixtures.ts";

const PAGE = "/gpt-bert/decoding/";
const WEIGHTS = "**/gpt-poem/model.safetensors";
const WORKER = "**/_astro/worker-*.js";
/** Prepended to the engine's worker, for `deviceUnderTest.destroy()`: what a driver that crashes does. */
const KEEP_DEVICE = `const requestDevice = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...args) {
    return (self.deviceUnderTest = await requestDevice.apply(this, args));
  };`;

// What breaks here breaks outside the page: a server, a connection, a graphics driver. The engine itself is the real one.
test.use({ provoked: /gpt-poem|manifest\.json|Failed to load resource/ });

/** Runs the step demo and expects its error to say this; then mends the fault, and expects the next run to succeed. */
async function expectFaultThenRecovery(page: Page, sentence: string, mend: () => Promise<void>): Promise<void> {
  const demo = await wakeDemo(page, "step");
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "error");
  await expect(result(demo, "error")).toContainText(sentence);
  await mend();
  await run(demo);
  await expect(result(demo, "error")).toHaveCount(0);
  await expect(result(demo, "distribution")).toBeVisible();
}

/** Answers with the real file after `change`. */
async function altered(route: Route, change: (body: Buffer) => Buffer): Promise<void> {
  const response = await route.fetch();
  await route.fulfill({ response, body: change(await response.body()), headers: {} });
}

test("a model file that is missing is named, and the next try works", async ({ page, open }) => {
  await page.route(WEIGHTS, (route) => route.fulfill({ status: 404 }));
  await open(PAGE);
  await expectFaultThenRecovery(page, "找不到模型文件（model.safetensors）", () => page.unroute(WEIGHTS));
});

test("half a model file is not used", async ({ page, open }) => {
  await page.route(WEIGHTS, (route) => altered(route, (body) => body.subarray(0, body.length >> 1)));
  await open(PAGE);
  await expectFaultThenRecovery(page, "模型文件不完整，没有使用它", () => page.unroute(WEIGHTS));
});

test("a model file with one changed bit is not used", async ({ page, open }) => {
  const flip = (body: Buffer): Buffer => {
    const copy = Buffer.from(body);
    copy[copy.length - 1000] = (copy[copy.length - 1000] ?? 0) ^ 1;
    return copy;
  };
  await page.route(WEIGHTS, (route) => altered(route, flip));
  await open(PAGE);
  await expectFaultThenRecovery(page, "模型文件的校验和不对", () => page.unroute(WEIGHTS));
});

test("a manifest that is no manifest is said to be none", async ({ page, open }) => {
  await page.route("**/models/manifest.json", (route) => route.fulfill({ body: "<html>" }));
  await open(PAGE);
  await expectFaultThenRecovery(page, "manifest.json 不是 JSON", () => page.unroute("**/models/manifest.json"));
});

test("a connection that is gone says so, and the demo goes on when it is back", async ({ page, open }) => {
  await page.route(WEIGHTS, (route) => route.abort("connectionfailed"));
  await open(PAGE);
  await expectFaultThenRecovery(page, "网络没有响应", () => page.unroute(WEIGHTS));
});

test("a second tab takes the model from the cache, and a page that has its model runs without a network", async ({
  page,
  open,
  context,
}) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "step");
  await run(demo);
  await expectStored(page);

  const second = await context.newPage();
  const downloads: string[] = [];
  second.on("request", (request) => downloads.push(request.url()));
  await second.goto(page.url());
  const other = await wakeDemo(second, "step");
  await run(other);
  expect(downloads.filter((url) => url.endsWith(".safetensors"))).toEqual([]);

  await context.setOffline(true);
  await run(demo);
  await expect(result(demo, "distribution")).toBeVisible();
});

test("without WebGPU the demos run on the CPU and say why", async ({ page, baseURL }) => {
  await prependToWorker(page, "delete WorkerNavigator.prototype.gpu;");
  await page.goto(new URL(PAGE, baseURL).href);
  const demo = await wakeDemo(page, "step");
  await run(demo);
  await demo.getByText("CPU · WebAssembly SIMD").click();
  await expect(demo.getByText("这个浏览器没有 WebGPU")).toBeVisible();
});

test("a training that cannot begin says so, and how it can", async ({ page, baseURL }) => {
  await prependToWorker(page, "delete WorkerNavigator.prototype.gpu;");
  await page.goto(new URL("/chatgpt-rlhf/ppo-cartpole/?backend=webgpu", baseURL).href);
  const demo = await wakeDemo(page, "train");
  await action(demo, "start").click();
  await expect(result(demo, "error")).toContainText("去掉网址里的 ?backend=webgpu");
  await expect(demo.getByRole("status")).toHaveText("没有开始，什么也没有量到。");
});

test("a browser that is too old is told so by the demos, which are there nevertheless", async ({ page, open }) => {
  await page.addInitScript(
    "delete Promise.withResolvers; delete AbortSignal.any; delete Map.groupBy; delete Intl.Segmenter;",
  );
  await open("/");
  const demo = await wakeDemo(page, "opening");
  await action(demo, "run").click();
  await expect(result(demo, "error")).toContainText("浏览器太旧");
});

test("a GPU device destroyed in mid-generation: all six texts go on, on the CPU, to the same end", async ({
  page,
  baseURL,
}) => {
  await prependToWorker(page, KEEP_DEVICE);
  const starting = page.waitForEvent("worker");
  await page.goto(new URL(`${PAGE}combined/?backend=webgpu`, baseURL).href);
  const demo = await wakeDemo(page, "compare");
  await action(demo, "run").click();
  const worker = await starting;
  await expect(demo).toHaveAttribute("data-state", "running");
  await expect(result(demo, "poem").first()).toContainText(/\p{Script=Han}{3}/u);
  await worker.evaluate("deviceUnderTest.destroy()");
  await expectDone(demo);
  const interrupted = await result(demo, "poem").allTextContents();
  await demo.getByText("CPU · WebAssembly SIMD").click();
  await expect(demo.getByText("中断了，已改用 CPU 继续")).toBeVisible();

  await run(demo);
  expect(await result(demo, "poem").allTextContents()).toEqual(interrupted);
});

test("a GPU device destroyed in mid-training: the run ends with a sentence and its record, and the next one trains on the CPU", async ({
  page,
  baseURL,
}) => {
  await prependToWorker(page, KEEP_DEVICE);
  const settings =
    "train.steps=500000&train.environments=2&train.horizon=8&train.epochs=1&train.minibatch=16&train.width=4";
  await page.goto(new URL(`/chatgpt-rlhf/ppo-cartpole/?backend=webgpu#?${settings}`, baseURL).href);
  const demo = await wakeDemo(page, "train");
  await action(demo, "start").click();
  // 16 steps a record, and there are two.
  await expect(demo.getByRole("status")).toContainText(/正在训练：(?!0 |16 )\d/);
  const [worker] = page.workers();
  await worker?.evaluate("deviceUnderTest.destroy()");
  await expect(demo).toHaveAttribute("data-state", "error");
  await expect(result(demo, "error")).toContainText("显卡设备中断了。重新开始就改用 CPU");
  const record = JSON.parse(await savedFile(page, demo, "export"));
  expect(record).toMatchObject({ state: "failed", device: expect.not.stringContaining("WebAssembly") });
  expect(record.records.length).toBeGreaterThanOrEqual(2);

  await demo.getByRole("button", { name: "重来" }).click();
  await expect(demo.getByRole("status")).toContainText(/正在训练：[1-9]/);
  await expect(demo.getByText("CPU · WebAssembly SIMD")).toBeVisible();
  await action(demo, "stop").click();
  await expect(demo.getByRole("status")).toContainText("停下了");
});

/** Runs a line in the engine's worker before its own script: the place to take away what a browser may lack. */
async function prependToWorker(page: Page, script: string): Promise<void> {
  await page.route(WORKER, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });
}
