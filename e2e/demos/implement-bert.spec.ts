import type { Locator, Page } from "@playwright/test";
import { expect, test as freshTest, warmTest as test } from "../fixtures.ts";
import { begin, change, FIRST, PAGE, SECTIONS, station } from "./bert-page.ts";
import { action, cellOf, expectDone, expectStored, result, run, savedRecords, savedRows, wakeDemo } from "./demo.ts";

/** How many rows of every stage moved, by the name of its tensor. */
async function movedRows(page: Page, demo: Locator): Promise<Record<string, number>> {
  const records = await savedRecords(page, demo);
  return Object.fromEntries(records.map((row) => [row.张量 ?? "", Number(row.变了几行)]));
}

test("one changed character moves one row until attention, and then every row", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  await change(demo, "狗坐在[MASK]子上", FIRST);
  const moved = await movedRows(page, demo);
  expect(moved).toMatchObject({
    embed: 1,
    token_type_embed: 0,
    pos_embed: 0,
    embed_sum: 1,
    full_embed: 1,
    "blocks.0.attn.q": 1,
    "blocks.0.attn_out": 8,
    "blocks.0.ln1.normalized": 8,
    "blocks.0.mlp_out": 8,
    "blocks.0.normalized_resid_post": 8,
  });
  // One head alone may hardly look at the changed character from some places.
  expect(moved["blocks.0.attn.pattern"]).toBeGreaterThan(1);
  expect(moved["blocks.0.attn.z"]).toBeGreaterThan(1);
});

test("the stations of a page say how many rows moved; the bar at the foot of the window has the same text", async ({
  page,
  open,
}) => {
  await open(SECTIONS.embeddings);
  await change(await begin(page), "狗坐在[MASK]子上", FIRST);
  await expect(result(await station(page, "embeddings"), "changes")).toHaveText(`和「${FIRST}」比，8 行里变了 1 行。`);
  await expect(result(await station(page, "ids"), "changes")).toContainText("8 个编号里变了 1 个");

  await open(SECTIONS.feedForward);
  const demo = await begin(page);
  await change(demo, "狗坐在[MASK]子上", FIRST);
  const attended = await station(page, "attention-output");
  await expect(result(attended, "changes")).toContainText("8 行里变了 8 行");
  await page.getByRole("form", { name: "改输入" }).getByLabel("改第一句").fill("狗坐在[MASK]子下");
  await expect(result(attended, "changes")).toContainText("和「狗坐在[MASK]子上」比，8 行里变了 8 行");
  await expect(demo.getByLabel("第一句")).toHaveValue("狗坐在[MASK]子下");
});

freshTest(
  "the reader's sentence goes on to the next page, and is read there beside the first one",
  async ({ page, open }) => {
    await open(PAGE);
    const demo = await begin(page);
    await expectStored(page);
    await change(demo, "狗坐在[MASK]子上", FIRST);
    const next = page.getByRole("link", { name: /^下一页/ });
    await expect(next).toHaveAttribute("href", /\/embeddings\/#\?bert\.first=/);
    await open((await next.getAttribute("href"))!);
    const input = await wakeDemo(page, "bert");
    await expect(input.getByLabel("第一句")).toHaveValue("狗坐在[MASK]子上");
    await expectDone(input);
    await expect(result(await station(page, "embeddings"), "changes")).toHaveText(
      `和「${FIRST}」比，8 行里变了 1 行。`,
    );
    await action(input, "reset").click();
    await expect(next).not.toHaveAttribute("href", /bert\./);
    // Through the page that has no such input, too.
    await open(`${PAGE}pretraining/#?bert.first=狗`);
    await wakeDemo(page, "pretraining");
    await expect(page.getByRole("link", { name: /^上一页/ })).toHaveAttribute("href", /\/model\/#\?bert\.first=/);
  },
);

test("deleting a character and typing another counts as changing it", async ({ page, open }) => {
  await open(SECTIONS.attention);
  const demo = await begin(page);
  await change(demo, "坐在[MASK]子上", FIRST);
  const scores = await station(page, "scores");
  await expect(result(scores, "changes")).toContainText("没法逐行比");
  await change(demo, "狗坐在[MASK]子上", FIRST);
  await expect(result(await station(page, "query-key-value"), "changes")).toContainText("8 行里变了 1 行");
});

test("every station shows a tensor with its axes; panels, layers and heads change it", async ({ page, open }) => {
  const shapes: Readonly<Record<keyof typeof SECTIONS, Readonly<Record<string, string>>>> = {
    embeddings: { embeddings: "[词元 8，宽 256]", "embedding-norm": "[词元 8，宽 256]" },
    model: { pooler: "[宽 256]" },
    feedForward: {
      "attention-output": "[词元 8，宽 256]",
      "feed-forward": "[词元 8，宽 1024]",
      "block-output": "[词元 8，宽 256]",
    },
    attention: {
      "query-key-value": "[词元 8，头 4，头宽 64]",
      scores: "[头 4，查询 8，键 8]",
      pattern: "[头 4，查询 8，键 8]",
      mixed: "[词元 8，头 4，头宽 64]",
    },
  };
  for (const [section, stations] of Object.entries(shapes)) {
    await open(SECTIONS[section as keyof typeof SECTIONS]);
    for (const [id, shape] of Object.entries(stations)) {
      // Drawn before anything was run, with what the build has read.
      const figure = await station(page, id);
      await expect(result(figure, "axes")).toHaveText(shape);
      await expect(figure.locator("svg path").first()).toBeAttached();
    }
  }

  await begin(page);
  const pattern = await station(page, "pattern");
  const weights = async (): Promise<number[][]> =>
    (await savedRows(page, pattern)).map((row) => row.slice(1).map(Number));
  const before = await weights();
  for (const row of before) expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 4);
  const bar = page.getByRole("form", { name: "改输入" });
  await bar.getByLabel("改看第几头").selectOption("2");
  await expect(pattern).toContainText("第 1 块，第 2 头");
  const other = await weights();
  expect(other).not.toEqual(before);
  await bar.getByLabel("改看第几块").selectOption("6");
  await expect(result(pattern, "trace")).toHaveText("blocks.5.attn.pattern");
  expect(await weights()).not.toEqual(other);
});

test("GELU has its lowest point where it should, in the last block, too", async ({ page, open }) => {
  await open(`${SECTIONS.feedForward}#bert?bert.layer=6`);
  await begin(page);
  const wide = await station(page, "feed-forward");
  await wide.getByRole("radio", { name: "GELU" }).check();
  await expect(result(wide, "trace")).toHaveText("blocks.5.mlp.post");
  const active = (await savedRows(page, wide)).flatMap((row) => row.slice(1).map(Number));
  expect(active).toHaveLength(8 * 1024);
  // Exact GELU has its lowest point there.
  expect(Math.min(...active)).toBeGreaterThan(-0.1701);
});

test("what is saved adds up: the sum of the embeddings, and the layer norm of it", async ({ page, open }) => {
  await open(SECTIONS.embeddings);
  await begin(page);
  const embeddings = await station(page, "embeddings");
  const read = async (panel: string): Promise<number[]> => {
    await embeddings.getByRole("radio", { name: panel, exact: true }).check();
    return (await savedRows(page, embeddings)).flatMap((row) => row.slice(1).map(Number));
  };
  const [words, segments, positions, sum] = [
    await read("词"),
    await read("段"),
    await read("位置"),
    await read("三者之和"),
  ];
  expect(sum).toHaveLength(8 * 256);
  const worst = sum.map((value, i) => Math.abs(value - words[i]! - segments[i]! - positions[i]!));
  expect(Math.max(...worst)).toBeLessThan(1e-5);
});

test("a value is read with the pointer and by keyboard", async ({ page, open }) => {
  await open(SECTIONS.embeddings);
  await begin(page);
  const figure = await station(page, "embedding-norm");
  const rows = await savedRows(page, figure);
  const cell = result(figure, "cell");
  const number = (text: string | null) => Number(/：([−\d.e]+)/.exec(text ?? "")?.[1]?.replace("−", "-"));

  // [MASK] is the one that is looked at.
  await expect(cell).toContainText("「[MASK]」第 1 维");
  await figure.getByRole("listbox").focus();
  for (const key of ["ArrowUp", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  await expect(cell).toContainText("「坐」第 4 维");
  expect(number(await cell.textContent())).toBeCloseTo(Number(rows[2]![4]), 3);

  // The end of the row: the window follows.
  await page.keyboard.press("End");
  await expect(cell).toContainText("「坐」第 256 维");
  await expect(figure.getByText("第 193–256 维，共 256 维")).toBeVisible();

  // The first of the 64 columns that are shown, in the fourth of eight rows.
  const cells = figure.locator("svg");
  const position = { x: 2, y: (3.5 / 8) * (await cells.boundingBox())!.height };
  await cells.hover({ position });
  await expect(cell).toContainText("「在」第 193 维");
  expect(number(await cell.textContent())).toBeCloseTo(Number(rows[3]![193]), 3);
  await cells.click({ position });
  await page.mouse.move(0, 0);
  await expect(cell).toContainText("「在」第 193 维");
  // All stations look at the same token.
  await expect((await station(page, "ids")).getByRole("button", { name: "在" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
});

test("the heads answer: what may stand at a place, and whether the sentences follow each other", async ({
  page,
  open,
}) => {
  await open(SECTIONS.model);
  const demo = await begin(page);
  await demo.getByLabel("第二句").fill("它睡着了");
  await expect(result(demo, "tokens").locator("li")).toHaveCount(13);
  const masked = await station(page, "masked-lm");
  await expect(masked).toContainText("位置 4，写的是「[MASK]」");
  await expect(result(masked, "guesses").locator("tbody tr")).toHaveCount(8);
  await station(page, "pooler");
  await expect(result(page.locator("main"), "follows")).toContainText(/概率是 .*%/);
  const stack = await station(page, "stack");
  await expect(stack.locator("tbody tr")).toHaveCount(7);
});

test("the parameters of all parts add up to the model's", async ({ page, open }) => {
  await open(SECTIONS.model);
  await begin(page);
  const table = await station(page, "parameters");
  await expect(table).toContainText("一个不差");
  const totals = await table.locator('tr:not([data-row="total"]) [data-label="共"]').allTextContents();
  const sum = totals.reduce((total, text) => total + Number(text.replaceAll(/\D/g, "")), 0);
  await expect(cellOf(table, "total", "共")).toHaveAttribute("data-value", String(sum));
});

test("says what cannot be read, and goes on with what can", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  const first = demo.getByLabel("第一句");
  await first.fill("   ");
  await expect(demo).toHaveAttribute("data-state", "error");
  await expect(result(demo, "error")).toContainText("第一句是空的");
  await first.fill("猫".repeat(600));
  await expect(first).toHaveValue("猫".repeat(60));
  await expectDone(demo);
  await expect(result(demo, "tokens").locator("li")).toHaveCount(62);
  await first.fill("看👍🏽𪚥");
  await expect(demo.getByRole("status")).toContainText("模型读到的是 [UNK]");
  await first.fill("[MASK]");
  await expect(result(demo, "tokens").locator("li")).toHaveCount(3);
  await expectDone(demo);
  await action(demo, "reset").click();
  await expect(first).toHaveValue(FIRST);
  await expect(demo).toHaveAttribute("data-state", "idle");
});

test("fast typing ends with the last text, cancelling and restarting with none lost", async ({ page, open }) => {
  await open(PAGE);
  const demo = await begin(page);
  const first = demo.getByLabel("第一句");
  for (const text of ["人", "人坐", "人坐在", "人坐在[MASK]", "人坐在[MASK]子下"]) await first.fill(text);
  await expect(result(demo, "tokens").locator(".token")).toHaveText([
    "[CLS]",
    "人",
    "坐",
    "在",
    "[MASK]",
    "子",
    "下",
    "[SEP]",
  ]);
  await expectDone(demo);
  for (let i = 0; i < 10; i++) {
    await action(demo, "run").click();
    await action(demo, "run").or(action(demo, "cancel")).first().click({ force: true });
  }
  await expect(demo).toHaveAttribute("data-state", /done|idle/);
  await expect(result(demo, "error")).toHaveCount(0);
});

test("a step of pre-training makes the right answers likelier; what is asked follows the seed", async ({
  page,
  open,
}) => {
  await open(`${PAGE}pretraining/#pretraining?pretraining.steps=1`);
  const demo = await wakeDemo(page, "pretraining");
  await run(demo, "start");
  const [before, after] = await savedRecords(page, demo);
  expect(Number(after?.填空的损失)).toBeLessThan(Number(before?.填空的损失));
  expect(Number(after?.两者之和)).toBeLessThan(Number(before?.两者之和));
  const places = () =>
    demo.locator("[data-row]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-row")));
  const asked = await places();
  await action(demo, "next-seed").click();
  await run(demo, "start");
  expect(await places()).not.toEqual(asked);
  await demo.getByLabel("第二句", { exact: true }).fill(" ");
  await action(demo, "start").click();
  await expect(result(demo, "error")).toContainText("第二句是空的");
});
