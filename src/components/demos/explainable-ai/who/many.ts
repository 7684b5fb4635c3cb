import { Random } from "../../../../engine/random.ts";
import { type Column, estimateColumns } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { meanEstimate, shareEstimate } from "../../../kit/text/statistics.ts";
import { causesOf, type Found, find, linesOf } from "./find.ts";
import { FINDERS, finderName, rankOf } from "./finders.ts";
import { planted } from "./plant.ts";
/** Praise and blame in turn, written before the model was trained; no training text holds one (`training/planted/planter.py`). */
import SENTENCES from "./sentences.json" with { type: "json" };

const SETTINGS = { steps: 32, samples: 60, seed: 1 };
const CHANCE = "随便排";

/** In which place one finder has put the cause, sentence by sentence: with the character in one place, and in two. */
export interface Measured {
  readonly name: string;
  readonly once: readonly number[];
  readonly twice: readonly number[];
}

/** Asks everybody about every sentence, with the character in places that are drawn. @throws EngineError as `find` */
export async function measureAll(context: WorkContext): Promise<Measured[]> {
  const random = new Random(1);
  const ranks = { once: new Map<string, number[]>(), twice: new Map<string, number[]>() };
  for (const { text } of SENTENCES) {
    const place = Math.floor(random.uniform() * [...text].length);
    for (const times of ["once", "twice"] as const) {
      const asked = { ...SETTINGS, text: planted(text, place, times) };
      const parts: Found[] = await Array.fromAsync(find(context, asked));
      const found = parts.at(-1)!;
      if (!(found.explained.full > 0)) throw new RangeError(`the model does not follow the character in ${asked.text}`);
      const drawn = found.explained.tokens.map(() => random.uniform());
      const own = [
        ...linesOf(found).map(({ finder, rank }) => [finderName(finder), rank] as const),
        [CHANCE, rankOf(drawn, causesOf(found))] as const,
      ];
      for (const [name, rank] of own) ranks[times].set(name, [...(ranks[times].get(name) ?? []), rank!]);
    }
  }
  return [...FINDERS.map(finderName), CHANCE].map((name) => ({
    name,
    once: ranks.once.get(name)!,
    twice: ranks.twice.get(name)!,
  }));
}

const print = (value: number): string => formatNumber(value, 1);

function columnsOf(times: "once" | "twice", words: string): Column<Measured>[] {
  return [
    ...estimateColumns<Measured>(`${words}，找到`, ({ [times]: ranks }) =>
      shareEstimate(ranks.filter((rank) => rank === 1).length, ranks.length),
    ),
    ...estimateColumns<Measured>(`${words}，平均名次`, ({ [times]: ranks }) => meanEstimate(ranks), { print }),
  ];
}

export const columns: readonly Column<Measured>[] = [
  { head: "方法", cell: ({ name }) => name },
  { head: "句数", cell: ({ once }) => once.length },
  ...columnsOf("once", "放一处"),
  ...columnsOf("twice", "放两处"),
];
