import { wakeDemo } from "../demos/demo.ts";
import { expect, test } from "../fixtures.ts";

const PAGE = "/gpt-bert/visual-bert/sentiment/";

test("the list of what is on a page has its demos, and marks the one that is being looked at", async ({
  page,
  open,
}) => {
  await open(PAGE);
  const list = page.locator("starlight-toc");
  const titles = await page.locator("main [data-demo] > .title").allTextContents();
  await expect(list.getByRole("link", { name: /^演示：/ })).toHaveText(titles.map((title) => `演示：${title}`));

  const demo = await wakeDemo(page, "judge");
  const body = demo.locator(".body");
  await body.evaluate((element) =>
    scrollTo({ top: element.getBoundingClientRect().top + scrollY + 60, behavior: "instant" }),
  );
  const title = await demo.locator(".title").textContent();
  await expect(list.locator('[aria-current="true"]')).toHaveText(`演示：${title}`);

  await list.getByRole("link", { name: "演示：", exact: false }).first().click();
  await expect(page.locator(":target")).toHaveText(titles[0] ?? "");
});
