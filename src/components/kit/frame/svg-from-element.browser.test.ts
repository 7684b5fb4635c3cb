import { afterEach, expect, it } from "vitest";
import { svgFromElement } from "./svg-from-element.ts";

afterEach(() => document.body.replaceChildren());

function draw(html: string): { svg: SVGSVGElement; texts: (string | null)[] } {
  document.body.innerHTML = `<div id="root" style="position: absolute; width: 200px; font: 16px/24px sans-serif">${html}</div>`;
  const svg = svgFromElement(document.getElementById("root")!);
  return { svg, texts: [...svg.querySelectorAll("text")].map((text) => text.textContent) };
}

it("draws boxes where they stand, in colours that every program reads", () => {
  const { svg } = draw('<div style="width: 50px; height: 10px; background: color-mix(in oklab, red 50%, red)"></div>');
  const [, bar] = svg.querySelectorAll("rect");
  expect(bar?.getAttribute("width")).toBe("50");
  expect(bar?.getAttribute("fill")).toMatch(/^rgba?\(25[45], 0, 0/);
});

it("keeps the lines as the browser broke them, each inside its own line box", () => {
  const { svg, texts } = draw("第一行<br>第二行");
  expect(texts).toEqual(["第一行", "第二行"]);
  const [first, second] = [...svg.querySelectorAll("text")].map((text) => Number(text.getAttribute("y")));
  const margin = 12;
  expect(first).toBeGreaterThan(margin + 8);
  expect(first).toBeLessThan(margin + 24);
  expect(second! - first!).toBeCloseTo(24, 1);
});

it("finds the baseline where the font shorthand is empty", () => {
  const { svg } = draw('<span style="font-variant-numeric: tabular-nums; font-variant-ligatures: none">42</span>');
  expect(Number(svg.querySelector("text")?.getAttribute("y"))).toBeGreaterThan(24);
});

it("leaves out what cannot be seen", () => {
  const unseen = [
    '<span style="display: none">a</span>',
    '<span style="visibility: hidden">b</span>',
    '<span style="position: absolute; width: 1px; height: 1px; overflow: hidden">c</span>',
    "<button data-screen-only>e</button>",
  ];
  expect(draw(`${unseen.join("")}d`).texts).toEqual(["d"]);
});

it("strikes out dropped tokens and rings chosen ones", () => {
  const { svg } = draw('<s>日</s><b style="display: inline-block; border: 2px solid; border-radius: 12px">山</b>');
  expect(svg.querySelectorAll("line")).toHaveLength(1);
  expect(svg.querySelector('rect[fill="none"]')?.getAttribute("stroke-width")).toBe("2");
});

it("carries the colours of a nested drawing with it", () => {
  const { svg } = draw(
    '<svg width="20" height="20" style="color: rgb(1, 2, 3)"><path d="M0 0h9" stroke="currentColor"/></svg>',
  );
  expect(svg.querySelector("path")?.getAttribute("stroke")).toBe("rgb(1, 2, 3)");
});

it("carries them in the notation that every program reads, and leaves alone what has none", () => {
  const { svg } = draw(
    '<svg width="20" height="20"><path d="M0 0h9" style="fill: none; stroke: color-mix(in oklab, red 50%, red)"/></svg>',
  );
  const path = svg.querySelector("path");
  expect(path?.getAttribute("stroke")).toMatch(/^rgba\(25[45], 0, 0, 1\)$/);
  expect(path?.getAttribute("fill")).toBe("none");
});
