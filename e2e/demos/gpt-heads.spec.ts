import { expect, warmTest as test } from "../fixtures.ts";
import { action, cellOf, expectDone, result, run, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/gpt-bert/visual-gpt/attention/";

test("names heads by measured shares, and shows what an induction head does with the default text", async ({
  page,
  open,
}) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "heads");
  await run(demo);
  await expect(result(demo, "head")).toContainText("第 6 层第 1 个头：归纳");
  await expect(demo.getByRole("option", { selected: true })).toHaveAccessibleName(/第 16 个词元 阿，最看第 9 个 黄/);

  const rows = await savedRecords(page, demo);
  expect(rows).toHaveLength(24);
  for (const { 层·头: head = "", 像什么: role = "", ...shares } of rows) {
    const measured = ["前一个", "自己", "第一个", "同一个字", "归纳"].map(
      (name) => [Number(shares[name]), name] as const,
    );
    const [[most, name] = [0, ""]] = measured.toSorted(([a], [b]) => b - a);
    expect.soft(role, head).toBe(most >= 0.3 ? name : "看不出");
    await expect(cellOf(result(demo, "roles"), head, "像什么")).toHaveText(role);
  }

  // Picking a head in the table picks it everywhere.
  await demo.getByText("每个头的数").click();
  await demo.getByLabel("连乘", { exact: true }).check();
  await expect(result(demo, "head")).toContainText("从第 1 层连乘到第 6 层");
  await result(demo, "roles").getByRole("button", { name: "5·1" }).click();
  await expect(result(demo, "head")).toContainText("第 5 层第 1 个头：前一个");
});

test("arcs and matrix by keyboard", async ({ page, open }) => {
  await open(`${PAGE}#heads?heads.query=0`);
  const demo = await wakeDemo(page, "heads");
  await action(demo, "run").press("Enter");
  await expectDone(demo);
  const tokens = demo.getByRole("listbox", { name: "选谁在看" }).getByRole("option");
  await tokens.first().press("ArrowDown");
  await expect(tokens.nth(1)).toHaveAttribute("aria-selected", "true");
  await demo.getByLabel("矩阵").check();
  const matrix = demo.getByRole("listbox");
  await matrix.press("ArrowRight");
  await matrix.press("ArrowRight");
  await expect(result(demo, "cell")).toHaveText(/我 看 我：\d/);
  await matrix.press("ArrowRight");
  await expect(result(demo, "cell")).toContainText("被挡住了");
});
