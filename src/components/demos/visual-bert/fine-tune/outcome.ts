import type { CharacterModel } from "../../../../engine/analysis/character-model.ts";
import type { FineTuneAnswer, FineTuneMetrics, TextVerdict } from "../../../../engine/experiments/fine-tune.ts";
import type { FineTuneSettings } from "../../../../engine/experiments/fine-tune-settings.ts";
import { indexOfLargest, maxOf } from "../../../../engine/statistics.ts";
import type { CsvTable, RunSeries } from "../../../kit/frame/types.ts";

type Measured = "trainingLoss" | "trainingAccuracy" | "validationLoss" | "validationAccuracy";

/** One metric of a run over its epochs. */
export function seriesOf(name: string, records: readonly FineTuneMetrics[], key: Measured): RunSeries {
  return { name, points: records.map((record) => [record.epoch, record[key]]) };
}

/** Everything measured, one row per step. */
export function tableOf(records: readonly FineTuneMetrics[]): CsvTable {
  const columns: readonly (readonly [name: string, key: keyof FineTuneMetrics])[] = [
    ["步", "step"],
    ["遍", "epoch"],
    ["损失", "loss"],
    ["训练损失", "trainingLoss"],
    ["训练准确率", "trainingAccuracy"],
    ["验证损失", "validationLoss"],
    ["验证准确率", "validationAccuracy"],
    ["梯度范数", "gradientNorm"],
    ["学习率", "learningRate"],
  ];
  return {
    columns: columns.map(([name]) => name),
    rows: records.map((record) => columns.map(([, key]) => record[key] ?? "")),
  };
}

/** A sentence of the reader's, and what the models make of it: probabilities by class. */
export interface Asked extends TextVerdict {
  readonly text: string;
  readonly characters: ArrayLike<number>;
}

/** Everything that is shown of a fine-tuning, under way or done. */
export interface Tuned {
  readonly records: readonly FineTuneMetrics[];
  readonly epochs: number;
  readonly classes: readonly string[];
  /** How many sentences it trains on, and how many are asked. */
  readonly training: number;
  readonly validation: number;
  /** Shares of the validation texts: what always saying the same gets right, and what the linear model does. */
  readonly constant: number;
  readonly characters: number;
  /** Undefined until the training rests. */
  readonly parted: Parted | undefined;
  readonly asked: Asked | undefined;
}

/** A validation text and what the two models took it for. */
export interface Judged {
  readonly text: string;
  readonly label: number;
  readonly tuned: number;
  readonly characters: number;
}

/** The validation texts on which the fine-tuned model and the linear one part. */
export interface Parted {
  readonly onlyTuned: readonly Judged[];
  readonly onlyCharacters: readonly Judged[];
  readonly neither: readonly Judged[];
}

/** On which validation texts the fine-tuned model and the linear one part. */
export function disagreements(
  { validation }: Pick<FineTuneSettings, "validation">,
  verdicts: FineTuneAnswer,
  linear: CharacterModel,
): Parted {
  const rows = linear.probabilities(validation.map(({ text }) => text));
  const judged = validation.map((one, i) => ({
    ...one,
    tuned: indexOfLargest(verdicts[i]!.after),
    characters: indexOfLargest(rows[i]!),
  }));
  return {
    onlyTuned: judged.filter(({ label, tuned, characters }) => tuned === label && characters !== label),
    onlyCharacters: judged.filter(({ label, tuned, characters }) => tuned !== label && characters === label),
    neither: judged.filter(({ label, tuned, characters }) => tuned !== label && characters !== label),
  };
}

/** Share of the validation texts in the largest class: what always saying the same gets right. */
export function constantAccuracy({ classes, validation }: Pick<FineTuneSettings, "classes" | "validation">): number {
  const counts = classes.map((_, label) => validation.filter((one) => one.label === label).length);
  return maxOf(counts) / validation.length;
}
