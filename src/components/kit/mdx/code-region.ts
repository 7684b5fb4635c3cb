import { minOf } from "../../../engine/statistics.ts";

/** A named part of a source file, as the pages show it. */
export interface CodeRegion {
  /** The code, with the region's common indentation taken away. */
  readonly code: string;
  /** Numbers of the first and last line in the file, counted from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/**
 * Cuts the lines between `// #region <name>` and its `// #endregion` out of `source`, or between `# #region <name>` and its
 * `# #endregion`, as Python comments. Regions may be nested; the marks of inner ones are left out of the code.
 *
 * @throws Error when the region is missing, named twice or not closed. This is what makes a build fail rather than show old code.
 */
export function cutRegion(source: string, name: string, file: string): CodeRegion {
  const lines = source.split(/\r?\n/);
  const starts = lines.flatMap((line, index) => (regionName(line) === name ? [index] : []));
  const start = starts[0];
  if (start === undefined) throw new Error(`${file} has no region "${name}"`);
  if (starts.length > 1) throw new Error(`${file} has more than one region "${name}"`);

  let depth = 1;
  let end = start + 1;
  for (; end < lines.length; end++) {
    const line = lines[end]!;
    if (regionName(line) !== undefined) depth += 1;
    else if (isEnd(line)) depth -= 1;
    if (depth === 0) break;
  }
  if (depth > 0) throw new Error(`${file}: region "${name}" is not closed`);

  const inner = lines.slice(start + 1, end).filter((line) => regionName(line) === undefined && !isEnd(line));
  return { code: dedent(inner).join("\n").trim(), firstLine: start + 2, lastLine: end };
}

function regionName(line: string): string | undefined {
  return /^\s*(?:\/\/|#)\s*#region\s+(.+?)\s*$/.exec(line)?.[1];
}

function isEnd(line: string): boolean {
  return /^\s*(?:\/\/|#)\s*#endregion\b/.test(line);
}

function dedent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const common = minOf(indents);
  return lines.map((line) => line.slice(common));
}
