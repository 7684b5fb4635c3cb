import { spearman } from "../../../../engine/analysis/rank-correlation.ts";
import type { Method } from "../../../../engine/experiments/attribution.ts";
import { partsFromTop } from "../../../../engine/models/bert-randomized.ts";
import { Random, shuffled } from "../../../../engine/random.ts";
import { mean } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { type Explained, explain, valuesOf } from "../../../subjects/attribution/explain.ts";
import { METHODS, methodName } from "../../../subjects/attribution/methods.ts";

const STEPS = 16;
const SAMPLES = 60;
/** Orders by which chance is measured. */
const DRAWN = 2000;

/** What six methods say of one text by a model of which more and more is drawn anew; the first is the model as it was trained. */
export interface Cascade {
  readonly stages: readonly Explained[];
  /** Of all, also of those that are not explained yet. */
  readonly parts: number;
}

/** Explains the text with no part randomized, then one, and so on. @throws EngineError as `explain` */
export async function* cascade(
  context: WorkContext,
  { text, seed }: { readonly text: string; readonly seed: number },
): AsyncGenerator<Cascade, void, undefined> {
  const { config } = context.model;
  const parts = partsFromTop(config).length;
  const stages: Explained[] = [];
  for (let randomized = 0; randomized <= parts; randomized++) {
    const asked = { text, seed, baseline: "mask", steps: STEPS, samples: SAMPLES, randomized } as const;
    const explained = await Array.fromAsync(explain(context, asked));
    stages.push(explained.at(-1)!);
    yield { stages: [...stages], parts };
  }
}

/** Does not break, and is not taken for a token's. */
const SPACE = "\u00a0";

/** A stage in words: what is drawn anew in it, besides what was before. */
export function stageName(randomized: number, parts: number): string {
  if (randomized === 0) return "训练好的";
  if (randomized === 1) return "分类层";
  if (randomized === 2) return "＋汇总层";
  return randomized === parts ? "＋嵌入" : `＋第${SPACE}${parts - randomized}${SPACE}块`;
}

/** Spearman's correlation of a map with that of the trained model; null where one of both does not vary. */
export function likeness({ stages }: Cascade, method: Method, randomized: number): number | null {
  const [trained, now] = [stages[0], stages[randomized]].map((stage) => stage && valuesOf(stage, method));
  return trained && now ? spearman(trained, now) : null;
}

/** What the last half of the stages has left of the first map, on average and whatever the sign. */
export function leftOver(cascade: Cascade, method: Method): number {
  const { stages, parts } = cascade;
  const late = stages.flatMap((_, randomized) => {
    const own = 2 * randomized > parts ? likeness(cascade, method, randomized) : null;
    return own === null ? [] : [Math.abs(own)];
  });
  return mean(late);
}

/** The same of orders that have nothing to do with each other: the fewer tokens, the more alike they are by chance. */
export function chanceLikeness(tokens: number): number {
  const random = new Random(1);
  const order = Array.from({ length: tokens }, (_, i) => i);
  return mean(Array.from({ length: DRAWN }, () => Math.abs(spearman(order, shuffled(order, random)) ?? Number.NaN)));
}

interface Stage {
  readonly name: string;
  readonly randomized: number;
}

export function stagesOf({ stages, parts }: Cascade): Stage[] {
  return stages.map((_, randomized) => ({ name: stageName(randomized, parts), randomized }));
}

export function columnsOf(cascade: Cascade): Column<Stage>[] {
  return [
    { head: "随机化到", cell: ({ name }) => name },
    { head: "好评的对数几率", cell: ({ randomized }) => cascade.stages[randomized]!.full },
    ...METHODS.map(
      (method): Column<Stage> => ({
        head: methodName(method),
        cell: ({ randomized }) => likeness(cascade, method, randomized),
        print: (value) => formatNumber(value, 2),
        number: true,
      }),
    ),
  ];
}
