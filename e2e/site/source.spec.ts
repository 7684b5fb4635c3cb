import { globSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, expectAccessible, expectNoOverflow, test } from "../fixtures.ts";
import { PHONE } from "../warm-pages.ts";
import { fileOf, pages, sourcePages } from "./pages.ts";

for (const path of pages) {
  const [, ...demos] = readFileSync(fileOf(path), "utf8").split(/(?=<section[^>]*? data-demo=")/);
  if (demos.length === 0) continue;
  test(`every demo of ${path} names where its numbers come from`, () => {
    const nameless = demos.filter((html) => !/<a [^>]*?data-origin="/.test(html));
    expect(nameless.map((html) => /data-demo="([^"]*)"/.exec(html)?.[1])).toEqual([]);
  });
}

test("from an attention weight on the screen to the kernel it takes three clicks", async ({ page, open }) => {
  await open("/gpt-bert/visual-bert/architecture/");
  await page.locator("[data-demo=heads]").getByRole("link", { name: "blocks.*.attn.pattern" }).click();
  const call = page.locator("[id^=L]", { hasText: "= attention(tape" });
  await call.getByRole("link", { name: "attention", exact: true }).click();
  await page.getByRole("link", { name: "softmax.wgsl" }).first().click();
  await expect(page.locator(":target")).toHaveText("main");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("src/engine/backends/webgpu/softmax.wgsl");
});

for (const path of ["/source/", "/source/engine/nn/attention.ts/", "/source/engine/backends/webgpu/softmax.wgsl/"]) {
  test(`${path} is accessible, light and dark, and fits a phone`, async ({ page, open }) => {
    await page.setViewportSize(PHONE);
    await open(path);
    await expectAccessible(page);
    await expectNoOverflow(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page, "html", ["color-contrast"]);
  });
}

test("the pages of the source have no script, and no search finds them", () => {
  expect(sourcePages.length).toBeGreaterThan(200);
  expect(sourcePages.filter((path) => readFileSync(fileOf(path), "utf8").includes("<script"))).toEqual([]);
  const found = globSync(fileOf("/pagefind/fragment/*.pf_fragment")).map((file) =>
    gunzipSync(readFileSync(file)).toString(),
  );
  expect(found.length).toBeGreaterThan(pages.length / 2);
  expect(found.filter((fragment) => fragment.includes('"url":"/source/'))).toEqual([]);
});
