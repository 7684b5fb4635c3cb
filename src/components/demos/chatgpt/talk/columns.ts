import type { Column } from "../../../figures/data-table.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { tokensOf } from "./conversation.ts";
import type { Lesser, Talk } from "./converse.ts";

/** One token of all that was said. */
export interface SaidToken {
  /** Number of its turn, from 1. */
  readonly turn: number;
  readonly who: "你" | "它";
  readonly text: string;
  readonly mark: boolean;
  /** Whether the model still read it before its last answer; of that answer itself there is nothing to read. */
  readonly read: boolean;
  /** Whether the loss of such a token counted in training: it belongs to an answer. */
  readonly learnt: boolean;
  /** Natural log-probability of what the model wrote itself. */
  readonly logProb: number | null;
}

/** The whole conversation as the one row of tokens that it is to the model. */
export function tokensOfTalk({ turns, left, model: { vocabulary, specialIds } }: Talk): SaidToken[] {
  const endId = [...specialIds].find((id) => vocabulary[id] === "[END]") ?? 0;
  return turns.flatMap((turn, i) =>
    tokensOf(turn, endId).map((token, place) => {
      const written = place - turn.given.length;
      return {
        turn: i + 1,
        who: written < 0 ? ("你" as const) : ("它" as const),
        text: vocabulary[token] ?? "",
        mark: specialIds.has(token),
        read: i >= left,
        learnt: written >= 0,
        logProb: turn.answer.tokens[written]?.logProb ?? null,
      };
    }),
  );
}

/** What is saved: token by token. */
export const TOKEN_COLUMNS: readonly Column<SaidToken>[] = [
  { head: "轮", cell: ({ turn }) => turn },
  { head: "谁说的", cell: ({ who }) => who },
  { head: "词元", cell: ({ text }) => text },
  { head: "答最后一句时读到", cell: ({ read }) => read },
  { head: "训练时算损失", cell: ({ learnt }) => learnt },
  { head: "ln p", cell: ({ logProb }) => logProb },
];

/** What was left out, in words. */
function lessName({ without }: Lesser): string {
  if (without === "all") return "读到的都在";
  return without === "none" ? "只读最后一问" : `去掉第 ${without + 1} 轮`;
}

/** The last answer with each of the turns taken out. */
export const LESSER_COLUMNS: readonly Column<Lesser>[] = [
  { head: "交给它的", cell: lessName },
  { head: "它答", cell: ({ text }) => text.trim() || "（什么也没有写）", wide: true },
  {
    head: "原来的回答，每词元的概率",
    cell: ({ logProb }) => Math.exp(logProb),
    print: (probability) => formatNumber(probability, 3),
  },
];
