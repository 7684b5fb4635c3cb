import { expect, it } from "vitest";
import { chapters } from "../../../../book.ts";
import { leadOf, PARTS, STAGES } from "./parts.ts";

it("every part leads somewhere: to a demo of the page, or to a chapter of the book", () => {
  expect(new Set(PARTS.map(({ id }) => id))).toHaveLength(PARTS.length);
  for (const part of PARTS) {
    const { href, label } = leadOf(part);
    expect(href, part.id).toMatch(/^(#[a-z]+|\/.+)$/);
    expect(label).not.toBe("");
  }
});

it("a chapter that is not written is called so, and only such a one", () => {
  for (const part of PARTS) {
    if (!part.chapter) continue;
    const ready = chapters.find(({ slug }) => slug === part.chapter)?.status === "ready";
    expect(leadOf(part).live).toBe(ready);
    expect(leadOf(part).label.includes("还没有写")).toBe(!ready);
  }
});

it("a part that runs in the diagram is live elsewhere, too", () => {
  expect(STAGES.map(({ loop }) => loop ?? false)).toEqual([false, false, true]);
  for (const part of PARTS.filter(({ run }) => run)) expect(leadOf(part).live).toBe(true);
});

it("a part without a place is a mistake that is noticed", () => {
  expect(() => leadOf({ id: "x", title: "", text: "", chapter: "no/such" })).toThrow(RangeError);
});
