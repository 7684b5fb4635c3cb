import { mean } from "../../../../engine/statistics.ts";
import { confidenceAt, sideOf } from "./opinion.ts";
import type { ExamSentence } from "./sentences.ts";

/** A sentence of the examination, and the log-odds of "good" that the classifier gave it, in nats. */
export interface Marked {
  readonly sentence: ExamSentence;
  readonly odds: number;
}

/** How the classifier did on some sentences. */
export interface Mark {
  readonly name: string;
  readonly asked: number;
  /** How many it got right; null where no answer is. */
  readonly right: number | null;
  /** Its mean confidence, which for a calibrated one is about the share that is right; null while nothing was asked. */
  readonly confidence: number | null;
}

export function isRight({ sentence, odds }: Marked): boolean {
  return sentence.label === sideOf(odds);
}

/** By kind, in the order of the kinds; and of all sentences together that have an answer. */
export function marksOf(marked: readonly Marked[], kinds: readonly string[], temperature: number): Mark[] {
  const mark = (name: string, part: readonly Marked[], graded: boolean): Mark => ({
    name,
    asked: part.length,
    right: graded ? part.filter(isRight).length : null,
    confidence: part.length > 0 ? mean(part.map(({ odds }) => confidenceAt(odds, temperature))) : null,
  });
  const rows = kinds.map((kind) => {
    const part = marked.filter(({ sentence }) => sentence.kind === kind);
    return mark(
      kind,
      part,
      part.every(({ sentence }) => sentence.label !== null),
    );
  });
  return [
    ...rows,
    mark(
      "合计",
      marked.filter(({ sentence }) => sentence.label !== null),
      true,
    ),
  ];
}
