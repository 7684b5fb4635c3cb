import type { PlotOptions } from "@observablehq/plot";
import type { FigureTheme } from "./theme.ts";

export type PlotModule = typeof import("@observablehq/plot");

/** In CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Makes the options of a plot. */
export type PlotBuilder = (plot: PlotModule, theme: FigureTheme & Size) => PlotOptions;

/** The options with what all plots have in common. */
export function decorated(options: PlotOptions, ink: string, { width, height }: Size): PlotOptions {
  return {
    width,
    height,
    // Room for the axis labels, which Plot sets at the outer edges of the margins.
    marginTop: 30,
    marginBottom: 42,
    marginLeft: 48,
    ...options,
    style: { background: "none", color: ink, fontFamily: "inherit", fontSize: "12px", overflow: "visible" },
  };
}
