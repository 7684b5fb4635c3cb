import type { Locator, Page } from "@playwright/test";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, expectDone, result, run, savedRecords, setNumber, wakeDemo } from "./demo.ts";

const PAGE = "/chatgpt-rlhf/rlhf/";

test.describe("the leash", () => {
  test("a looser leash brings more reward for more distance, and best-of-n is never above the curve", async ({
    page,
    open,
  }) => {
    await open(`${PAGE}ppo/`);
    const demo = await wakeDemo(page, "leash");
    await run(demo);
    const rows = await savedRecords(page, demo);
    const curve = rows
      .filter((row) => row.办法 === "KL 约束")
      .map((row) => [Number(row.KL), Number(row.平均奖励)] as const);
    for (const [i, [kl, reward]] of curve.entries()) {
      if (i === 0) continue;
      // At the loosest end nothing is left to gain, but for the last bits.
      expect(kl).toBeGreaterThan(curve[i - 1]![0] - 1e-9);
      expect(reward).toBeGreaterThan(curve[i - 1]![1] - 1e-9);
    }
    expect(curve.at(-1)![0]).toBeGreaterThan(curve[0]![0] + 1);
    for (const row of rows.filter(({ 办法 }) => 办法 === "best-of-n")) {
      const [kl, reward] = [Number(row.KL), Number(row.平均奖励)];
      const beyond = curve.find(([other]) => other >= kl);
      if (beyond) expect(reward).toBeLessThanOrEqual(beyond[1] + 1e-9);
    }
    await setNumber(demo, "β：KL 惩罚系数", 0.02);
    await expect(result(demo, "distribution").locator("tbody tr").first()).toContainText("（+1）");
    await demo.getByRole("radio", { name: "模型的 ln p" }).check();
    await setNumber(demo, "β：KL 惩罚系数", 1);
    await expect(result(demo, "leash")).toContainText("温度 0.500");
  });

  test("says what it cannot read, and what changes nothing", async ({ page, open }) => {
    await open(`${PAGE}ppo/`);
    const demo = await wakeDemo(page, "leash");
    await demo.getByLabel("喜欢的字（+1）", { exact: true }).fill("moon👍🏽");
    await expect(demo.getByText(/词表里没有「m」/)).toBeVisible();
    await demo.getByLabel("不喜欢的字").fill("");
    await run(demo);
    await expect(result(demo, "leash")).toContainText("都一样");
    await demo.getByLabel("喜欢的字（+1）", { exact: true }).fill("月");
    await expect(result(demo, "leash")).toContainText("平均奖励从");
    await demo.getByLabel("开头").fill("龘");
    await action(demo, "run").click();
    await expect(demo).toHaveAttribute("data-state", "error");
    await expect(result(demo, "error")).toContainText("龘");
    await demo.getByLabel("开头").fill("");
    await run(demo);
  });
});

test.describe("overoptimisation", () => {
  async function write(page: Page): Promise<Locator> {
    const demo = await wakeDemo(page, "goodhart");
    await setNumber(demo, "每一格写", 2);
    // Most of the poem is given, so that little is left to write.
    await demo.getByLabel("开头").fill("白日依山尽，黄河入海流。欲穷千里");
    await action(demo, "run").click();
    return demo;
  }

  test("the reward rises with the distance while diversity collapses", async ({ page, open }) => {
    test.slow();
    await open(`${PAGE}evaluation/`);
    const demo = await write(page);
    await expectDone(demo, 240_000);
    const rows = await savedRecords(page, demo);
    expect(rows).toHaveLength(9);
    const [first, last] = [rows[0]!, rows.at(-1)!];
    expect(Number(first.KL)).toBeCloseTo(0, 4);
    expect(Number(last.KL)).toBeGreaterThan(30);
    expect(Number(last.奖励)).toBeGreaterThan(Number(first.奖励) + 8);
    expect(Number(last["distinct-2"])).toBeLessThan(Number(first["distinct-2"]));
    expect(Number(last.合意)).toBe(0);
    await demo.getByRole("radio", { name: "β = 0.05" }).check();
    await expect(result(demo, "poems").locator("li").first()).toHaveText(/^[^月花]*([月花][^月花]*){8,}$/);
  });

  test("without a character to like it says so", async ({ page, open }) => {
    await open(`${PAGE}evaluation/`);
    const demo = await wakeDemo(page, "goodhart");
    await demo.getByLabel("喜欢的字").fill("龘 👍🏽");
    await action(demo, "run").click();
    await expect(demo).toHaveAttribute("data-state", "error");
    await expect(result(demo, "error")).toContainText("没有东西可以优化");
    await demo.getByLabel("喜欢的字").fill("山");
    await action(demo, "run").click();
    await expect(result(demo, "poems").locator("li").first()).toBeVisible();
    await expect(result(demo, "error")).toHaveCount(0);
  });
});
