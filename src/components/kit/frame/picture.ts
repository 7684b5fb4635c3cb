import { drawAll } from "./draw-now.ts";
import { appendText, svgFromElement } from "./svg-from-element.ts";

/** What a picture says of itself, so that one knows later what it shows. */
export interface PictureWords {
  readonly title: string;
  /** Below the figure: settings, seed, address. */
  readonly notes: readonly string[];
}

const EDGE = 12;
const TITLE = { size: 16, weight: 700, line: 26 };
const NOTE = { size: 11, weight: 400, line: 17 };

/** What makes no sense in a picture, and would leave a hole. */
const PRESSED = "[data-screen-only], .vl-button, .vl-tools, button[data-action], input[type=range]";

/** A picture of a whole figure, also of what is scrolled out of sight or not yet drawn, with what is to be known of it. */
export async function pictureOf(figure: HTMLElement, words: PictureWords): Promise<SVGSVGElement> {
  await drawAll(figure);
  const restore = unfold(figure);
  try {
    return framed(svgFromElement(figure), words, figure);
  } finally {
    restore();
  }
}

/** What the controls of a demo are set to, as they name it themselves. */
export function settingsOf(demo: Element): string {
  const controls = demo.querySelectorAll<HTMLElement>("[data-setting]:not([data-screen-only] *)");
  const named = [...controls].flatMap(({ dataset }) => dataset.setting || []);
  return [...new Set(named)].join("，");
}

/**
 * Lays a figure out as it is to be drawn: without what is only there to be pressed, and with nothing scrolled away. The browser paints nothing
 * before it is laid out as it was, as long as that happens at once.
 */
function unfold(figure: HTMLElement): () => void {
  const restore: (() => void)[] = [];
  const change = (element: HTMLElement, style: Partial<CSSStyleDeclaration>): void => {
    const before = element.getAttribute("style");
    const { scrollLeft: left, scrollTop: top } = element;
    restore.unshift(() => {
      if (before === null) element.removeAttribute("style");
      else element.setAttribute("style", before);
      element.scrollTo({ left, top, behavior: "instant" });
    });
    Object.assign(element.style, style);
  };
  for (const element of figure.querySelectorAll<HTMLElement>(PRESSED)) change(element, { display: "none" });
  for (const element of figure.querySelectorAll<HTMLElement>(":not(svg *)")) {
    const { overflowX, overflowY, position } = getComputedStyle(element);
    const { scrollWidth, clientWidth } = element;
    if (position === "sticky") change(element, { position: "static" });
    if (!/auto|scroll/.test(overflowX + overflowY)) continue;
    const wide = scrollWidth > clientWidth ? { minWidth: `${scrollWidth}px` } : {};
    change(element, { overflow: "visible", maxHeight: "none", ...wide });
  }
  return () => {
    for (const undo of restore) undo();
  };
}

/** The drawing between its title and its notes. */
function framed(drawing: SVGSVGElement, { title, notes }: PictureWords, figure: HTMLElement): SVGSVGElement {
  const width = Number(drawing.getAttribute("width"));
  const height = Number(drawing.getAttribute("height"));
  const { color, fontFamily } = getComputedStyle(figure);
  const room = width - 2 * EDGE;
  const titles = wrapped(title, room, `${TITLE.weight} ${TITLE.size}px ${fontFamily}`);
  const lines = notes.flatMap((note) => wrapped(note, room, `${NOTE.weight} ${NOTE.size}px ${fontFamily}`));
  const head = EDGE + titles.length * TITLE.line;
  const whole = head + height + lines.length * NOTE.line + EDGE;

  const body = document.createElementNS(drawing.namespaceURI!, "g");
  const [paper, ...drawn] = drawing.childNodes;
  for (const node of drawn) body.append(node);
  body.setAttribute("transform", `translate(0 ${head})`);
  drawing.append(body);
  if (paper instanceof SVGElement) paper.setAttribute("height", String(whole));
  drawing.setAttribute("height", String(whole));
  drawing.setAttribute("viewBox", `0 0 ${width} ${whole}`);
  const write = (text: string, y: number, { size, weight }: typeof TITLE): void => {
    appendText(drawing, text, {
      x: EDGE,
      y,
      fill: color,
      "font-family": fontFamily,
      "font-size": size,
      "font-weight": weight,
    });
  };
  for (const [i, text] of titles.entries()) write(text, EDGE + i * TITLE.line + TITLE.size, TITLE);
  for (const [i, text] of lines.entries()) write(text, head + height + i * NOTE.line + NOTE.size, NOTE);
  return drawing;
}

/** A text in lines that are no wider than `room`; an address has no spaces to break it at. */
function wrapped(text: string, room: number, font: string): string[] {
  const ruler = document.createElement("canvas").getContext("2d");
  if (!ruler || text === "") return [];
  ruler.font = font;
  const lines = [""];
  for (const character of text) {
    const line = lines.at(-1)! + character;
    if (ruler.measureText(line).width > room) lines.push(character);
    else lines[lines.length - 1] = line;
  }
  return lines;
}
