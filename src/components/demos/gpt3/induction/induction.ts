import { headWeights } from "../../../../engine/analysis/attention.ts";
import { causalRoleShares } from "../../../../engine/analysis/causal-roles.ts";
import type { InductionAnswer, InductionMetrics } from "../../../../engine/experiments/induction.ts";
import { INDUCTION_DEFAULTS, INDUCTION_RANGES } from "../../../../engine/experiments/induction-settings.ts";
import { indexOfLargest } from "../../../../engine/statistics.ts";
import { type NamedRun, recordsTable, seriesOf } from "../../../figures/run-curves.ts";
import { type Quantized, quantized, restored } from "../../../kit/figure/quantized.ts";
import type { CsvTable, RunSeries } from "../../../kit/frame/types.ts";
import { choice, seed, settingFields } from "../../../kit/state/fields.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";

/** The first characters of the Thousand Character Classic, no two of which are the same. */
const CHARACTERS = [
  ..."天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜",
  ..."海咸河淡鳞潜羽翔龙师火帝鸟官人皇始制文字乃服衣裳推位让国有虞陶唐吊民伐罪周发殷汤坐朝问道垂拱平章爱育黎首臣伏戎羌遐迩一体率宾归王",
];

/** What the reader can set. Limits are narrower than the engine's where more makes no sense to look at. */
export const fields = {
  ...settingFields(INDUCTION_RANGES, INDUCTION_DEFAULTS, {
    steps: { min: 25, max: 4000, step: 25, unit: "步" },
    learningRate: { min: 0.0001, max: 0.05, step: 0.0001, scale: "log" },
    vocabulary: { max: CHARACTERS.length, unit: "种" },
    batch: { max: 32, unit: "段" },
  }),
  // Those that divide the width.
  heads: choice({
    initial: INDUCTION_DEFAULTS.heads,
    label: INDUCTION_RANGES.heads.name,
    options: [1, 2, 4].map((value) => ({ value, label: `${value} 个` })),
  }),
  seed: seed(1),
};

/** The two trainings, in order: what is shown, and what it is held against. */
export const RUNS = [
  { layers: 2, name: "两层" },
  { layers: 1, name: "一层" },
] as const;

/** Where heads look after so many steps: what one head of each layer gives to what, [tokens × tokens]. */
export interface Still {
  readonly step: number;
  readonly answer: InductionAnswer;
}

/** A head, counted from 0. */
export interface HeadPlace {
  readonly layer: number;
  readonly head: number;
}

/** The head of a layer that gives most to the token before, or to what came after the same token before. */
export function bestHead(
  { answer: { ids, patterns } }: Still,
  layer: number,
  role: "previous" | "induction",
): HeadPlace {
  const shares = causalRoleShares(ids, patterns[layer]!).map((own) => own[role] ?? 0);
  return { layer, head: indexOfLargest(shares) };
}

/** One head from step to step. */
export interface Film {
  readonly place: HeadPlace;
  readonly role: "previous" | "induction";
  /** [tokens × tokens] after each of the steps. */
  readonly frames: readonly Float32Array[];
  /** What it gives to what its role names, after each. */
  readonly shares: readonly number[];
}

/** What is watched: the tokens, and two heads on them, of either layer one. */
export interface Films {
  readonly ids: readonly number[];
  readonly steps: readonly number[];
  readonly films: readonly Film[];
}

/** The two heads that in the end do most of what they are for, from the beginning on. @param stills of a model of two layers, one or more */
export function filmsOf(stills: readonly Still[]): Films {
  const last = stills.at(-1)!;
  const roles = [
    { layer: 0, role: "previous" },
    { layer: 1, role: "induction" },
  ] as const;
  return {
    ids: last.answer.ids,
    steps: stills.map(({ step }) => step),
    films: roles.map(({ layer, role }) => {
      const place = bestHead(last, layer, role);
      return {
        place,
        role,
        frames: stills.map(({ answer }) => headWeights(answer.patterns[layer]!, place.head)),
        shares: stills.map(
          ({ answer: { ids, patterns } }) => causalRoleShares(ids, patterns[layer]!)[place.head]?.[role] ?? 0,
        ),
      };
    }),
  };
}

/** Films as they are sent with the page: they are drawn in fewer colours. */
export interface SentFilms extends Omit<Films, "films"> {
  readonly films: readonly (Omit<Film, "frames"> & { readonly frames: readonly Quantized[] })[];
}

export function sentFilms({ films, ...rest }: Films): SentFilms {
  return {
    ...rest,
    films: films.map((film) => ({ ...film, frames: film.frames.map((frame) => quantized(frame, [0, 1])) })),
  };
}

export function receivedFilms({ films, ...rest }: SentFilms): Films {
  return { ...rest, films: films.map((film) => ({ ...film, frames: film.frames.map(restored) })) };
}

/** A recorded training of both, and the films of the one of two layers. */
export interface Trained {
  readonly records: readonly (readonly InductionMetrics[])[];
  readonly films: SentFilms;
}

/** How a token is written: the tokens mean nothing, and have characters only so that one can tell them apart. */
export function tokenName(id: number): string {
  return CHARACTERS[id] ?? String(id);
}

/** A plot over the steps. */
export interface CurvePlot {
  readonly title: string;
  readonly yDomain: readonly [from: number, to: number];
  readonly mark?: number;
  readonly format: (value: number) => string;
  readonly series: readonly RunSeries[];
}

const nats = (value: number): string => formatNumber(value, 2);

/** Losses, the in-context learning score, and what each head does, over the same steps. */
export function plotsOf(runs: readonly NamedRun<InductionMetrics>[]): readonly CurvePlot[] {
  const [two, one] = runs;
  if (!two || !one) return [];
  const named = (run: NamedRun<InductionMetrics>, key: keyof InductionMetrics & string, name = run.name) => ({
    ...seriesOf(run, "step", key),
    name,
  });
  const heads = Object.keys(two.records[0] ?? {}).filter((key) => /^prefix\d/.test(key)).length;
  const perLayer = heads / RUNS[0].layers;
  return [
    {
      title: "损失，纳特",
      yDomain: [0, 5],
      format: nats,
      series: [
        named(two, "lossRepeated", "两层，重复部分"),
        named(one, "lossRepeated", "一层，重复部分"),
        named(two, "lossNew", "两层，新的部分"),
      ],
    },
    {
      title: "上下文学习分，纳特",
      yDomain: [-3, 0.5],
      mark: 0,
      format: nats,
      series: [named(two, "contextScore"), named(one, "contextScore")],
    },
    {
      title: "前缀匹配，每个头",
      yDomain: [0, 1],
      format: formatPercent,
      series: Array.from({ length: heads }, (_, i) =>
        named(two, `prefix${i}`, `${Math.floor(i / perLayer) + 1}·${(i % perLayer) + 1}`),
      ),
    },
  ];
}

/** What is saved of each measurement. Heads that the settings do not have are left out. */
export function tableOf(runs: readonly NamedRun<InductionMetrics>[]): CsvTable {
  return recordsTable(runs, [
    ["步", "step"],
    ["训练的损失", "loss"],
    ["新的部分的损失", "lossNew"],
    ["重复部分的损失", "lossRepeated"],
    ["上下文学习分", "contextScore"],
    ["前缀匹配，最好的头", "prefix"],
    ["看前一个，第一层最好的头", "previous"],
    ["梯度范数", "gradientNorm"],
    ["学习率", "learningRate"],
  ]);
}
