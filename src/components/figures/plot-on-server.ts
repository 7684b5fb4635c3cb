import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { decorated, type PlotBuilder, type Size } from "./plot-options.ts";
import { shortSvg } from "./short-svg.ts";
import { themeOf } from "./theme.ts";

/** Custom properties, so that the drawing follows the theme of the page that it is sent to. */
const THEME = themeOf((name) => `var(--vl-${name})`);

const { document } = parseHTML("<!doctype html><html><body></body></html>");

/** A plot as SVG, for the HTML of the page; there a script draws it again, in the page's own width. */
export function drawPlot(build: PlotBuilder, size: Size): string {
  const drawn = Plot.plot({ ...decorated(build(Plot, { ...THEME, ...size }), THEME.ink, size), document });
  drawn.setAttribute("aria-hidden", "true");
  return shortSvg(drawn.outerHTML);
}
