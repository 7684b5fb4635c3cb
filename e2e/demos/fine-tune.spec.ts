import type { Locator, Page } from "@playwright/test";
import { TOPICS } from "../../src/components/demos/visual-bert/fine-tune/sets/topics.ts";
import { expect, expectAccessible, test as freshTest, warmTest as test } from "../fixtures.ts";
import { action, expectDone, result, run, savedFile, savedRecords, setNumber, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-bert/fine-tuning/";

/** A training small enough for a software adapter: the head alone, four steps, over a few sentences typed in. */
const SMALL =
  "fine-tune.source=own&fine-tune.examples=8&fine-tune.blocks=0&fine-tune.epochs=2&fine-tune.batch=4&fine-tune.learningRate=0.01";
/** Three sentences of each built-in topic, as a reader would type them: eight to train on, four to be asked. */
const FEW = Object.entries(TOPICS)
  .flatMap(([name, texts]) => texts.slice(0, 3).map((text) => `${name},${text}`))
  .join("\n");

/** Sentences of the reader's own: two classes, seven good lines, five bad ones. */
const OWN = [
  "类别,句子",
  "夸奖,服务员很热情",
  "夸奖,菜好吃，价钱也公道",
  "夸奖,下次还来",
  "这一行没有逗号",
  "抱怨,等了一个小时还没上菜",
  "抱怨,桌子油腻腻的,没人擦",
  '抱怨,"少了一个引号',
  "抱怨,再也不来了",
  "",
  "抱怨,再也不来了",
  "抱怨,汤是凉的",
  "问路,厕所在哪里",
].join("\n");

async function open(page: Page, visit: (path: string) => Promise<void>, settings = SMALL): Promise<Locator> {
  await visit(`${PAGE}#?${settings}`);
  const demo = await wakeDemo(page, "fine-tune");
  if (settings.includes("source=own")) await write(demo, FEW);
  return demo;
}

/** Types sentences of the reader's own. */
async function write(demo: Locator, sentences: string): Promise<void> {
  await demo.getByLabel("一行一句").fill(sentences);
}

const percent = (text: string | null): number => Number.parseFloat(text ?? "");

/** What a row of the comparison says, in percent. */
async function accuracy(demo: Locator, row: string): Promise<number> {
  return percent(await result(demo, "comparison").locator(`[data-row="${row}"] td`).textContent());
}

freshTest(
  "nothing is downloaded before it is started; then it trains, and is compared on the same sentences",
  async ({ page, open: visit, requests }) => {
    const demo = await open(page, visit);
    await expect(demo).toHaveAttribute("data-state", "idle");
    expect(requests.filter((url) => url.includes("/models/bert-zh/"))).toEqual([]);
    await expect(action(demo, "ask")).toBeDisabled();
    await run(demo, "start");
    const rows = await savedRecords(page, demo);
    expect(rows.map(({ 步 }) => Number(步))).toEqual([0, 1, 2, 3, 4]);
    // Measured before the first step and after each of two epochs.
    expect(rows.filter(({ 验证准确率 }) => 验证准确率 !== "")).toHaveLength(3);
    expect(Number(rows.at(-1)?.训练损失)).toBeLessThan(Number(rows[0]?.训练损失));
    expect(await accuracy(demo, "constant")).toBe(25);
    const tuned = 100 * Number(rows.at(-1)?.验证准确率);
    expect(Math.abs((await accuracy(demo, "tuned")) - tuned)).toBeLessThan(0.06);
    expect(await accuracy(demo, "characters")).toBeGreaterThanOrEqual(0);
    // A plot is drawn when it comes into view.
    await result(demo, "curves").getByRole("figure").last().scrollIntoViewIfNeeded();
    await expect(result(demo, "curves").locator("svg")).toHaveCount(2);
    await expect(result(demo, "parted")).toContainText("只有微调后的模型答对");

    const record = JSON.parse(await savedFile(page, demo, "export"));
    expect(record).toMatchObject({ experiment: "fine-tune", seed: 1, state: "finished", settings: { blocks: 0 } });
    expect(record.settings.training).toHaveLength(8);
  },
);

test("from two dozen sentences it beats the linear model on bags of characters", async ({ page, open: visit }) => {
  const demo = await open(page, visit, "fine-tune.blocks=0&fine-tune.epochs=6&fine-tune.learningRate=0.01");
  await action(demo, "start").click();
  await expectDone(demo, 400_000);
  expect(await accuracy(demo, "tuned")).toBeGreaterThan((await accuracy(demo, "characters")) + 5);
});

test("what is set in the midst of a run waits for the next one, and the page says so", async ({
  page,
  open: visit,
}) => {
  const demo = await open(page, visit);
  await action(demo, "step").click();
  await expect(demo.getByRole("status")).toContainText("暂停在 0 步");
  await action(demo, "step").click();
  await expect(demo.getByRole("status")).toContainText("暂停在 1 步");
  await expectAccessible(page, '[data-demo="fine-tune"]');
  await setNumber(demo, "小批", 8);
  await expect(demo.getByRole("status")).toContainText("从下一次重新开始起有效");
});

test("the reader's own sentence, before and after; what is too long or unknown is said", async ({
  page,
  open: visit,
}) => {
  const demo = await open(page, visit);
  await run(demo, "start");
  await action(demo, "ask").click();
  await expect(result(demo, "asked").locator("tbody tr")).toHaveCount(4);
  await expect(result(demo, "asked")).toContainText("逐字统计说");
  const field = demo.getByLabel("你自己的一句");
  await field.fill(`🦢${"长".repeat(700)}`);
  await action(demo, "ask").click();
  await expect(result(demo, "asked")).toContainText("模型只读了前 126 个字");
  await expect(result(demo, "asked")).toContainText("词表里没有「🦢」");
  await field.fill("[MASK]");
  await action(demo, "ask").click();
  await expect(result(demo, "asked")).not.toContainText("词表里没有");
  await expect(result(demo, "asked").locator("tbody tr")).toHaveCount(4);
  await field.fill("   ");
  await expect(action(demo, "ask")).toBeDisabled();
});

test("sentences of the reader's own: good lines are used, each bad one is named with its reason", async ({
  page,
  open: visit,
}) => {
  const demo = await open(page, visit);
  await write(demo, "");
  await expect(action(demo, "start")).toBeDisabled();
  await expect(result(demo, "notes")).toContainText("还没有能用的句子");
  await write(demo, "夸奖,很好\n夸奖,不错");
  await expect(result(demo, "notes")).toContainText("只有「夸奖」一类");
  await expect(action(demo, "start")).toBeDisabled();

  await write(demo, OWN);
  const notes = result(demo, "notes").getByRole("listitem");
  await expect(notes).toHaveText([
    /第 5 行没有用：只有一列/,
    /第 7 行没有用：有 3 列/,
    /第 8 行没有用：双引号不成对/,
    /第 11 行没有用：和第 9 行重复/,
    /第 13 行没有用：「问路」只有这一句/,
  ]);
  await expect(result(demo, "set")).toContainText("6 句，2 类：夸奖、抱怨");
  await run(demo, "start");
  await expect(result(demo, "comparison")).toContainText("同样的 4 句训练，同样的 2 句考试");
});

test("a learning rate that is far too high ends in a sentence or in numbers, and the next run works", async ({
  page,
  open: visit,
}) => {
  const demo = await open(page, visit, SMALL.replace("epochs=2", "epochs=nonsense"));
  await setNumber(demo, "遍数", 2);
  await setNumber(demo, "学习率", 10);
  await action(demo, "start").click();
  await expect(demo).toHaveAttribute("data-state", /done|error/);
  for (const row of await savedRecords(page, demo)) expect(Object.values(row)).not.toContain("NaN");
  await setNumber(demo, "学习率", 0);
  await run(demo, "start");
  const rows = await savedRecords(page, demo);
  expect(Number(rows.at(-1)?.训练损失)).toBeCloseTo(Number(rows[0]?.训练损失), 2);
});
