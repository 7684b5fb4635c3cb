import { FEELINGS, SENTENCES } from "./sentences.ts";

/** What the probe is asked to tell. */
export type Task = "topic" | "feeling";

export interface LabelledSentence {
  readonly text: string;
  /** Index into the names of each task. */
  readonly labels: Readonly<Record<Task, number>>;
}

/** The names of the labels, in the order of their numbers. */
export const LABEL_NAMES: Readonly<Record<Task, readonly string[]>> = {
  topic: Object.keys(SENTENCES),
  feeling: FEELINGS,
};

export const TASK_NAMES: Readonly<Record<Task, string>> = { topic: "话题", feeling: "心情" };

export const LABELLED: readonly LabelledSentence[] = Object.values(SENTENCES).flatMap((ofTopic, topic) =>
  FEELINGS.flatMap((name, feeling) => ofTopic[name].map((text) => ({ text, labels: { topic, feeling } }))),
);

/** How many lines of the reader's own are drawn, and how long each may be, in characters. */
export const MAX_OWN = 12;
export const MAX_LENGTH = 60;

/** The reader's own sentences, one per line: trimmed, without empty ones and repetitions, cut to what the map takes. */
export function ownSentences(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => [...line.trim()].slice(0, MAX_LENGTH).join(""));
  return [...new Set(lines.filter((line) => line !== ""))].slice(0, MAX_OWN);
}

/** What is not taken of the reader's own lines, as a sentence; undefined if all are. */
export function ownProblem(text: string): string | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length > MAX_OWN) return `有 ${lines.length} 行，只画前 ${MAX_OWN} 行。`;
  const long = lines.findIndex((line) => [...line.trim()].length > MAX_LENGTH);
  return long < 0 ? undefined : `第 ${long + 1} 行太长，只留下前 ${MAX_LENGTH} 个字。`;
}
