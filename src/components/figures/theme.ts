/** Colours of the page, for figures drawn by script. @param color the value of a name, `--vl-<name>` */
export function themeOf(color: (name: string) => string) {
  return {
    ink: color("ink"),
    muted: color("muted"),
    line: color("line"),
    paper: color("paper"),
    accent: color("accent"),
    query: color("query"),
    kept: color("kept"),
    dropped: color("dropped"),
    /** Negative, zero, positive. */
    diverging: [color("negative"), color("neutral"), color("positive")],
    /** One colour per attention head, eight of them. */
    heads: Array.from({ length: 8 }, (_, i) => color(`head-${i}`)),
  };
}

export type FigureTheme = Readonly<ReturnType<typeof themeOf>>;

/** Reads the theme in force now: resolved colours, not custom properties. */
export function readTheme(): FigureTheme {
  const style = getComputedStyle(document.documentElement);
  return themeOf((name) => style.getPropertyValue(`--vl-${name}`).trim());
}

/** Calls `listener` whenever the page changes between light and dark; returns how to stop. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
