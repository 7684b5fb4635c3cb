/** What can be said of a classifier with two classes, from its log-odds and what is right. */

/** What a classifier says of a text, and what is right. */
export interface Scored {
  /** ln(p / (1 − p)) of "good". */
  readonly odds: number;
  readonly good: boolean;
}

/** The probability of "good". */
export const probabilityOf = ({ odds }: Pick<Scored, "odds">): number => 1 / (1 + Math.exp(-odds));

// #region confusion
/** Texts by what they are and by what is said of them, at a threshold: "good" is said where its probability is at least that. */
export interface Confusion {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

export function confusionAt(texts: readonly Scored[], threshold: number): Confusion {
  const count = (good: boolean, said: boolean): number =>
    texts.filter((text) => text.good === good && probabilityOf(text) >= threshold === said).length;
  return {
    truePositive: count(true, true),
    falsePositive: count(false, true),
    falseNegative: count(true, false),
    trueNegative: count(false, false),
  };
}
// #endregion

// #region measures
/** Measures of a confusion matrix, 0 to 1; null where there is nothing to divide by. */
export interface Measures {
  /** Of all texts, how many are called what they are. */
  readonly accuracy: number | null;
  /** Of the texts that are called good, how many are. */
  readonly precision: number | null;
  /** Of the good texts, how many are called so: the true positive rate. */
  readonly recall: number | null;
  /** Of the bad texts, how many are called good: the false positive rate. */
  readonly fallout: number | null;
  /** Harmonic mean of precision and recall. */
  readonly f1: number | null;
}

export function measuresOf({ truePositive, falsePositive, falseNegative, trueNegative }: Confusion): Measures {
  const [claimed, good, bad] = [
    truePositive + falsePositive,
    truePositive + falseNegative,
    falsePositive + trueNegative,
  ];
  const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
  return {
    accuracy: share(truePositive + trueNegative, good + bad),
    precision: share(truePositive, claimed),
    recall: share(truePositive, good),
    fallout: share(falsePositive, bad),
    f1: share(2 * truePositive, claimed + good),
  };
}
// #endregion

/** A point of the ROC curve. */
export interface RocPoint {
  readonly threshold: number;
  readonly fallout: number;
  readonly recall: number;
}

// #region roc
/** The true positive rate by the false positive rate, over all thresholds that tell texts apart, from "all are good" to "none is". */
export function rocCurve(texts: readonly Scored[]): RocPoint[] {
  const sorted = [...texts].sort((a, b) => a.odds - b.odds);
  const good = texts.filter((text) => text.good).length;
  const bad = texts.length - good;
  let [hits, alarms] = [good, bad];
  const points: RocPoint[] = [{ threshold: 0, fallout: 1, recall: 1 }];
  for (const [i, text] of sorted.entries()) {
    if (text.good) hits--;
    else alarms--;
    if (sorted[i + 1]?.odds === text.odds) continue;
    const next = sorted[i + 1];
    points.push({
      threshold: next ? probabilityOf(next) : 1,
      fallout: bad && alarms / bad,
      recall: good && hits / good,
    });
  }
  return points;
}
// #endregion

/** Texts of which about the same is said. */
export interface Bin {
  /** The limits of the probability. */
  readonly from: number;
  readonly to: number;
  readonly texts: number;
  /** Mean probability of "good". */
  readonly said: number;
  /** How many of them are good. */
  readonly good: number;
}

const BINS = 10;

// #region calibration
/** Texts by their probability of "good", in ten bins of equal width; empty ones are left out. */
export function calibrationOf(texts: readonly Scored[]): Bin[] {
  return Array.from({ length: BINS }, (_, i) => i).flatMap((i) => {
    const [from, to] = [i / BINS, (i + 1) / BINS];
    const own = texts.filter((text) => Math.min(BINS - 1, Math.floor(probabilityOf(text) * BINS)) === i);
    if (own.length === 0) return [];
    const good = own.filter((text) => text.good).length;
    const said = own.reduce((sum, text) => sum + probabilityOf(text), 0) / own.length;
    return [{ from, to, texts: own.length, said, good }];
  });
}

/** The expected calibration error (Naeini et al. 2015; Guo et al. 2017): how far what is said lies from what is, on average over the texts. */
export function calibrationError(bins: readonly Bin[]): number {
  const total = bins.reduce((sum, { texts }) => sum + texts, 0);
  return bins.reduce((sum, { texts, said, good }) => sum + (texts / total) * Math.abs(said - good / texts), 0);
}
// #endregion
