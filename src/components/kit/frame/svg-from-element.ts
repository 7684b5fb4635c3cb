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

type Attributes = Readonly<Record<string, string | number>>;

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
  const box = extentOf(root);
  const left = box.left - MARGIN;
  const top = box.top - MARGIN;
  const width = box.right - box.left + 2 * MARGIN;
  const height = box.bottom - box.top + 2 * MARGIN;
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

/** The box of an element and of all that sticks out of it to the right and below, as what is no longer scrolled does. */
function extentOf(root: Element): { readonly left: number; readonly top: number; right: number; bottom: number } {
  const { left, top, right, bottom } = root.getBoundingClientRect();
  const extent = { left, top, right, bottom };
  for (const element of root.querySelectorAll(":not(svg *)")) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || isHidden(getComputedStyle(element), box)) continue;
    extent.right = Math.max(extent.right, box.right);
    extent.bottom = Math.max(extent.bottom, box.bottom);
  }
  return extent;
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
  if (element instanceof HTMLInputElement) drawValue(page, style, element, box);
  if (element instanceof HTMLLIElement) drawMarker(page, style, element, box);
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

/** What stands in a field. */
function drawValue(page: Page, style: CSSStyleDeclaration, { type, value }: HTMLInputElement, box: DOMRect): void {
  if (!/^(?:text|number|search|url)$/.test(type)) return;
  const atEnd = /^(?:end|right)$/.test(style.textAlign);
  const x = atEnd
    ? box.right - Number.parseFloat(style.paddingRight) - page.left
    : box.left + Number.parseFloat(style.paddingLeft) - page.left;
  drawLine(page, style, value, { x, middle: box.top + box.height / 2 - page.top, anchor: atEnd ? "end" : "start" });
}

/** The number or the point of a list's item. */
function drawMarker(page: Page, style: CSSStyleDeclaration, item: HTMLLIElement, box: DOMRect): void {
  const { display, listStyleType: kind, lineHeight, fontSize } = style;
  if (display !== "list-item" || kind === "none") return;
  const items = [...(item.parentElement?.children ?? [])];
  const text = kind === "decimal" ? `${items.indexOf(item) + 1}.` : "•";
  const half = (Number.parseFloat(lineHeight) || 1.2 * Number.parseFloat(fontSize)) / 2;
  drawLine(page, style, text, { x: box.left - page.left - 6, middle: box.top + half - page.top, anchor: "end" });
}

/** A line of text about its middle. */
function drawLine(
  page: Page,
  style: CSSStyleDeclaration,
  text: string,
  { x, middle, anchor }: { readonly x: number; readonly middle: number; readonly anchor: "start" | "end" },
): void {
  const { color, fontFamily, fontSize, fontWeight } = style;
  page.ruler.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = page.ruler.measureText("国");
  appendText(page.svg, text, {
    x,
    y: middle + (up - down) / 2,
    fill: toRgb(page, color),
    "font-family": fontFamily,
    "font-size": fontSize,
    "font-weight": fontWeight,
    "text-anchor": anchor,
  });
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
    appendText(page.svg, line.text, {
      x,
      y: y + ascent,
      fill: color,
      "font-family": style.fontFamily,
      "font-size": style.fontSize,
      "font-weight": style.fontWeight,
    });
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

function add({ svg }: Page, name: "rect" | "line", attributes: Attributes): void {
  append(svg, name, attributes);
}

/** Puts a line of text into a drawing. */
export function appendText(svg: SVGSVGElement, text: string, attributes: Attributes): void {
  append(svg, "text", { ...attributes, "xml:space": "preserve" }).textContent = text;
}

function append(svg: SVGSVGElement, name: string, attributes: Attributes): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  svg.append(element);
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
