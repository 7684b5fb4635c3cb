/**
 * A picture of a figure as plain SVG: boxes become `rect`, borders `line`, words `text`, nested SVGs stay what they are. Unlike a
 * `foreignObject`, this opens in every drawing program and does not taint a canvas in Safari.
 */

const SVG = "http://www.w3.org/2000/svg";
/** Blank edge around the picture, in CSS pixels. */
const MARGIN = 12;
const SIDES = ["Top", "Right", "Bottom", "Left"] as const;
/** What has to be written into a copied SVG, because no style sheet goes with it. */
const INHERITED = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
] as const;

interface Page {
  readonly svg: SVGSVGElement;
  /** The figure's top left corner on the screen. */
  readonly left: number;
  readonly top: number;
  readonly ruler: CanvasRenderingContext2D;
}

/**
 * Draws `root` as it is laid out now. Gradients, shadows and pictures are left out, and so is what is marked `data-screen-only`
 * because it makes no sense in a picture, such as a button.
 */
export function svgFromElement(root: Element): SVGSVGElement {
  const box = root.getBoundingClientRect();
  const left = box.left - MARGIN;
  const top = box.top - MARGIN;
  const width = box.width + 2 * MARGIN;
  const height = box.height + 2 * MARGIN;
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` })) {
    svg.setAttribute(name, String(value));
  }
  const ruler = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!ruler) throw new Error("No 2D canvas context");
  const page = { svg, left, top, ruler };
  const paper = getComputedStyle(document.documentElement).getPropertyValue("--vl-paper");
  add(page, "rect", { width, height, fill: paper });
  drawElement(page, root);
  return svg;
}

function drawElement(page: Page, element: Element): void {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  if (element.matches("[data-screen-only]") || isHidden(style, box)) return;
  if (element instanceof SVGSVGElement) {
    page.svg.append(copySvg(page, element, box));
    return;
  }
  drawBox(page, style, box);
  for (const child of element.childNodes) {
    if (child instanceof Element) drawElement(page, child);
    else if (child instanceof Text) drawText(page, style, child);
  }
}

function drawBox(page: Page, style: CSSStyleDeclaration, box: DOMRect): void {
  const x = box.left - page.left;
  const y = box.top - page.top;
  const rx = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, box.height / 2);
  if (isVisible(style.backgroundColor) && box.width > 0 && box.height > 0) {
    add(page, "rect", { x, y, width: box.width, height: box.height, rx, fill: toRgb(page, style.backgroundColor) });
  }
  const edge = Number.parseFloat(style.borderTopWidth);
  const isRing = rx > 0 && SIDES.every((side) => style[`border${side}Width`] === style.borderTopWidth);
  if (isRing && edge > 0) {
    if (!isVisible(style.borderTopColor)) return;
    const inside = { x: x + edge / 2, y: y + edge / 2, width: box.width - edge, height: box.height - edge, rx };
    add(page, "rect", { ...inside, fill: "none", stroke: toRgb(page, style.borderTopColor), "stroke-width": edge });
    return;
  }
  for (const side of SIDES) {
    const width = Number.parseFloat(style[`border${side}Width`]);
    const color = style[`border${side}Color`];
    if (width === 0 || !isVisible(color)) continue;
    const stroke = toRgb(page, color);
    const far = { x: x + box.width, y: y + box.height };
    const half = width / 2;
    const ends = {
      Top: { x1: x, y1: y + half, x2: far.x, y2: y + half },
      Right: { x1: far.x - half, y1: y, x2: far.x - half, y2: far.y },
      Bottom: { x1: x, y1: far.y - half, x2: far.x, y2: far.y - half },
      Left: { x1: x + half, y1: y, x2: x + half, y2: far.y },
    }[side];
    add(page, "line", { ...ends, stroke, "stroke-width": width });
  }
}

/** One `text` per line: the browser has already broken the text, so the characters are asked where they stand. */
function drawText(page: Page, style: CSSStyleDeclaration, node: Text): void {
  // Not `style.font`: browsers leave the shorthand empty as soon as it cannot say everything, e.g. tabular figures.
  page.ruler.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const color = toRgb(page, style.color);
  const ascent = page.ruler.measureText("国").fontBoundingBoxAscent;
  const range = document.createRange();
  const lines: { text: string; left: number; right: number; top: number; height: number }[] = [];
  let offset = 0;
  for (const character of node.data) {
    range.setStart(node, offset);
    offset += character.length;
    range.setEnd(node, offset);
    const { left, right, top, height, width } = range.getBoundingClientRect();
    if (width === 0) continue;
    const line = lines.at(-1);
    if (line && Math.abs(line.top - top) < height / 2) {
      line.text += character;
      line.right = right;
    } else {
      lines.push({ text: character, left, right, top, height });
    }
  }
  for (const line of lines) {
    const x = line.left - page.left;
    const y = line.top - page.top;
    const text = add(page, "text", {
      x,
      y: y + ascent,
      fill: color,
      "font-family": style.fontFamily,
      "font-size": style.fontSize,
      "font-weight": style.fontWeight,
      "xml:space": "preserve",
    });
    text.textContent = line.text;
    if (style.textDecorationLine.includes("line-through")) {
      const middle = y + line.height / 2;
      add(page, "line", { x1: x, y1: middle, x2: line.right - page.left, y2: middle, stroke: color });
    }
  }
}

function copySvg(page: Page, source: SVGSVGElement, box: DOMRect): SVGSVGElement {
  const copy = source.cloneNode(true) as SVGSVGElement;
  const from = [source, ...source.querySelectorAll("*")];
  const to = [copy, ...copy.querySelectorAll("*")];
  for (const [index, element] of from.entries()) {
    const style = getComputedStyle(element);
    for (const name of INHERITED) {
      const value = style.getPropertyValue(name);
      const mixed = (name === "fill" || name === "stroke") && /^(?:oklab|color)\(/.test(value);
      to[index]!.setAttribute(name, mixed ? toRgb(page, value) : value);
    }
    to[index]!.removeAttribute("style");
  }
  const place = { x: box.left - page.left, y: box.top - page.top, width: box.width, height: box.height };
  for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value));
  return copy;
}

function add(page: Page, name: "rect" | "line" | "text", attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  page.svg.append(element);
  return element;
}

/** Whether nothing of an element is seen: hidden, or shrunk to a pixel for screen readers only. */
function isHidden(style: CSSStyleDeclaration, box: DOMRect): boolean {
  if (style.display === "none" || style.visibility === "hidden" || Number(style.opacity) === 0) return true;
  return box.width <= 1 && box.height <= 1 && style.overflow === "hidden";
}

/** A computed colour in the notation that every drawing program reads; mixed colours come as `oklab(…)` or `color(…)`. */
function toRgb({ ruler }: Page, color: string): string {
  if (color.startsWith("rgb")) return color;
  ruler.clearRect(0, 0, 1, 1);
  ruler.fillStyle = color;
  ruler.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = ruler.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${Number((alpha / 255).toFixed(3))})`;
}

/** Whether a computed colour is not fully transparent. */
function isVisible(color: string): boolean {
  return color !== "transparent" && !/^rgba\(.*, 0\)$|\/ 0\)$/.test(color);
}
