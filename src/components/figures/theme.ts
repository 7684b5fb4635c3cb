/** Colours of the page that figures drawn by script need: resolved, not as custom properties. */
export interface FigureTheme {
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly paper: string;
  readonly accent: string;
  readonly query: string;
  readonly kept: string;
  readonly dropped: string;
  /** Negative, zero, positive. */
  readonly diverging: readonly string[];
  /** One colour per attention head, eight of them. */
  readonly heads: readonly string[];
}

/** Reads the theme in force now. */
export function readTheme(): FigureTheme {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => style.getPropertyValue(`--vl-${name}`).trim();
  return {
    ink: color("ink"),
    muted: color("muted"),
    line: color("line"),
    paper: color("paper"),
    accent: color("accent"),
    query: color("query"),
    kept: color("kept"),
    dropped: color("dropped"),
    diverging: [color("negative"), color("neutral"), color("positive")],
    heads: Array.from({ length: 8 }, (_, i) => color(`head-${i}`)),
  };
}

/** Calls `listener` whenever the page changes between light and dark; returns how to stop. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
