import type { ReviewPrompt } from "../../../engine/experiments/rlhf-settings.ts";
import { formatMark } from "../../kit/text/format-marks.ts";

/** Categories of the reviews that gpt-review was tuned on. */
export const CATEGORIES = [
  "酒店",
  "外卖",
  "书籍",
  "衣服",
  "水果",
  "手机",
  "平板",
  "计算机",
  "洗发水",
  "热水器",
  "蒙牛",
] as const;

/** In characters (code points). */
const MAX_CATEGORY = 10;
const MAX_OPENING = 16;
export const MAX_PROMPTS = 64;
/** Longest text of all prompts that an address may carry. */
export const MAX_PROMPT_TEXT = 2000;

export interface ParsedPrompts {
  readonly prompts: readonly ReviewPrompt[];
  /** What is wrong, line by line; such a line is not used. */
  readonly notes: readonly { readonly line: number; readonly reason: string }[];
  /** Why nothing can be written at all, as a sentence. */
  readonly fault?: string;
}

/** Prompts as a text, one a line: `酒店，房间`. */
export function printPrompts(prompts: readonly ReviewPrompt[]): string {
  return prompts.map(({ category, opening }) => `${category}，${opening}`).join("\n");
}

/** Reads prompts, one a line: the category, a comma, the first words, which may be left out. */
export function parsePrompts(text: string): ParsedPrompts {
  const prompts: ReviewPrompt[] = [];
  const notes: { line: number; reason: string }[] = [];
  for (const [i, written] of text.split("\n").entries()) {
    if (written.trim() === "") continue;
    const mark = written.search(/[,，\t]/);
    const category = (mark < 0 ? written : written.slice(0, mark)).trim();
    const opening = mark < 0 ? "" : written.slice(mark + 1).trim();
    const problem = prompts.length === MAX_PROMPTS ? `最多 ${MAX_PROMPTS} 个开头` : problemOf(category, opening);
    if (problem) notes.push({ line: i + 1, reason: `没有用：${problem}` });
    else prompts.push({ category, opening });
  }
  if (prompts.length > 0) return { prompts, notes };
  return { prompts, notes, fault: "还没有能用的开头。一行一个，比如「酒店，房间」。" };
}

/** Categories that the model was never tuned on, each once. */
export function foreignCategories(prompts: readonly ReviewPrompt[]): string[] {
  const known: readonly string[] = CATEGORIES;
  return [...new Set(prompts.map(({ category }) => category))].filter((category) => !known.includes(category));
}

/** Why nothing can be written to a category and an opening. */
export function problemOf(category: string, opening: string): string | undefined {
  const [long, longer] = [[...category].length, [...opening].length];
  if (long === 0) return "逗号前面要写类别";
  if (long > MAX_CATEGORY) return `类别有 ${long} 个字，最多 ${MAX_CATEGORY} 个`;
  if (longer > MAX_OPENING) return `开头有 ${longer} 个字，最多 ${MAX_OPENING} 个`;
  const mark = formatMark(`${category}，${opening}`);
  return mark && `${mark} 是模型自己的记号`;
}
