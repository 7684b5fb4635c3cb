import { Random } from "../../../../engine/random.ts";
import { type Column, estimateColumns } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { meanEstimate, shareEstimate } from "../../../kit/text/statistics.ts";
import { causesOf, type Found, find, linesOf } from "./find.ts";
import { FINDERS, finderName, rankOf, shareOf } from "./finders.ts";
import { planted } from "./plant.ts";
/** Praise and blame, written before the model was trained; no training text holds one (`training/planted/planter.py`). */
import SENTENCES from "./sentences.json" with { type: "json" };

/** Characters: of longer ones exact values take long. */
const LONGEST = 7;
const ASKED = SENTENCES.filter(({ text }) => [...text].length <= LONGEST);
const SETTINGS = { steps: 32, samples: 60, seed: 1 };
const CHANCE = "随便排";

/** What one finder has made of all sentences, one number for each: in which place it puts the cause, and how much it gives to it. */
interface Marks {
  readonly ranks: number[];
  readonly shares: number[];
}

export interface Measured {
  readonly name: string;
  readonly once: Marks;
  readonly twice: Marks;
}

/** Asks everybody about every sentence, with the character in places that are drawn. @throws EngineError as `find` */
export async function measureAll(context: WorkContext): Promise<Measured[]> {
  const random = new Random(1);
  const measured = [...FINDERS.map(finderName), CHANCE].map((name) => ({
    name,
    once: { ranks: [], shares: [] } as Marks,
    twice: { ranks: [], shares: [] } as Marks,
  }));
  for (const { text } of ASKED) {
    const place = Math.floor(random.uniform() * [...text].length);
    for (const times of ["once", "twice"] as const) {
      const asked = { ...SETTINGS, text: planted(text, place, times) };
      const parts: Found[] = await Array.fromAsync(find(context, asked));
      const found = parts.at(-1)!;
      if (!(found.explained.full > 0)) throw new RangeError(`the model does not follow the character in ${asked.text}`);
      const drawn = found.explained.tokens.map(() => random.uniform());
      const causes = causesOf(found);
      const marks = [...linesOf(found), { rank: rankOf(drawn, causes), share: shareOf(drawn, causes) }];
      for (const [i, { rank, share }] of marks.entries()) {
        measured[i]![times].ranks.push(rank!);
        measured[i]![times].shares.push(share!);
      }
    }
  }
  return measured;
}

const print = (value: number): string => formatNumber(value, 1);

function columnsOf(times: "once" | "twice", words: string): Column<Measured>[] {
  return [
    ...estimateColumns<Measured>(`${words}，找到`, ({ [times]: { ranks } }) =>
      shareEstimate(ranks.filter((rank) => rank === 1).length, ranks.length),
    ),
    ...estimateColumns<Measured>(`${words}，平均名次`, ({ [times]: { ranks } }) => meanEstimate(ranks), { print }),
    ...estimateColumns<Measured>(`${words}，分给它几成`, ({ [times]: { shares } }) => meanEstimate(shares)),
  ];
}

export const columns: readonly Column<Measured>[] = [
  { head: "方法", cell: ({ name }) => name },
  { head: "句数", cell: ({ once }) => once.ranks.length },
  ...columnsOf("once", "放一处"),
  ...columnsOf("twice", "放两处"),
];
