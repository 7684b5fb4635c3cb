import { toCsv } from "./csv.ts";
import { type PictureWords, pictureOf } from "./picture.ts";
import type { CsvTable } from "./types.ts";

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

/** Saves a picture of a figure as `<name>.svg`. */
export async function saveSvg(name: string, figure: HTMLElement, words: PictureWords): Promise<void> {
  saveBlob(`${name}.svg`, svgBlob(await pictureOf(figure, words)));
}

/** Saves a picture of a figure as `<name>.png`. Rejects when the browser cannot draw it. */
export async function savePng(name: string, figure: HTMLElement, words: PictureWords): Promise<void> {
  const svg = await pictureOf(figure, words);
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
