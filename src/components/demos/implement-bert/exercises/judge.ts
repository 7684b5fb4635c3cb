import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { LIMIT_MS, type Outcome } from "./run-code.ts";
import type { Rows, Task } from "./tasks.ts";

/** Largest difference that passes, for numbers up to 1; larger ones may differ by as much relative to themselves. */
const TOLERANCE = 1e-3;

/** What the check says of the reader's code. @param tokens the text, to say where it goes wrong */
export function judge(task: Task, outcome: Outcome, tokens: readonly string[]): Verdict {
  switch (outcome.kind) {
    case "syntax":
      return unusable(`浏览器读不懂这段代码：${outcome.message}。多半是少了括号，或者多了逗号。`);
    case "missing":
      return unusable(`没有找到名叫 ${task.name} 的函数。名字和大小写都要一样。`);
    case "slow":
      return unusable(`跑了 ${LIMIT_MS / 1000} 秒还没有完，已经停下。是不是有一个循环出不来？`);
    case "broken":
      return unusable("浏览器没有让代码跑起来。刷新页面再试一次。");
    case "unreadable":
      return unusable("返回的东西里有函数之类，不是数。");
    case "forbidden":
      return unusable("这个网站的设置（CSP）不许网页运行读者写的代码，所以这里检查不了。");
    case "hidden":
      return unusable(`这里用不了 ${outcome.name}：你的函数只拿得到张量，拿不到网络、存储和别的文件。`);
    case "threw":
      return unusable(`跑到一半出错了：${outcome.message}。`);
    case "returned": {
      const rows = readRows(task, outcome.values);
      return typeof rows === "string" ? unusable(rows) : compare(task, rows, tokens);
    }
  }
}

/** What was returned as rows of numbers, or a sentence on why it is none. */
function readRows({ name, returns, expected }: Task, values: readonly unknown[]): Rows | string {
  const list = returns === "row" ? values : asArray(values[0]);
  if (values.every((value) => value === undefined)) return `${name} 什么也没有返回。最后要有 return。`;
  if (!list) return `应当返回 ${expected.length} 行，每个词元一行；返回的不是数组。`;
  if (list.length !== expected.length)
    return `应当返回 ${expected.length} 行，每个词元一行；返回了 ${list.length} 行。`;
  const rows: number[][] = [];
  for (const [i, value] of list.entries()) {
    const row = asArray(value);
    const columns = expected[i]!.length;
    const which = returns === "row" ? "" : `第 ${i + 1} 行`;
    if (!row) return `${which}应当是 ${columns} 个数的数组，返回的是 ${describe(value)}。`;
    if (row.length !== columns) return `${which}应当有 ${columns} 个数，返回了 ${row.length} 个。`;
    const strange = row.findIndex((number) => typeof number !== "number" || !Number.isFinite(number));
    if (strange >= 0) return `第 ${i + 1} 行第 ${strange + 1} 个是 ${describe(row[strange])}，不是有限的数。`;
    rows.push(row as number[]);
  }
  return rows;
}

function asArray(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return value instanceof Float32Array || value instanceof Float64Array ? [...value] : undefined;
}

function describe(value: unknown): string {
  if (value === undefined) return "undefined";
  if (value === null) return "null";
  if (typeof value === "object") return "一个对象";
  return typeof value === "string" ? `文字「${value}」` : String(value);
}

function compare({ expected, mistakes }: Task, rows: Rows, tokens: readonly string[]): Verdict {
  const place = firstDifference(rows, expected);
  const count = expected.length * (expected[0]?.length ?? 0);
  if (!place) return right(`${count} 个数都和引擎算的一样（差别不到 ${TOLERANCE}）。`);
  const { row, column } = place;
  const [wanted, got] = [expected[row]![column]!, rows[row]![column]!];
  const said = `第一处不同：「${tokens[row] ?? ""}」第 ${column + 1} 维应当是 ${formatNumber(wanted)}，你的是 ${formatNumber(got)}。`;
  const known = mistakes.find((mistake) => !firstDifference(rows, mistake.rows));
  return wrong(known ? `${said}${known.reason}` : said);
}

function firstDifference(rows: Rows, expected: Rows): { row: number; column: number } | undefined {
  for (const [row, numbers] of expected.entries()) {
    const column = numbers.findIndex(
      (value, i) => !(Math.abs(rows[row]![i]! - value) <= TOLERANCE * Math.max(1, Math.abs(value))),
    );
    if (column >= 0) return { row, column };
  }
  return undefined;
}
