import { JsonObject } from "../../../engine/files/json.ts";
import type { CsvTable } from "../../kit/frame/types.ts";

/** A figure that was measured again and again during a training. */
export interface Series {
  /** Its name in the file, such as `val_loss`. */
  readonly key: string;
  readonly name: string;
  /** One for each check. */
  readonly values: readonly number[];
}

/** The recorded run of a model: what was measured at each check. */
export interface TrainingLog {
  readonly steps: readonly number[];
  /** Tokens read so far, padding included. */
  readonly tokens: readonly number[];
  /** Seconds of training so far. */
  readonly seconds: readonly number[];
  /** Losses, in nats. */
  readonly losses: readonly Series[];
  /** Shares, 0–1. */
  readonly shares: readonly Series[];
}

const LOSSES: Readonly<Record<string, string>> = { train_loss: "训练", val_loss: "验证" };

const SHARES: Readonly<Record<string, string>> = {
  val_top_1: "填对的字",
  val_next_sentence: "下一句判对",
  val_accuracy: "判对的评论",
  form: "格式正确的诗",
  rhyme: "押韵的诗",
};

/**
 * Takes the contents of a `training-log.json`.
 * @throws EngineError `bad-file`: a column is missing, of another length, or not of numbers; RangeError for a column that the page has no name for
 */
export function parseTrainingLog(json: unknown, file: string): TrainingLog {
  const columns = new JsonObject(json, file).object("evaluations");
  const steps = columns.numbers("step");
  const read = (key: string): number[] => {
    const values = columns.numbers(key);
    return values.length === steps.length ? values : columns.fail(key, `应有 ${steps.length} 个数`);
  };
  const series = (names: Readonly<Record<string, string>>): Series[] =>
    Object.entries(names).flatMap(([key, name]) => (columns.has(key) ? [{ key, name, values: read(key) }] : []));
  const known = new Set(["step", "tokens", "seconds", ...Object.keys(LOSSES), ...Object.keys(SHARES)]);
  const unnamed = columns.keys().find((key) => !known.has(key));
  if (unnamed !== undefined) throw new RangeError(`training-log.ts has no name for the column ${unnamed} of ${file}`);
  return { steps, tokens: read("tokens"), seconds: read("seconds"), losses: series(LOSSES), shares: series(SHARES) };
}

/** The whole record as a table. */
export function logTable({ steps, tokens, seconds, losses, shares }: TrainingLog): CsvTable {
  const measured = [...losses.map((loss) => ({ ...loss, name: `${loss.name}损失` })), ...shares];
  return {
    columns: ["步", "词元", "秒", ...measured.map(({ name }) => name)],
    rows: steps.map((step, i) => [
      step,
      tokens[i] ?? Number.NaN,
      seconds[i] ?? Number.NaN,
      ...measured.map(({ values }) => values[i] ?? Number.NaN),
    ]),
  };
}
