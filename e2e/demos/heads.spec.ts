import type { Locator, Page } from "@playwright/test";
import { expect, warmTest as test } from "../fixtures.ts";
import { action, result, run, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-bert/architecture/";

async function begin(page: Page, open: (path: string) => Promise<void>, settings = ""): Promise<Locator> {
  await open(`${PAGE}#?${settings}`);
  return wakeDemo(page, "heads");
}

const percent = (text: string): number => Number(/([\d.]+)%/.exec(text)?.[1]);

test("shows every head on the reader's text, and measures what each does over many", async ({ page, open }) => {
  const demo = await begin(page, open);
  await run(demo);
  const overview = demo.getByRole("group", { name: "每一层每一个头的注意力" });
  await expect(overview.getByRole("button")).toHaveCount(24);
  await expect(result(demo, "survey").locator("tbody tr")).toHaveCount(24);

  const rows = await savedRecords(page, demo);
  expect(rows).toHaveLength(24 * 8);
  for (const row of rows) {
    const [share, even, score] = [row.所占份额, row.平均分配时的份额, row.得分].map(Number) as [number, number, number];
    expect.soft(share).toBeGreaterThanOrEqual(0);
    expect.soft(share).toBeLessThanOrEqual(1.0001);
    expect.soft(score).toBeCloseTo((share - even) / (1 - even), 5);
    expect.soft(Number(row["熵（纳特）"])).toBeLessThan(Math.log(128));
  }
  // The label of each head is its highest score, or none where that is below the threshold.
  for (const [i, line] of (await result(demo, "survey").locator("tbody tr").all()).entries()) {
    const own = rows.slice(8 * i, 8 * i + 8).sort((a, b) => Number(b.得分) - Number(a.得分))[0];
    const expected = Number(own?.得分) >= 0.2 ? `看${own?.看什么}` : "看不出";
    await expect(line).toContainText(expected);
  }

  // Picking a head anywhere picks it everywhere.
  await overview.getByRole("button", { name: "第 3 层第 4 个头" }).click();
  await expect(result(demo, "head")).toContainText("第 3 层第 4 个头");
  await expect(result(demo, "survey").getByRole("button", { name: "3·4" })).toHaveAttribute("aria-pressed", "true");
  const evidence = result(demo, "evidence").locator("tbody tr").first();
  const [previous] = rows.filter((row) => row.层 === "3" && row.头 === "4" && row.看什么 === "前一个");
  expect(percent((await evidence.textContent()) ?? "")).toBeCloseTo(100 * Number(previous?.所占份额), 0);
});

test("a token's arcs and its row of the matrix are the same weights, by keyboard", async ({ page, open }) => {
  const demo = await begin(page, open, "heads.second=");
  await run(demo);
  const tokens = result(demo, "head").getByRole("option");
  await tokens.first().focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await expect(tokens.nth(1)).toHaveAttribute("aria-selected", "true");
  const lines = await result(demo, "head")
    .locator("[data-line]")
    .evaluateAll((all) => all.map((line) => Number(line.getAttribute("data-line"))));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(1.001);

  await demo.getByRole("radio", { name: "矩阵" }).check();
  const strip = demo.getByRole("list", { name: "选谁在看" });
  const notes = (await strip.getByRole("listitem").allTextContents()).map(percent);
  // All weights of a row together are the whole; each is rounded for the eye.
  expect(notes.reduce((sum, weight) => sum + weight, 0)).toBeGreaterThan(98);
  expect(notes.reduce((sum, weight) => sum + weight, 0)).toBeLessThan(102);
  expect(Math.max(...notes)).toBeCloseTo(100 * Math.max(...lines), 0);
  await strip.getByRole("button").nth(3).click();
  await expect(strip.getByRole("button").nth(3)).toHaveAttribute("aria-pressed", "true");
});

test("says what it cannot read, and reads everything else", async ({ page, open }) => {
  const demo = await begin(page, open);
  const first = demo.getByRole("textbox", { name: "第一句" });
  const second = demo.getByRole("textbox", { name: "第二句" });
  await first.fill("  ");
  await expect(demo.getByText("先写一句话。")).toBeVisible();
  await action(demo, "run").click();
  await expect(demo).toHaveAttribute("data-state", "idle");

  await first.fill("𠮷𠮷和😀");
  await second.fill("[MASK][MASK]");
  await run(demo);
  await expect(result(demo, "unknown")).toContainText("词表里没有");
  await first.fill("长".repeat(600));
  await second.fill("句".repeat(600));
  await expect(demo.getByText(/太长（600 字），只留下前 60 个字/)).toHaveCount(2);
  await run(demo);
  await expect(result(demo, "head").getByRole("option")).toHaveCount(60 + 60 + 3);
});
