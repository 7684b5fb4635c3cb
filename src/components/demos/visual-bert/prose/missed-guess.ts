/** A plain sentence as `evaluation.json` of bert-zh has it. */
export interface MeasuredSentence {
  readonly text: string;
  /** The characters that count as right. */
  readonly answers: string;
  /** The first guesses, the likeliest first. */
  readonly best: readonly string[];
  /** Rank of the first right character, from 1; null where the guesses do not hold it. */
  readonly place: number | null;
}

/**
 * What the measured model puts into a sentence that it gets wrong, in words for the prose.
 * @throws RangeError where the sentence was not measured, or its first guess is right: then the prose has lost its example
 */
export function tellMissed(sentences: readonly MeasuredSentence[], text: string): string {
  const found = sentences.find((sentence) => sentence.text === text);
  if (!found) throw new RangeError(`not among the measured sentences: ${text}`);
  const { answers, best, place } = found;
  if (place === 1) throw new RangeError(`the model gets it right: ${text}`);
  const answer = [...answers].map(quoted).join("或");
  const whole = text.replace("[MASK]", "▢").replace(/。$/u, "");
  return `「${whole}」，它最先猜的是${best.map(quoted).join("")}，${place === null ? `没有${answer}` : `${answer}只排第 ${place}`}`;
}

function quoted(text: string): string {
  return `「${text}」`;
}
