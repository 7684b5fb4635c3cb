import type { Side } from "../../../../engine/experiments/seq2seq-settings.ts";
import { type Column, csvOf } from "../../../figures/data-table.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import type { States } from "./look.ts";

export const SIDES: Readonly<Record<Side, string>> = { encoder: "编码器", decoder: "解码器" };

/** A state as it is saved. */
interface Saved {
  readonly side: Side;
  readonly token: string;
  readonly state: Float32Array;
  readonly similarity: number | undefined;
}

/** Every state in full. */
export function tableOf({ sides }: States): CsvTable {
  const rows = (Object.keys(SIDES) as Side[]).flatMap((side) => {
    const { tokens, states, neighbours } = sides[side];
    const width = states.shape[1] ?? 0;
    return tokens.map(
      (token, place): Saved => ({
        side,
        token,
        state: states.data.subarray(place * width, (place + 1) * width),
        similarity: neighbours[place]?.[0]?.similarity,
      }),
    );
  });
  const width = rows[0]?.state.length ?? 0;
  const columns: Column<Saved>[] = [
    { head: "网络", cell: ({ side }) => SIDES[side] },
    { head: "读到", cell: ({ token }) => token },
    { head: "和最近一对的余弦", cell: ({ similarity }) => similarity },
    ...Array.from(
      { length: width },
      (_, i): Column<Saved> => ({ head: `第 ${i + 1} 维`, cell: ({ state }) => state[i] }),
    ),
  ];
  return csvOf(columns, rows);
}
