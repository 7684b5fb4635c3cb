import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { action, expectDone, result, run, savedFile, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/chatgpt-rlhf/rlhf-gpt/";
const PROMPTS = encodeURIComponent("酒店，房间\n外卖，");

/** Gives every review of the round as many stars. */
async function rateAll(demo: Locator, stars: readonly number[]): Promise<void> {
  const reviews = result(demo, "draft").getByRole("listitem");
  await expect(reviews).toHaveCount(stars.length);
  for (const [i, star] of stars.entries()) {
    await reviews
      .nth(i)
      .getByRole("radio", { name: `${star} 星` })
      .check();
  }
}

async function learn(demo: Locator, round: number): Promise<void> {
  await action(demo, "learn").click();
  await expect(result(demo, "learned")).toContainText(`第 ${round} 轮平均`);
  await expectDone(demo);
}

async function exported(page: Page, demo: Locator): Promise<{ version: number; labels: readonly object[] }> {
  return JSON.parse(await savedFile(page, demo, "export-labels"));
}

/** What another tab of the site would store. */
function storeElsewhere(page: Page, labels: readonly object[]): Promise<void> {
  return page.evaluate(
    (stored) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("visible-llm-labels");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const change = opening.result.transaction("labels", "readwrite");
          for (const label of stored) change.objectStore("labels").put(label);
          change.oncomplete = () => {
            opening.result.close();
            new BroadcastChannel("visible-llm-labels").postMessage(null);
            resolve();
          };
        };
      }),
    labels,
  );
}

const ranking = (id: string, ...texts: string[]) => ({
  version: 1,
  id,
  time: 1,
  kind: "ranking",
  category: "酒店",
  opening: "",
  texts,
});

test("stars are the reward: PPO learns a round; from equal stars it learns nothing, and says so", async ({
  page,
  open,
}) => {
  await open(`${PAGE}stars/#?stars.batch=2&stars.length=4&stars.prompts=${PROMPTS}`);
  const demo = await wakeDemo(page, "stars");
  await action(demo, "begin").click();
  await expect(action(demo, "learn")).toBeDisabled();
  await rateAll(demo, [5, 1]);
  await learn(demo, 1);
  await expect(result(demo, "learned")).toContainText("平均 3.0 星，学了 2 遍");

  await rateAll(demo, [2, 2]);
  await expect(result(demo, "foreseen")).toContainText("优势全是 0");
  await learn(demo, 2);
  await expect(result(demo, "learned")).toContainText("权重一个也没动");
  // Behind them the reviews of the next round, which have none yet.
  expect((await savedRecords(page, demo)).map(({ 星 }) => 星)).toEqual(["5", "1", "2", "2", "", ""]);

  await action(demo, "compare").click();
  await expect(result(demo, "samples").getByRole("listitem")).toHaveCount(8);

  // The run is over with the page, the stars are not.
  const asking = page.waitForEvent("dialog");
  const reloading = page.reload();
  await (await asking).accept();
  await reloading;
  await expect(result(await wakeDemo(page, "stars"), "labels")).toContainText("打过 4 条的星，平均 2.5 星");
});

test("what was written before anyone asked can be rated at once; the model learns from these stars", async ({
  page,
  open,
  requests,
}) => {
  await open(`${PAGE}stars/`);
  const demo = await wakeDemo(page, "stars");
  const reviews = result(demo, "draft").getByRole("listitem");
  await expect(reviews).toHaveCount(8);
  const first = await reviews.first().getByRole("paragraph").textContent();
  await reviews.first().getByRole("radio", { name: "5 星" }).check();
  await reviews.nth(1).getByRole("radio", { name: "1 星" }).check();
  expect(requests.filter((url) => url.includes("/models/gpt-review/"))).toEqual([]);
  await learn(demo, 1);
  await expect(result(demo, "learned")).toContainText("平均 3.0 星，学了 2 遍");
  const rows = await savedRecords(page, demo);
  expect(rows.filter(({ 轮 }) => 轮 === "1").map(({ 星 }) => 星)).toEqual(["5", "1", "", "", "", "", "", ""]);
  expect(first).toContain(rows[0]?.评论);
  expect(rows.filter(({ 轮 }) => 轮 === "2")).toHaveLength(8);
});

test("the groups that wait at first are ranked without a download, and not written again", async ({
  page,
  open,
  requests,
}) => {
  await open(`${PAGE}ranking/#?rank.groups=2`);
  const demo = await wakeDemo(page, "rank");
  const waiting = async () => (await savedRecords(page, demo)).map(({ 评论 }) => 评论);
  const first = await waiting();
  expect(first).toHaveLength(24);
  await action(demo, "accept").click();
  await expect(result(demo, "labels")).toContainText("排过 1 组，成 6 对");
  expect(requests.filter((url) => url.includes("/models/"))).toEqual([]);
  await action(demo, "write").click();
  await expect(demo).toHaveAttribute("data-figure", "live");
  const [ranked, others] = [(await waiting()).slice(0, 4), (await waiting()).slice(4)];
  expect(first).toEqual(expect.arrayContaining(ranked));
  expect(others.filter((text) => first.includes(text))).toEqual([]);
});

test("rankings train a reward model, and PPO runs against it while the built-in one looks on", async ({
  page,
  open,
}) => {
  const small = `rank.size=3&rank.groups=2&rank.length=12&rank.prompts=${PROMPTS}&reward.labeller=reader&reward.steps=20&reward.heldOut=0.5&reward.length=6`;
  await open(`${PAGE}ranking/#?${small}&own.iterations=1&own.batch=2&own.length=4`);
  const rank = await wakeDemo(page, "rank");
  await action(rank, "write").click();
  const order = result(rank, "order").getByRole("listitem");
  await expect(order).toHaveCount(3);

  // By the keyboard: the last to the top; the focus stays with it until it can go no further.
  const last = await order.nth(2).getByRole("paragraph").textContent();
  await order.nth(2).getByRole("button", { name: "往上" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(order.first().getByRole("paragraph")).toHaveText(last ?? "");
  await expect(order.first().getByRole("button", { name: "往下" })).toBeFocused();
  await action(rank, "accept").click();
  await action(rank, "accept").click();
  await expect(result(rank, "labels")).toContainText("排过 2 组，成 6 对");

  // One of them again, and with the mouse the first below the last.
  await action(rank, "again").click();
  const before = await order.getByRole("paragraph").allTextContents();
  const [top, bottom] = [await order.first().locator("b").boundingBox(), await order.last().boundingBox()];
  if (!top || !bottom) throw new Error("nothing to drag");
  await page.mouse.move(top.x + 2, top.y + 2);
  await page.mouse.down();
  await page.mouse.move(top.x + 2, bottom.y + bottom.height - 2, { steps: 5 });
  await page.mouse.up();
  await expect(order.getByRole("paragraph")).toHaveText([...before.slice(1), before[0] ?? ""]);
  await action(rank, "accept").click();
  await expect(result(rank, "consistency")).toContainText("比过不止一次的有 3 对");

  const reward = await wakeDemo(page, "reward");
  await run(reward, "start");
  const rows = await savedRecords(page, reward);
  expect(rows).toHaveLength(21);
  expect(Number(rows[0]?.损失)).toBeCloseTo(Math.LN2, 5);
  expect(Number(rows.at(-1)?.损失)).toBeLessThan(0.6);
  await expect(result(reward, "accuracy")).toContainText("95% 区间");

  const own = await wakeDemo(page, "own");
  await action(own, "step").click();
  await expect(result(own, "progress")).toContainText("第 1 轮");
  const [round] = await savedRecords(page, own);
  for (const value of [round?.奖励, round?.内置的情感奖励]) {
    expect(Number(value)).toBeGreaterThan(0);
    expect(Number(value)).toBeLessThan(1);
  }
});

test("an artificial labeller: its reward is compared with the built-in one, and PPO's writer is examined by both", async ({
  page,
  open,
}) => {
  const small = "reward.labeller=good&reward.groups=4&reward.length=6&reward.steps=10";
  await open(`${PAGE}ranking/#?${small}&own.iterations=1&own.batch=2&own.length=4`);
  const reward = await wakeDemo(page, "reward");
  await run(reward, "start");
  await expect(result(reward, "accuracy")).toContainText("偏爱好评（规则）");
  await action(reward, "compare").click();
  await expect(result(reward, "comparison")).toContainText("32 条新评论");

  const own = await wakeDemo(page, "own");
  await action(own, "start").click();
  await expect(result(own, "examination")).toContainText("练了 1 轮");
});

test.describe("labels", () => {
  test("come from another tab, outlast the page, are exported, and deleted when asked twice", async ({
    page,
    open,
  }) => {
    await open(`${PAGE}ranking/`);
    const demo = await wakeDemo(page, "rank");
    await expect(result(demo, "labels")).toContainText("没有排过");
    await expect(action(demo, "export-labels")).toBeDisabled();
    await storeElsewhere(page, [
      ranking("a", "甲", "乙"),
      ranking("b", "乙", "丙"),
      ranking("c", "丙", "甲"),
      ranking("d", "丁", "戊"),
      ranking("e", "戊", "丁"),
      { id: "f", version: 7, kind: "something later" },
    ]);
    await expect(result(demo, "labels")).toContainText("排过 5 组，成 5 对");
    await expect(result(demo, "consistency")).toContainText("1 对前后矛盾");
    await expect(result(demo, "consistency")).toContainText("转了一圈");

    // Taken back, the last first: each comes back to the table as it was ranked; skipped, it is no label any more.
    const order = result(demo, "order").getByRole("paragraph");
    await action(demo, "undo").click();
    await expect(order).toHaveText(["戊", "丁"]);
    await action(demo, "skip").click();
    // What waited before waits again.
    await expect(order).toHaveCount(4);
    await action(demo, "undo").click();
    await expect(order).toHaveText(["丁", "戊"]);
    await expect(result(demo, "labels")).toContainText("排过 3 组");
    await action(demo, "accept").click();

    await page.reload();
    await wakeDemo(page, "rank");
    await expect(result(demo, "labels")).toContainText("排过 4 组");
    const file = await exported(page, demo);
    expect([file.version, file.labels.length]).toEqual([1, 4]);

    await action(demo, "delete-labels").click();
    await expect(action(demo, "keep-labels")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(result(demo, "labels")).toContainText("排过 4 组");
    await action(demo, "delete-labels").click();
    await action(demo, "confirm-delete").click();
    await expect(result(demo, "labels")).toContainText("没有排过");
    await page.reload();
    await wakeDemo(page, "rank");
    await expect(result(demo, "labels")).toContainText("没有排过");
  });

  test("where the browser stores nothing the page says so; without rankings nothing is trained", async ({
    page,
    open,
  }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("refused", "SecurityError");
      };
    });
    await open(`${PAGE}stars/`);
    const stars = await wakeDemo(page, "stars");
    await expect(result(stars, "label-trouble")).toContainText("无痕窗口");
    await open(`${PAGE}ranking/#?reward.labeller=reader`);
    const reward = await wakeDemo(page, "reward");
    await action(reward, "start").click();
    await expect(reward.getByText("还没有排序可学")).toBeVisible();
    const own = await wakeDemo(page, "own");
    await action(own, "start").click();
    await expect(own.getByText("还没有排序可学")).toBeVisible();
  });
});
