import { existsSync, readFileSync } from "node:fs";
import { chapters, movedFrom } from "../../src/book.ts";
import { expect, expectAccessible, expectNoOverflow, test } from "../fixtures.ts";
import { PHONE } from "../warm-pages.ts";
import { fileOf, pages } from "./pages.ts";
import { sittings } from "./sitting.ts";

/** The chapter on which it is tried how its pages hang together. */
const decoding = chapters.find(({ slug }) => slug === "gpt-bert/decoding")!;

test("a long listing is folded, wherever it stands, and can be unfolded", async ({ page, open }) => {
  await open("/gpt-bert/decoding/beam/");
  const region = page.locator('[data-code-region="decoding/beam.ts#beam-search"]');
  await expect(region.locator("pre")).toBeHidden();
  await region.getByText(/展开代码（\d+ 行）/).click();
  await expect(region.locator("pre")).toContainText("async function* beamSearch");
});

test("one thing to try is one link that sets a demo", () => {
  for (const path of sittings) {
    const html = readFileSync(fileOf(path), "utf8");
    const [, list = ""] = /<div class="tries[^>]*>([\s\S]*?)<\/ol>/.exec(html) ?? [];
    const items = list.split("<li>").slice(1);
    if (html.includes("data-demo=")) expect(items.length, path).toBeGreaterThan(0);
    for (const item of items) expect(item, path).toMatch(/<a href="[^"]*#[\w-]+\?[\w-]+\.[^"]+"/);
  }
});

test("a link of the text sets its demo, on its page and from another", async ({ page, open }) => {
  const beam = page.locator('[data-demo="beam-tree"]');
  await open("/gpt-bert/decoding/beam/");
  await page.getByRole("link", { name: "束宽 16" }).click();
  await expect(beam.getByLabel("束宽：准确的值")).toHaveValue("16");
  await expect(beam.getByLabel("给出几首（n-best）：准确的值")).toHaveValue("5");
  await expect(beam).toBeInViewport();

  await open("/gpt-bert/decoding/greedy/");
  await page.getByRole("link", { name: "从「天」写起" }).click();
  await expect(page).toHaveURL(/\/gpt-bert\/decoding\/#step\?/);
  await expect(page.locator('[data-demo="step"]').getByLabel("开头")).toHaveValue("天");
});

test("the sidebar unfolds the chapter that is open, and no other", async ({ page, open }) => {
  const sidebar = page.getByRole("navigation", { name: "目录" });
  await open("/gpt-bert/decoding/beam/");
  await expect(sidebar.getByRole("link", { name: /^9\.6\.\d/ })).toHaveCount(decoding.sections!.length);
  await expect(sidebar.locator('[aria-current="page"]')).toHaveText("9.6.3 束搜索");
  await open("/gpt-bert/visual-bert/");
  await expect(sidebar.getByRole("link", { name: /^9\.6\.\d/ })).toHaveCount(0);
  await expect(sidebar.getByRole("link", { name: "9.6 用 GPT 生成文本" })).toBeVisible();
});

test("one page leads to the next, through all sections and on to the next chapter", async ({ page, open }) => {
  const chapter = decoding;
  const after = chapters.filter(({ status }) => status === "ready");
  const next = after[after.indexOf(chapter) + 1]!;
  await open(`/${chapter.slug}/`);
  for (const { slug } of [...(chapter.sections ?? []), next]) {
    await page.getByRole("link", { name: /^下一页/ }).click();
    await expect(page).toHaveURL(new RegExp(`/${slug}/$`));
  }
  await page.getByRole("link", { name: /^上一页/ }).click();
  await expect(page).toHaveURL(new RegExp(`/${chapter.sections!.at(-1)!.slug}/$`));
});

test("old addresses lead to where a demo or a heading is now", async ({ page, open }) => {
  for (const slug of Object.values(movedFrom(decoding))) expect(existsSync(fileOf(`/${slug}/`)), slug).toBe(true);

  await open("/gpt-bert/decoding/#beam-tree?beam-tree.numBeams=2&beam-tree.opening=山中");
  await expect(page).toHaveURL(/\/decoding\/beam\/\?backend=cpu#beam-tree\?/);
  await expect(page.getByLabel("束宽：准确的值")).toHaveValue("2");
  await expect(page.locator('[data-demo="beam-tree"]')).toBeInViewport();

  await open("/gpt-bert/decoding/#温度把分布变尖或变平");
  await expect(page).toHaveURL(/\/decoding\/sampling\//);
  await expect(page.getByRole("heading", { name: "温度：把分布变尖或变平" })).toBeInViewport();

  await open("/gpt-bert/decoding/#step?step.topK=7");
  await expect(page.locator('[data-demo="step"]')).toBeInViewport();
  await expect(page).toHaveURL(/\/gpt-bert\/decoding\/\?backend=cpu#step\?step\.topK=7$/);
});

test("who asks for a page that there is not is shown what there is", async ({ page, open }) => {
  const html = readFileSync(fileOf("/404.html"), "utf8");
  for (const { slug, status } of chapters) {
    expect(html.includes(`href="/${slug}/"`), slug).toBe(status === "ready");
  }
  expect(html).toContain('href="/contents/"');
  expect(pages).not.toContain("/404/");
  await page.setViewportSize(PHONE);
  await open("/404.html");
  await expectAccessible(page);
  await expectNoOverflow(page);
});
