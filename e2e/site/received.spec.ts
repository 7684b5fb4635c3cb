import { expectDone, expectStored, result, run, wakeDemo } from "../demos/demo.ts";
import { expect, test } from "../fixtures.ts";

const MODELS = "/models/";
const LINK = `${MODELS}#classify-sentiment-zh?classify-sentiment-zh.text=${encodeURIComponent("饭菜很好吃。")}`;

/** What somebody gets who was sent something: a link, a text with what cannot be seen in it, a dead address. */
test("a link that brought something says so, and is computed at once where the model is stored", async ({
  page,
  open,
  context,
}) => {
  await open(LINK);
  const demo = await wakeDemo(page, "classify-sentiment-zh");
  await expect(result(demo, "stale")).toContainText("链接带来了设置，点「");
  await expect(demo).toHaveAttribute("data-state", "idle");
  await run(demo);
  await expectStored(page);

  const second = await context.newPage();
  await second.goto(page.url());
  const other = await wakeDemo(second, "classify-sentiment-zh");
  await expectDone(other);
  await expect(result(other, "classes")).toBeVisible();
});

test("what cannot be seen gets into no field, by no way", async ({ page, open }) => {
  await open(`${MODELS}#?classify-sentiment-zh.text=${encodeURIComponent("好\u200b吃\0")}`);
  const demo = await wakeDemo(page, "classify-sentiment-zh");
  const field = demo.getByLabel("一段话");
  await expect(field).toHaveValue("好吃");
  await field.fill("真\u202e好\u0000");
  await expect(field).toHaveValue("真好");
  await expect(demo.getByText("有看不见的字符（U+202E、U+0000），没有收下。")).toBeVisible();
});

test.describe("a dead address", () => {
  test.use({ provoked: /404/ });

  test("leads to the book", async ({ page, open }) => {
    await open("/nope/");
    await expect(page.locator("main").getByRole("link", { name: "首页" })).toHaveAttribute("href", /\/$/);
    await expect(page.locator("main").getByRole("link", { name: "目录" })).toHaveAttribute("href", /\/contents\/$/);
  });
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("a page is light, and says what needs one", async ({ page }) => {
    await page.goto("/gpt-bert/decoding/");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    // The browser of the tests runs no script then, and yet shows nothing of this.
    expect(
      await page
        .locator("noscript")
        .first()
        .evaluate((element) => element.outerHTML),
    ).toContain("请打开 JavaScript");
  });
});
