import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { fileOf } from "./pages.ts";

test("a link to the site can be shared, and the site kept on a phone", () => {
  const html = readFileSync(fileOf("/gpt-bert/decoding/"), "utf8");
  const content = (name: string): string | undefined =>
    new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(html)?.[1];
  const href = (rel: string): string => new RegExp(`<link rel="${rel}" href="([^"]*)"`).exec(html)?.[1] ?? "";
  expect(content("og:locale")).toBe("zh_CN");
  expect(content("og:title")).toBe("用 GPT 生成文本");
  // Without an address of its own, as in the tests, the site has no picture to show, and does not say that it has.
  expect(content("og:image")).toBeUndefined();
  expect(content("twitter:card")).toBe("summary");

  const { name, icons } = JSON.parse(readFileSync(fileOf(href("manifest")), "utf8"));
  expect(name).toBe("看见大模型");
  const pictures = [href("apple-touch-icon"), "/share.png", ...icons.map(({ src }: { src: string }) => `/${src}`)];
  for (const picture of pictures) expect(readFileSync(fileOf(picture)).byteLength, picture).toBeGreaterThan(300);
  expect(readFileSync(fileOf("/robots.txt"), "utf8")).toContain("Allow: /");
});
