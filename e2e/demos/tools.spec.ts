import { expect, warmTest as test } from "../fixtures.ts";
import { expectDone, result, run, savedRecords, wakeDemo } from "./demo.ts";

const PAGE = "/xai/tools/";

test("a name in the table sets the demo to its row, and its Python can be read there", async ({ page, open }) => {
  await open(PAGE);
  const demo = await wakeDemo(page, "parity");
  const row = page.locator('[data-peers] [data-row="captum-occlusion"]');
  await row.locator("summary").click();
  await expect(row).toContainText("captum.attr.FeatureAblation(odds)");
  await row
    .getByRole("link", { name: /captum/ })
    .first()
    .click();
  await expect(demo.getByRole("radio", { name: "captum 遮挡" })).toBeChecked();
  await run(demo);
  await expect(result(demo, "verdict")).toContainText("的遮挡有 7 个数");
});

test("what BertViz draws is the attention of another model, which is loaded for it, and the same", async ({
  page,
  open,
}) => {
  await open(`${PAGE}#parity?parity.row=bertviz-bert`);
  const demo = await wakeDemo(page, "parity");
  await run(demo);
  await expect(result(demo, "verdict")).toContainText("天[MASK]很好");
  const records = await savedRecords(page, demo);
  expect(records.map(({ 词元: token }) => token)).toContain("[MASK]");
  for (const { 差: difference } of records) expect(Math.abs(Number(difference))).toBeLessThan(1e-4);
});

test("over the same samples LIME says the same; over others it does not, and the page says why", async ({
  page,
  open,
}) => {
  await open(`${PAGE}#parity?parity.row=lime-text`);
  const demo = await wakeDemo(page, "parity");
  await run(demo);
  await expect(result(demo, "why")).toContainText("舍入");
  const largest = async (): Promise<number> =>
    Math.max(...(await savedRecords(page, demo)).map(({ 差: difference }) => Math.abs(Number(difference))));
  expect(await largest()).toBeLessThan(1e-3);
  await demo.getByRole("radio", { name: "lime，各抽各的" }).check();
  await expectDone(demo);
  await expect(result(demo, "why")).toContainText("抽样的运气");
  expect(await largest()).toBeGreaterThan(1e-2);
});
