import { afterEach, expect, it } from "vitest";
import { drawWhenAsked } from "./draw-now.ts";
import { pictureOf, settingsOf } from "./picture.ts";

afterEach(() => document.body.replaceChildren());

const WORDS = { title: "束搜索的树", notes: ["束的个数 4 条，种子 1", `https://example.org/${"a".repeat(300)}`] };

function figure(html: string): HTMLElement {
  document.body.innerHTML = `<div id="root" style="position: absolute; width: 200px; font: 16px/24px sans-serif">${html}</div>`;
  return document.getElementById("root")!;
}

const wordsIn = (svg: SVGSVGElement): string[] =>
  [...svg.querySelectorAll("text")].map((text) => text.textContent ?? "");

it("says what it shows: a title above, settings and address below, broken where they are too long", async () => {
  const svg = await pictureOf(figure("<p>字</p>"), WORDS);
  const words = wordsIn(svg);
  expect(words).toEqual(expect.arrayContaining(["束搜索的树", "字", "束的个数 4 条，种子 1"]));
  expect(words.join("")).toContain(WORDS.notes[1]);
  const bottom = Math.max(...[...svg.querySelectorAll("text")].map((text) => Number(text.getAttribute("y"))));
  expect(Number(svg.getAttribute("height"))).toBeGreaterThanOrEqual(bottom);
});

it("shows all of what is scrolled, and leaves it scrolled as it was", async () => {
  const root = figure(
    '<div style="overflow: auto; height: 30px; max-height: 30px"><div style="width: 900px; height: 400px"></div><p>底</p></div>',
  );
  const scroller = root.firstElementChild!;
  scroller.scrollTo(50, 20);
  const svg = await pictureOf(root, WORDS);
  expect(Number(svg.getAttribute("width"))).toBeGreaterThan(900);
  expect(Number(svg.getAttribute("height"))).toBeGreaterThan(400);
  expect(wordsIn(svg)).toContain("底");
  expect([scroller.scrollLeft, scroller.scrollTop, getComputedStyle(scroller).overflowY]).toEqual([50, 20, "auto"]);
});

it("writes what stands in fields, and the numbers of lists", async () => {
  const svg = await pictureOf(figure('<input type="text" value="0.5"><ol><li>甲</li><li>乙</li></ol>'), WORDS);
  expect(wordsIn(svg)).toEqual(expect.arrayContaining(["0.5", "1.", "甲", "2.", "乙"]));
});

it("waits for what is drawn only when it is seen", async () => {
  const root = figure("<div></div>");
  const end = drawWhenAsked(root.firstElementChild!, async () => {
    await Promise.resolve();
    root.firstElementChild!.textContent = "图";
  });
  expect(wordsIn(await pictureOf(root, WORDS))).toContain("图");
  end();
});

it("names each setting once, as its control does", () => {
  const demo = figure(
    '<p data-setting="k 8 个"></p><p data-setting=""></p><p data-setting="种子 1"></p><p data-setting="种子 1"></p>',
  );
  expect(settingsOf(demo)).toBe("k 8 个，种子 1");
});
