import { globSync, readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { formatBytes } from "../../src/components/kit/text/format.ts";
import { HASHED } from "../../src/offline/kept.ts";
import { aheadOf, BUILD_META, buildOfNeeds, type Needs } from "../../src/offline/needs.ts";
import { action, expectStored, result, run, savedFile, wake, wakeDemo } from "../demos/demo.ts";
import { expect, test as ordinary } from "../fixtures.ts";
import { OwnSite } from "./own-site.ts";
import { fileOf } from "./pages.ts";

const [list = ""] = globSync("_astro/needs.*.json", { cwd: fileOf("") });
const BUILD = buildOfNeeds(`/${list}`) ?? "";
const needs: Needs = JSON.parse(readFileSync(fileOf(`/${list}`), "utf8"));

/** The smallest. */
const MODEL = "scale-90k";

/** A server that can be taken away, with the service worker that no other test has. */
const test = ordinary.extend<{ site: OwnSite }>({
  serviceWorkers: "allow",
  site: async ({ browserName: _ }, use) => {
    const site = new OwnSite();
    await site.open();
    await use(site);
    await site.close();
  },
  baseURL: ({ site }, use) => use(site.url),
});

/** Addresses of the hashed files that are kept, below the root of the site. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(
    async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname.slice(1)),
    HASHED,
  );
}

/** Waits until everything that a page is to have is here. */
async function expectKept(page: Page, path: string): Promise<void> {
  const missing = async (): Promise<string[]> => {
    const here = new Set(await kept(page));
    return aheadOf(needs, path).filter((file) => !here.has(file));
  };
  await expect.poll(missing).toEqual([]);
}

test.describe("without a network", () => {
  test.use({ provoked: /ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED/ });

  test("a page that was read opens, its demo runs, the search finds; one that was not says so", async ({
    page,
    open,
    site,
  }) => {
    await open("/gpt-bert/decoding/");
    await run(await wakeDemo(page, "step"));
    await expectStored(page);
    await expectKept(page, "gpt-bert/decoding/");
    const search = async (): Promise<void> => {
      await page.getByRole("button", { name: "搜索" }).click();
      await page.getByRole("dialog").getByRole("textbox").fill("束搜索");
      await expect(page.getByRole("dialog").locator('a[href*="/decoding/"]').first()).toBeVisible();
    };
    await search();

    await site.close();
    await page.reload();
    const demo = await wakeDemo(page, "step");
    await run(demo);
    await expect(result(demo, "distribution")).toBeVisible();
    await search();

    await page.goto("/contents/");
    await expect(page.getByText("现在没有联网，这一页也没有在这个浏览器里打开过")).toBeVisible();
    await page.getByRole("link", { name: "用 GPT 生成文本" }).click();
    await expect(page.locator('[data-demo="step"]')).toBeVisible();
  });
});

test("a new version waits until the reader takes it; then nothing of the old one is left", async ({
  page,
  open,
  site,
}) => {
  const other = "0123456789abcdef";
  const build = page.locator(`meta[name="${BUILD_META}"]`);
  const builds = async (): Promise<(string | undefined)[]> =>
    (await kept(page)).map((file) => buildOfNeeds(`/${file}`)).filter((name) => name !== undefined);
  await open("/contents/");
  await expectKept(page, "contents/");
  await expect(action(page.locator("body"), "reopen")).toHaveCount(0);

  site.rename(BUILD, other);
  // What a browser does by itself with the next page, or once a day.
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(page.getByText("这本书有了新的版本，重新打开就是新的")).toBeVisible();
  await expect(build).toHaveAttribute("content", BUILD);
  await action(page.locator("body"), "reopen").click();
  await expect(build).toHaveAttribute("content", other);
  await expect.poll(builds).toEqual([other]);
  await expect(action(page.locator("body"), "reopen")).toHaveCount(0);
});

ordinary(
  "what is stored is listed with its size, and deleted; the demo that uses it goes on",
  async ({ page, open, requests }) => {
    const downloads = (): string[] => requests.filter((url) => url.endsWith(`/${MODEL}/model.safetensors`));
    await open("/models/");
    const told = await wake(result(page.locator("main"), "stored-models"));
    await expect(told).toHaveText("还没有下载过模型。");
    await expect(action(page.locator("main"), "delete-models")).toBeDisabled();

    const demo = await wakeDemo(page, `write-${MODEL}`);
    await run(demo);
    await expectStored(page);
    await action(page.locator("main"), "look-again").click();
    const { models } = JSON.parse(readFileSync(fileOf("/models/manifest.json"), "utf8"));
    const files: { path: string; bytes: number }[] = models.find(({ id }: { id: string }) => id === MODEL).files;
    const used = ["config.json", "tokenizer.json", "model.safetensors"];
    const size = formatBytes(files.reduce((sum, { path, bytes }) => sum + (used.includes(path) ? bytes : 0), 0));
    await expect(told).toHaveText(`已下载 1 个模型，共 ${size}。`);

    await page.getByRole("button", { name: `删除 ${MODEL}` }).click();
    await expect(told).toHaveText("还没有下载过模型。");
    await expect(told).toBeFocused();
    await run(demo);
    expect(downloads()).toHaveLength(1);
    await page.reload();
    await run(await wakeDemo(page, `write-${MODEL}`));
    expect(downloads()).toHaveLength(2);
  },
);

ordinary("where the browser stores nothing, the list says so", async ({ page, open }) => {
  await page.addInitScript(() => {
    CacheStorage.prototype.has = () => Promise.reject(new DOMException("refused", "SecurityError"));
  });
  await open("/models/");
  await expect(await wake(result(page.locator("main"), "stored-models"))).toContainText("无痕窗口");
});

ordinary("labels that were exported come back; a wrong file says why, and changes nothing", async ({ page, open }) => {
  const ranking = (id: string, time: number, ...texts: string[]) => ({
    version: 1,
    id,
    time,
    kind: "ranking",
    category: "酒店",
    opening: "房间",
    texts,
  });
  const [first, second] = [ranking("a", 1, "房间好", "房间坏"), ranking("b", 2, "房间大", "房间小")];
  const file = (labels: readonly object[]) => JSON.stringify({ format: "visible-llm labels", version: 1, labels });
  await open("/chatgpt-rlhf/rlhf-gpt/ranking/");
  const demo = await wakeDemo(page, "rank");
  const take = (text: string) =>
    action(demo, "import-labels").setInputFiles({
      name: "标注.json",
      mimeType: "application/json",
      buffer: Buffer.from(text),
    });
  const told = result(demo, "imported-labels");

  await take("组,名次");
  await expect(told).toContainText("不是 JSON，里面的东西读不出来。什么也没有改");
  await take(file([first, { ...second, texts: ["早餐好", "房间坏"] }]));
  await expect(told).toContainText("第 2 条里的评论不是从它的开头写起的");
  await expect(result(demo, "labels")).toContainText("没有排过");

  await take(file([first, second]));
  await expect(told).toContainText("新的 2 条，已经加进来");
  await expect(result(demo, "labels")).toContainText("排过 2 组");
  const exported = await savedFile(page, demo, "export-labels");
  expect(JSON.parse(exported).labels).toEqual([first, second]);

  await action(demo, "delete-labels").click();
  await action(demo, "confirm-delete").click();
  await expect(result(demo, "labels")).toContainText("没有排过");
  await take(exported);
  await expect(told).toContainText("新的 2 条");
  await take(file([first, ranking("b", 2, "房间小", "房间大"), ranking("c", 3, "房间新", "房间旧")]));
  await expect(told).toContainText("新的 1 条，已经加进来；和这里一样的 1 条；和这里不一样的 1 条");
  await expect(result(demo, "labels")).toContainText("排过 3 组");
});
