import { expect, warmTest as test } from "../fixtures.ts";
import { action, result, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-gpt/";

test("walks from station to station by keyboard, before anything is loaded", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "walk");
  await demo.locator('[data-node="tokens"]').click();
  const current = demo.locator('[aria-current="step"]');
  await expect(current).toHaveAttribute("data-node", "tokens");
  await current.press("ArrowDown");
  await current.press("ArrowRight");
  await current.press("ArrowDown");
  await expect(current).toHaveAttribute("data-node", "input");
  await expect(current).toBeFocused();
  await expect(result(demo, "title")).toContainText("残差流从这里开始");
  // Of the block that came with the page the way goes on.
  await current.press("ArrowDown");
  await expect(result(demo, "trace")).toHaveText("blocks.5.ln1.normalized");
  await current.press("ArrowUp");
  await action(demo, "previous").click();
  await expect(result(demo, "trace")).toHaveText("pos_embed");
  await expect(demo).toHaveAttribute("data-state", "idle");
});

test("opens what the reader wrote, in any block and head, and says how a number came about", async ({ page, open }) => {
  await open(`${PAGE}#walk?walk.text=小猫叫米团。我喜欢米&walk.layer=2&walk.head=3`);
  const demo = await wakeDemo(page, "walk");
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "done");
  await expect(result(demo, "trace")).toHaveText("blocks.1.attn.pattern");

  // The weights of the last row are those of its arithmetic, and add up to 1.
  const cells = result(demo, "arithmetic").getByRole("row");
  await expect(cells).toHaveCount(11 + 2);
  const saved = (await savedRecords(page, demo)).at(-1)!;
  const weights = Object.entries(saved).flatMap(([head, value]) => (/^\d+ /.test(head) ? [Number(value)] : []));
  expect(weights).toHaveLength(11);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 4);

  // A source leads to where it is computed.
  await demo.getByRole("button", { name: /^掩码 \[/ }).click();
  await expect(result(demo, "trace")).toHaveText("blocks.1.attn.scores");
  await expect(result(demo, "arithmetic")).toContainText("64 个积加起来");
  await demo.locator('[data-node="next"]').click();
  await expect(demo.getByRole("table", { name: "「米」后面最可能的字" })).toContainText("团");
});

test("words of the text lead to their stations, and each lights the other up", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "walk");
  const word = page.getByRole("link", { name: "值", exact: true });
  await expect(word).not.toHaveAttribute("data-lit");
  await word.hover();
  await expect(demo.locator('[data-node="v"]')).toHaveClass(/pointed/);
  await word.click();
  await expect(result(demo, "title")).toContainText("看到以后拿走什么");
  await expect(word).toHaveAttribute("data-lit");
  await demo.locator('[data-node="k"]').click();
  await expect(word).not.toHaveAttribute("data-lit");
  await expect(page.getByRole("link", { name: "键", exact: true })).toHaveAttribute("data-lit");
});

test("a word whose station is out of sight shows its numbers beside it, to a pointer and by keyboard", async ({
  page,
  open,
}) => {
  await open(PAGE);
  const peek = result(await wakeDemo(page, "walk"), "peek");
  const word = page.getByRole("link", { name: "GELU", exact: true });
  await word.scrollIntoViewIfNeeded();
  await expect(peek).toHaveCount(0);
  await word.hover();
  await expect(peek).toContainText("负的几乎都压成零");
  await expect(peek).toContainText("[11 × 1024]");
  const [card, own] = await Promise.all([peek.boundingBox(), word.boundingBox()]);
  const gap = card!.y > own!.y ? card!.y - (own!.y + own!.height) : own!.y - (card!.y + card!.height);
  expect(gap).toBeLessThan(12);
  await page.mouse.move(0, 0);
  await expect(peek).toHaveCount(0);
  await word.focus();
  await expect(peek).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(peek).toHaveCount(0);
});

test("a film goes on by itself until it is stopped", async ({ page, open }) => {
  await open(`${PAGE}#walk?walk.station=q`);
  const demo = await wakeDemo(page, "walk");
  await action(demo, "play").click();
  await expect(action(demo, "play")).toHaveText("停住");
  await expect(result(demo, "title")).toContainText("拿什么给人找", { timeout: 10_000 });
  await demo.locator('[data-node="post"]').click();
  await expect(action(demo, "play")).toHaveText("自动走");
});

test("the map stays in sight while one reads a long station", async ({ page, open }) => {
  await open(`${PAGE}#walk?walk.station=pattern`);
  const demo = await wakeDemo(page, "walk");
  await result(demo, "arithmetic").getByRole("row").last().scrollIntoViewIfNeeded();
  await expect(demo.locator('[data-node="pattern"]')).toBeInViewport({ ratio: 1 });
});
