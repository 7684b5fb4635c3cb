import { textProblem } from "../../kit/text/format-marks.ts";
import type { Player } from "./chapter-models.ts";

/**
 * How the base model is asked. The tuned model knows one format, that of training/gptzh/text.py; what is fair to the base model is a
 * matter of opinion, so the reader chooses.
 */
export const BASE_FORMS = ["bare", "line", "shots", "template"] as const;
export type BaseForm = (typeof BASE_FORMS)[number];

export const FORM_OPTIONS: readonly { readonly value: BaseForm; readonly label: string; readonly hint: string }[] = [
  { value: "bare", label: "只有问题", hint: "问题放在一篇文字的开头。模型接着写下去。" },
  {
    value: "line",
    label: "问题加换行",
    hint: "预训练的文本里也有一部分指令和回答，当作普通文字，就是这样排的：指令，换行，回答。",
  },
  {
    value: "shots",
    label: "先给两个例子",
    hint: "两问两答在前。小世界的问答，预训练的时候就是这样排在书里的。它写到「换行、问」，就替它停下。",
  },
  { value: "template", label: "问答的记号", hint: "和微调后的模型一字不差。可是基础模型从来没有见过这两个记号。" },
];

/** Most characters of a question: with two examples before it, more than half of the context is left for the answer. */
export const MAX_QUESTION = 80;

/** Written by us; none of the questions of this chapter is among them. */
const SHOTS =
  "问：一个星期有几天？\n答：一个星期有七天。\n问：推荐一种水果。\n答：苹果。它又甜又脆，一年四季都能买到。\n";

/** A request as a model gets it. */
export interface Request {
  readonly text: string;
  /** What ends an answer beside the end token: where the model goes on with the next question of its list. */
  readonly stop: string | undefined;
}

/** The question in the form of the model that it is for. */
export function requestFor(player: Player, form: BaseForm, question: string): Request {
  if (player === "chat" || form === "template") return { text: `[问]${question}[答]`, stop: undefined };
  switch (form) {
    case "bare":
      return { text: `[END]${question}`, stop: undefined };
    case "line":
      return { text: `[END]${question}\n`, stop: undefined };
    case "shots":
      return { text: `[END]${SHOTS}问：${question}\n答：`, stop: "\n问" };
  }
}

/** What is wrong with a question, as a sentence; `undefined` when it can be asked. */
export function questionProblem(question: string): string | undefined {
  return question.trim() === "" ? "请先写一个问题。" : textProblem(question);
}

/** A question of the reader's. */
export const questionField = { label: "问题", maxLength: MAX_QUESTION, validate: questionProblem };
