import { expect, it } from "vitest";
import { rehypeSectionNumbers } from "./section-numbers.ts";

const heading = (value: string) => ({ type: "element", tagName: "h2", children: [{ type: "text", value }] });

it("sets a leading number apart and keeps the text as it was", () => {
  const node = heading("9.6.2 贪心搜索");
  rehypeSectionNumbers()({ type: "root", children: [node] });
  expect(node.children).toEqual([
    {
      type: "element",
      tagName: "span",
      properties: { className: ["section-number"] },
      children: [{ type: "text", value: "9.6.2" }],
    },
    { type: "text", value: " 贪心搜索" },
  ]);
});

it.each(["试一试", "3 个例子", "GPT-2 与 9.6"])("leaves %s alone", (text) => {
  const node = heading(text);
  rehypeSectionNumbers()({ type: "root", children: [node] });
  expect(node).toEqual(heading(text));
});
