import { textProblem } from "../../kit/text/format-marks.ts";
import { type Form, promptProblem, promptText } from "../../subjects/poems/poem.ts";
import type { CATEGORIES } from "../../subjects/reviews/prompts.ts";

/**
 * How a GPT of the site wants to be asked; the formats are those of training/gptzh/text.py and training/gptpoem/text.py.
 * `text`: anything; `chat`: an instruction; `review`: a category and first words; `poem`: a form, a title and first words.
 */
export type Format = "text" | "chat" | "review" | "poem";

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ["gpt-zh-chat", "chat"],
  ["gpt-review", "review"],
  ["gpt-poem", "poem"],
]);

/** The format of a model; plain text for one that has no other. */
export function formatOf(id: string): Format {
  return FORMATS.get(id) ?? "text";
}

/** What the reader has set; each format reads its own part. */
export interface Asked {
  /** First words of a text, a review or a poem. */
  readonly opening: string;
  readonly instruction: string;
  readonly category: (typeof CATEGORIES)[number];
  readonly form: Form;
  /** Of a poem. */
  readonly title: string;
}

/** Most characters of an opening or an instruction: the smallest context has 128 tokens, and the answer needs room. */
export const MAX_TEXT = 60;

/**
 * What is wrong with a request, as a sentence; `undefined` when it can be made.
 * @param known the model's tokens; a poem is refused whose title or opening has others
 */
export function askedProblem(format: Format, asked: Asked, known?: ReadonlySet<string>): string | undefined {
  switch (format) {
    case "text":
    case "review":
      return textProblem(asked.opening);
    case "chat":
      return asked.instruction.trim() === "" ? "请先写一句指令。" : textProblem(asked.instruction);
    case "poem":
      return promptProblem("title", asked.title, known) ?? promptProblem("opening", asked.opening, known);
  }
}

/** How a format is written, for the reader. */
export const FORMAT_NOTATION: Readonly<Record<Format, string>> = {
  text: "[END]文字…[END]",
  chat: "[问]指令[答]回答…[END]",
  review: "[评]类别[文]评论…[END]",
  poem: "[体裁]题目[诗]正文…[END]",
};

/** What the boxes begin with, and what the program in Python asks. */
export function exampleOf(format: Format): Asked {
  const opening = { text: "我最喜欢的", chat: "", review: "房间", poem: "" }[format];
  return { opening, instruction: "写一句祝妈妈生日快乐的话。", category: "酒店", form: "七绝", title: "春望" };
}

/** What the model goes on from, as it was trained. A plain text begins behind the end of the one before. */
export function promptOf(format: Format, asked: Asked): string {
  switch (format) {
    case "text":
      return `[END]${asked.opening}`;
    case "chat":
      return `[问]${asked.instruction}[答]`;
    case "review":
      return `[评]${asked.category}[文]${asked.opening}`;
    case "poem":
      return promptText(asked);
  }
}
