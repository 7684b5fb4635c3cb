import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { chapters } from "../../../../book.ts";
import { isLive, leadsOf, PARTS, type Part, STAGES } from "./parts.ts";

it("every part leads somewhere: to a demo, to a chapter of the book, or both", () => {
  expect(new Set(PARTS.map(({ id }) => id))).toHaveLength(PARTS.length);
  for (const part of PARTS) {
    const leads = leadsOf(part);
    expect(leads.length, part.id).toBeGreaterThan(0);
    for (const { href } of leads) expect(href, part.id).toMatch(/^\/.+\/(#[a-z]+)?$/);
  }
});

it("the demos are called what they are called", () => {
  const folders = ["..", "../../cart-pole"].map((path) => new URL(`${path}/`, import.meta.url));
  const islands = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".svelte"))
      .map((file) => readFileSync(new URL(file, folder), "utf8")),
  );
  for (const { label, href } of PARTS.flatMap(leadsOf).filter(({ href }) => href.includes("#"))) {
    // The name stands where the settings are made.
    const name = new RegExp(`(?:hashState|DrawnDemo)\\(\\s*"${href.split("#")[1]}"`, "u");
    const island = islands.find((source) => name.test(source));
    const title = /「(.+)」/.exec(label)?.[1] ?? "?";
    expect(island?.includes(`title="${title}`), label).toBe(true);
  }
});

it("a chapter that is not written is called so, and only such a one", () => {
  for (const part of PARTS.filter(({ chapter }) => chapter !== undefined)) {
    const ready = chapters.find(({ slug }) => slug === part.chapter)?.status === "ready";
    const lead = leadsOf(part).at(-1);
    expect(lead).toMatchObject({ live: ready });
    expect(lead?.label.includes("还没有写")).toBe(!ready);
  }
});

it("what runs in the diagram is live, and only the last step goes round", () => {
  for (const part of PARTS.filter(({ run }) => run)) expect(isLive(part)).toBe(true);
  expect(STAGES.map(({ loop }) => loop ?? false)).toEqual([false, false, true]);
});

it("a part without a place is a mistake that is noticed", () => {
  const part: Part = { id: "x", title: "", text: "" };
  expect(() => leadsOf({ ...part, chapter: "no/such" })).toThrow(RangeError);
  expect(() => leadsOf({ ...part, demo: "no-such" })).toThrow(RangeError);
});
