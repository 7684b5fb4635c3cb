import {
  MEASURED_EVERY,
  OPTIMIZER_RACE_RANGES,
  type OptimizerRaceMetrics,
  type OptimizerRaceSettings,
  RACERS,
  type Racer,
  type RaceSlice,
} from "../../../../engine/experiments/optimizer-race.ts";
import {
  type RateChange,
  type RateShape,
  readChanges,
  writeChanges,
} from "../../../../engine/experiments/rate-plan.ts";
import { maxOf, minOf } from "../../../../engine/statistics.ts";
import { type Column, csvOf } from "../../../figures/data-table.ts";
import type { Curve, NamedRun } from "../../../figures/run-curves.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import { choice, type StateOf, seed, setting, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { READ, UNREAD } from "../prose.figure.ts";

export const NAMES: Readonly<Record<Racer, string>> = { sgd: "SGD", momentum: "动量", adamw: "AdamW" };

export const SHAPES: Readonly<Record<RateShape, string>> = {
  constant: "不变",
  linear: "线性",
  cosine: "余弦",
  steps: "阶梯",
};

const rate = { min: 0.0001, max: 10, step: 0.0001, scale: "log" } as const;

export const fields = {
  steps: setting(OPTIMIZER_RACE_RANGES.steps, { initial: 300, min: 10, max: 2000, step: 10, unit: "步" }),
  shape: choice({ label: "学习率怎样走", initial: "constant", options: named(SHAPES) }),
  sgd: setting(OPTIMIZER_RACE_RANGES.sgd, { ...rate, initial: 1 }),
  momentum: setting(OPTIMIZER_RACE_RANGES.momentum, { ...rate, initial: 0.1 }),
  adamw: setting(OPTIMIZER_RACE_RANGES.adamw, { ...rate, initial: 0.01 }),
  /** What was changed in the midst of a run, as a link brings it. */
  changes: text({ initial: "", maxLength: 200 }),
  seed: seed(1),
};
export type Settings = StateOf<typeof fields>;

/** The changes that are set; what a link has garbled is none. */
export function changesOf({ changes }: Pick<Settings, "changes">): readonly RateChange[] {
  try {
    return readChanges(changes);
  } catch {
    return [];
  }
}

export function settingsOf(settings: Settings): OptimizerRaceSettings {
  const { steps, shape, sgd, momentum, adamw } = settings;
  return { text: READ, unread: UNREAD, steps, shape, sgd, momentum, adamw, changes: writeChanges(changesOf(settings)) };
}

/** What was changed, as a sentence. */
export function tellChanges(changes: readonly RateChange[]): string {
  return changes
    .map(
      ({ step, to }) => `第 ${step} 步起${typeof to === "number" ? `乘以 ${formatNumber(to)}` : `改成${SHAPES[to]}`}`,
    )
    .join("，");
}

/** Steps from one point of the curves to the next. */
const EVERY = 5;

/** The records that are drawn and saved: every fifth, the first, and those of a measurement. */
export function shownRecords(records: readonly OptimizerRaceMetrics[]): readonly OptimizerRaceMetrics[] {
  const last = records.length - 1;
  return records.filter(({ step }, i) => step === 1 || step % EVERY === 0 || i === last);
}

/** What one racer measured in a step. */
export type Point = {
  readonly step: number;
  readonly loss: number | null;
  readonly unread: number | null;
  readonly norm: number | null;
  readonly rate: number | null;
  /** That of one racer stands for all: they go up and down together, each from its own. */
  readonly drawnRate: number | null;
};

export function runsOf(records: readonly OptimizerRaceMetrics[]): readonly NamedRun<Point>[] {
  return RACERS.map((racer) => ({
    name: NAMES[racer],
    records: records.map((record) => ({
      step: record.step,
      loss: record[`${racer}Loss`],
      unread: record[`${racer}Unread`],
      norm: record[`${racer}Norm`],
      rate: record[`${racer}Rate`],
      drawnRate: racer === "adamw" ? record.adamwRate : null,
    })),
  }));
}

const short = (value: number): string => formatNumber(value, 2);
export const CURVES: readonly Curve<Point>[] = [
  { key: "loss", title: "训练的损失（纳特）", yDomain: [3, 7.5], format: short },
  { key: "unread", title: "没读过的文字的损失", yDomain: [3, 7.5], format: short },
  { key: "norm", title: "梯度范数", yDomain: [0, 3], format: short },
  { key: "drawnRate", title: "学习率，另两个同样升降", format: (value) => formatNumber(value, 4) },
];
export interface Trained {
  readonly records: readonly OptimizerRaceMetrics[];
  readonly slice: RaceSlice;
}

/** Cells along an edge of the slice. */
export const CELLS = 13;

interface Row extends Point {
  readonly name: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { head: "优化器", cell: ({ name }) => name },
  { head: "步", cell: ({ step }) => step },
  { head: "训练的损失", cell: ({ loss }) => loss },
  { head: "没读过的文字的损失", cell: ({ unread }) => unread },
  { head: "梯度范数", cell: ({ norm }) => norm },
  { head: "学习率", cell: ({ rate: own }) => own },
];

export function tableOf(records: readonly OptimizerRaceMetrics[]): CsvTable {
  return csvOf(
    COLUMNS,
    runsOf(records).flatMap(({ name, records: points }) => points.map((point) => ({ ...point, name }))),
  );
}

/** Where each has come to. */
export function endsOf(records: readonly OptimizerRaceMetrics[]): CsvTable {
  const last = records.findLast((record) => RACERS.some((racer) => record[`${racer}Unread`] !== null));
  return tableOf(last ? [last] : []);
}

/** Nats per character of one who knows nothing but how many kinds of character there are. */
export const BLIND = Math.log(new Set(READ + UNREAD).size);

/** How many have not diverged. */
export function survivorsOf(records: readonly OptimizerRaceMetrics[]): number {
  const last = records.at(-1);
  return RACERS.filter((racer) => last && last[`${racer}Loss`] !== null).length;
}

/** Why a racer is out, or as bad as one who knows nothing. */
export function tellTrouble(records: readonly OptimizerRaceMetrics[]): string | undefined {
  const said = RACERS.flatMap((racer) => {
    const name = NAMES[racer];
    const out = records.findIndex((record) => record[`${racer}Loss`] === null);
    if (out >= 0) {
      return [
        `${name} 在第 ${records[out]!.step} 步发散了，损失不再是有限的数（NaN）：学习率太大，一步跨过了谷底，落在更陡的地方，下一步跨得更远。`,
      ];
    }
    const last = records.at(-1);
    const loss = last?.[`${racer}Loss`];
    if (!last || last.step < MEASURED_EVERY || typeof loss !== "number" || loss < BLIND) return [];
    return [`${name} 的损失比闭着眼睛猜（${short(BLIND)}）还高：学习率太大，来回跨过谷底，降不下去。`];
  });
  return said.length > 0 ? said.join("") : undefined;
}

/** Where the plane is lowest and highest, as a sentence for those who do not see it. */
export function tellSlice({ losses, paths }: RaceSlice): string {
  const known = losses.filter(Number.isFinite);
  const [least, most] = [minOf(known), maxOf(known)];
  return `过 ${paths.map(({ racer }) => NAMES[racer]).join("、")} 此刻权重的平面，没读过的文字的损失从 ${short(least)} 到 ${short(most)}`;
}
