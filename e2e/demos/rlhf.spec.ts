import type { Locator } from "@playwright/test";
import { expect, test as freshTest, warmTest as test } from "../fixtures.ts";
import { action, result, run, savedFile, wakeDemo } from "./demo.ts";

const PAGE = "/chatgpt-rlhf/rlhf/";

async function scores(demo: Locator): Promise<number[]> {
  const cells = result(demo, "scores").locator('[data-label="分数"]');
  return (await cells.evaluateAll((all) => all.map((cell) => cell.getAttribute("data-value")))).map(Number);
}

test.describe("pairs", () => {
  test("who always wins gets the highest score; the fit is stopped, and its record is saved", async ({
    page,
    open,
  }) => {
    await open(PAGE);
    const demo = await wakeDemo(page, "pairs");
    await demo.getByRole("radio", { name: "自己比" }).check();
    await expect(action(demo, "start")).toBeDisabled();
    for (let i = 0; i < 10; i++) {
      // Whoever has 乙 on one side chooses it.
      const left = await action(demo, "choose-left").locator("b").textContent();
      await action(demo, left === "乙" ? "choose-left" : "choose-right").click();
      await expect(result(demo, "choices").getByRole("button")).toHaveCount(i + 1);
    }
    await run(demo, "start");
    const fitted = await scores(demo);
    expect(Math.max(...fitted)).toBe(fitted[1]);
    const record = JSON.parse(await savedFile(page, demo, "export"));
    expect(record).toMatchObject({ seed: 1, state: "finished", settings: { decay: 0.02 } });
    expect(record.comparisons).toHaveLength(10);
    expect(record.history).toHaveLength(600);
    // One step of another fit, which is stopped: the next begins anew.
    await action(demo, "step").click();
    await expect(demo.getByRole("status").last()).toContainText("练了 1 步");
    await action(demo, "stop").click();
    await action(demo, "step").click();
    await expect(demo.getByRole("status").last()).toContainText("练了 1 步");
  });

  test("the curves are drawn while the fit goes on, not only at its end", async ({ page, open }) => {
    await open(PAGE);
    const demo = await wakeDemo(page, "pairs");
    const plot = demo.getByRole("figure").first();
    await plot.scrollIntoViewIfNeeded();
    await plot.evaluate((figure) => {
      let drawings = 0;
      new MutationObserver(() => {
        if (figure.closest('[data-state="running"]')) figure.setAttribute("data-drawings", String(++drawings));
      }).observe(figure, { childList: true, subtree: true });
    });
    await run(demo, "start");
    expect(Number(await plot.getAttribute("data-drawings"))).toBeGreaterThan(5);
  });

  test("the first choice of one's own puts the example aside, and what it was fitted to is out of date", async ({
    page,
    open,
  }) => {
    await open(PAGE);
    const demo = await wakeDemo(page, "pairs");
    await expect(result(demo, "choices").getByRole("button")).toHaveCount(10);
    const fitted = await scores(demo);
    expect(Math.max(...fitted)).toBe(fitted[1]);
    await action(demo, "choose-left").click();
    await expect(result(demo, "choices").getByRole("button")).toHaveCount(1);
    await expect(demo).toHaveAttribute("data-stale");
    await expect(result(demo, "stale")).toBeVisible();
    await run(demo, "start");
    await expect(demo).not.toHaveAttribute("data-stale");
    // An example that the reader has asked for is added to.
    await demo.getByRole("radio", { name: "转圈" }).check();
    await action(demo, "choose-left").click();
    await expect(result(demo, "choices").getByRole("button")).toHaveCount(4);
  });

  test("a circle leaves all scores equal, and says so; a choice can be taken back", async ({ page, open }) => {
    await open(PAGE);
    const demo = await wakeDemo(page, "pairs");
    await demo.getByRole("radio", { name: "转圈" }).check();
    await run(demo, "start");
    for (const score of await scores(demo)) expect(score).toBeCloseTo(0, 9);
    await expect(demo.getByRole("status").last()).toContainText("最多对 66.7%");
    await result(demo, "choices").getByRole("button").last().click();
    await expect(result(demo, "choices").getByRole("button")).toHaveCount(2);
    await run(demo, "start");
    await expect(demo.getByRole("status").last()).toContainText("准确率 100%");
  });

  test("nonsense in a link is no choice", async ({ page, open }) => {
    await open(`${PAGE}#pairs?pairs.choices=00xx99%F0%9F%91%8D01&pairs.decay=-5`);
    const demo = await wakeDemo(page, "pairs");
    await expect(result(demo, "choices").getByRole("button")).toHaveText(/^甲 > 乙/);
  });
});

test.describe("the workflow", () => {
  test("shows what a box is, and pretends nothing", async ({ page, open }) => {
    await open(`${PAGE}workflow/`);
    const demo = await wakeDemo(page, "workflow");
    for (const box of await demo.locator("button[data-part]").all()) {
      await box.click();
      const part = (await box.getAttribute("data-part")) ?? "";
      const live = await box.getAttribute("data-live");
      await expect(result(demo, "part")).toHaveAttribute("data-part", part);
      await expect(result(demo, "part")).toContainText(live === "true" ? "去看" : "本书还没有这个演示");
      await expect(result(demo, "part").getByRole("link").first()).toHaveAttribute("href", /^\//);
    }
  });

  freshTest(
    "trains the reward model of 10.6, and runs its PPO by that reward, in the diagram itself",
    async ({ page, open, requests }) => {
      freshTest.slow();
      const small = "groups=4&length=4&iterations=1&batch=2".replace(/(\w+)=/g, "workflow.$1=");
      await open(`${PAGE}workflow/#?${small}`);
      const demo = await wakeDemo(page, "workflow");
      const box = (id: string) => demo.locator(`button[data-part="${id}"]`);
      await box("comparisons").click();
      await expect(demo).toContainText(/要用的模型一共\s*[\d.]+\sMB/);
      expect(requests.filter((url) => url.includes("/models/gpt-review/"))).toEqual([]);
      // What was recorded of both steps stands there before.
      await expect(demo).toHaveAttribute("data-figure", "recorded");
      await expect(box("update")).toContainText(/截断/);
      await action(demo, "start").click();
      await expect(demo).toHaveAttribute("data-figure", "live", { timeout: 200_000 });
      await expect(box("comparisons")).toContainText(/规则排了 [1-4] 组/);
      await expect(box("update")).toContainText("还没有开始");
      await expect(result(demo, "ranking").getByRole("listitem").nth(1)).toBeAttached();
      await expect(box("reward-model")).toContainText("第 60 步", { timeout: 200_000 });

      await box("rollout").click();
      await expect(result(demo, "run-loop")).toContainText("第二步练的奖励模型");
      await action(demo, "start").click();
      await expect(box("rollout")).toContainText("第 1 轮：「", { timeout: 200_000 });
      await expect(box("penalty")).toContainText(/^奖励减 β·KL\s*0\.\d\d − /);
      await expect(box("advantages")).toContainText("…");
      await expect(box("update")).toContainText(/截断|没有学/);
      // Nothing moves for who wants less motion.
      await expect(action(demo, "play")).toHaveText("播放");
      await expect(result(demo, "part")).toHaveAttribute("data-part", "rollout");
      await box("update").click();
      await expect(result(demo, "told")).toContainText(/比值超出|一个也没动/);
    },
  );
});
