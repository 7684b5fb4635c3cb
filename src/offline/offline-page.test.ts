import { expect, test } from "vitest";
import { offlinePage } from "./offline-page.ts";

test("a page that was never read says so, and leads to those that were", () => {
  const html = offlinePage([
    { address: "https://example.org/book/", title: "看见大模型" },
    { address: "https://example.org/book/terms/", title: "记号与术语 &amp; 其他 | 看见大模型" },
  ]);
  expect(html).toContain("没有联网");
  expect(html).toContain('<a href="https://example.org/book/">看见大模型</a>');
  expect(html).toContain('<a href="https://example.org/book/terms/">记号与术语 &amp; 其他</a>');
});

test("without any it promises none", () => {
  expect(offlinePage([])).not.toMatch(/<ul>|看过的页存在/);
});

test("an address stays in its attribute", () => {
  expect(offlinePage([{ address: 'https://example.org/"><i>', title: "" }])).toContain(
    'href="https://example.org/%22><i>"',
  );
});
