/** The colours of the page, as figures that are drawn by script need them: resolved, not as custom properties. */
export interface FigureTheme {
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly paper: string;
  readonly accent: string;
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly positive: string;
  readonly negative: string;
  readonly chosen: string;
  readonly kept: string;
  readonly dropped: string;
  /** Attention weight from 0 to 1, five steps. */
  readonly attention: readonly string[];
  /** Negative, zero, positive. */
  readonly diverging: readonly string[];
  /** One colour per attention head, eight of them. */
  readonly heads: readonly string[];
}

/** Reads the theme in force now. */
export function readTheme(): FigureTheme {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => style.getPropertyValue(`--vl-${name}`).trim();
  const series = (name: string, length: number): string[] => Array.from({ length }, (_, i) => color(`${name}-${i}`));
  return {
    ink: color("ink"),
    muted: color("muted"),
    line: color("line"),
    paper: color("paper"),
    accent: color("accent"),
    query: color("query"),
    key: color("key"),
    value: color("value"),
    positive: color("positive"),
    negative: color("negative"),
    chosen: color("chosen"),
    kept: color("kept"),
    dropped: color("dropped"),
    attention: series("attention", 5),
    diverging: [color("negative"), color("neutral"), color("positive")],
    heads: series("head", 8),
  };
}

/** Calls `listener` whenever the page changes between light and dark; returns how to stop. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
