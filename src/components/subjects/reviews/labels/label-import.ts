import { problemOf } from "../prompts.ts";
import { inOrder, LABEL_FORMAT, LABEL_VERSION, type Label, readLabel } from "./label.ts";

/** Of a file, in bytes: many times what somebody labels in a year. */
export const MAX_LABEL_FILE = 5_000_000;

/** A file of labels as it was read: its labels, or, as a sentence, why it cannot be used. */
export type LabelFile = { readonly labels: readonly Label[] } | { readonly fault: string };

/** What the labels of a file are beside those that are here. */
export interface Merged {
  /** Not here yet, in the order in which they were made. */
  readonly fresh: readonly Label[];
  /** How many are here already. */
  readonly same: number;
  /** How many are here with other contents, which stay. */
  readonly different: number;
}

/** Reads what `labelFile` has written. A file that holds anything else is not used at all. */
export function readLabelFile(text: string): LabelFile {
  if (text.trim() === "") return { fault: "这个文件是空的。" };
  const file = parse(text);
  if (file === undefined) return { fault: "这个文件不是 JSON，里面的东西读不出来。" };
  if (!isRecord(file) || file.format !== LABEL_FORMAT) {
    return { fault: "这个文件是 JSON，但不是从这里导出的标注。" };
  }
  if (file.version !== LABEL_VERSION || !Array.isArray(file.labels)) {
    return { fault: "这个文件是别的版本写的，这一版读不了。" };
  }
  if (file.labels.length === 0) return { fault: "这个文件里一条标注也没有。" };
  const labels: Label[] = [];
  for (const [i, value] of file.labels.entries()) {
    const label = readLabel(value);
    if (!label) return { fault: `第 ${i + 1} 条不是标注，或者缺了一部分。` };
    const problem = textsProblem(label);
    if (problem) return { fault: `第 ${i + 1} 条${problem}。` };
    labels.push(label);
  }
  return { labels };
}

/** Puts the labels of a file beside those that are here. By their ids; what is here stays as it is. */
export function mergeLabels(here: readonly Label[], coming: readonly Label[]): Merged {
  const known = new Map(here.map((label) => [label.id, label]));
  const fresh: Label[] = [];
  let [same, different] = [0, 0];
  for (const label of coming) {
    const other = known.get(label.id);
    if (!other) {
      known.set(label.id, label);
      fresh.push(label);
    } else if (isSame(other, label)) same += 1;
    else different += 1;
  }
  return { fresh: inOrder(fresh), same, different };
}

/** What became of a file, as a sentence. */
export function tellMerged({ fresh, same, different }: Merged): string {
  const parts = [`新的 ${fresh.length} 条${fresh.length > 0 ? "，已经加进来" : ""}`];
  if (same > 0) parts.push(`和这里一样的 ${same} 条`);
  if (different > 0) parts.push(`和这里不一样的 ${different} 条，没有动这里的`);
  return `导入完了：${parts.join("；")}。`;
}

/** Why no model of the site can have written what is labelled. */
function textsProblem(label: Label): string | undefined {
  const reviews = label.kind === "stars" ? label.reviews : label.texts.map((text) => ({ ...label, text }));
  for (const { category, opening, text } of reviews) {
    const problem = category === "" ? "没有写类别" : problemOf(category, opening);
    if (problem) return `的类别或者开头不能用：${problem}`;
    if (!text.startsWith(opening)) return "里的评论不是从它的开头写起的，不是这里的模型写的";
  }
  return undefined;
}

function isSame(one: Label, other: Label): boolean {
  // Read once more, so that their parts stand in one order.
  return JSON.stringify(readLabel(one)) === JSON.stringify(readLabel(other));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
