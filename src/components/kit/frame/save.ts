import { toCsv } from "./csv.ts";
import { svgFromElement } from "./svg-from-element.ts";
import type { CsvTable } from "./types.ts";

export { svgFromElement };

/** Pixels of a saved PNG per CSS pixel: sharp in print and on dense screens. */
const PNG_SCALE = 2;

/** Saves a table as `<name>.csv`. */
export function saveCsv(name: string, table: CsvTable): void {
  saveBlob(`${name}.csv`, new Blob([toCsv(table)], { type: "text/csv" }));
}

/** Saves a value as `<name>.json`. */
export function saveJson(name: string, value: unknown): void {
  saveBlob(`${name}.json`, new Blob([JSON.stringify(value, null, 2)], { type: "application/json" }));
}

/** Saves a picture of `element`, as it is on the screen now, as `<name>.svg`. */
export function saveSvg(name: string, element: Element): void {
  saveBlob(`${name}.svg`, svgBlob(svgFromElement(element)));
}

/** Saves a picture of `element` as `<name>.png`. Rejects when the browser cannot draw it. */
export async function savePng(name: string, element: Element): Promise<void> {
  const svg = svgFromElement(element);
  const image = new Image();
  const url = URL.createObjectURL(svgBlob(svg));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(Number(svg.getAttribute("width")) * PNG_SCALE);
    canvas.height = Math.ceil(Number(svg.getAttribute("height")) * PNG_SCALE);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("No 2D canvas context");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("The canvas is too large for a PNG");
    saveBlob(`${name}.png`, blob);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function svgBlob(svg: SVGSVGElement): Blob {
  return new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
}

function saveBlob(fileName: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  // The download has its own reference once the click is handled.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
