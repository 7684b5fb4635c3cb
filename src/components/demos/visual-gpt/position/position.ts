import { logSoftmax } from "../../../../engine/decoding/softmax.ts";
import { topIndices } from "../../../../engine/decoding/top-indices.ts";
import { EngineError } from "../../../../engine/errors.ts";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { PositionRows } from "../../../../engine/models/gpt2-batch.ts";
import { Random, shuffled } from "../../../../engine/random.ts";
import { cosine, mean } from "../../../../engine/statistics.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";

export const MODEL = "gpt-zh";

/** What is done to the positions. */
export const WAYS = ["own", "shifted", "shuffled", "none"] as const;
export type Way = (typeof WAYS)[number];

/** Positions whose embeddings are compared with each other: from one to the next so many, so that the matrix spans the table. */
export const COMPARED = { count: 64, step: 4 } as const;

/** Next characters that are kept of each reading. */
const GUESSES = 3;

/** One reading of the text with its positions as they are, or altered. */
export interface Altered {
  readonly way: Way;
  /** [tokens] What the model was told of where each token stands, counted from 0; nothing where there are no positions. */
  readonly rows: readonly number[] | undefined;
  /** By layers, counted from 1, [heads, tokens, tokens]; of a reading that is sent with the page only one layer's. */
  readonly patterns: ReadonlyMap<number, HostTensor>;
  /** [tokens − 1] −ln p of each token behind the first. */
  readonly losses: readonly number[];
  readonly guesses: readonly { readonly text: string; readonly probability: number }[];
}

export interface Reading extends EncodedText {
  readonly altered: readonly Altered[];
  /** [compared × compared] Cosines of the position embeddings. */
  readonly likeness: Float32Array;
}

interface Settings {
  readonly text: string;
  readonly shift: number;
  readonly seed: number;
}

/** Which rows of the position table the tokens of a text are given. */
export function rowsOf(way: Way, length: number, { shift, seed }: Pick<Settings, "shift" | "seed">): PositionRows {
  const places = Array.from({ length }, (_, i) => i);
  switch (way) {
    case "own":
    case "none":
      return way;
    case "shifted":
      return Int32Array.from(places, (place) => place + shift);
    case "shuffled":
      return Int32Array.from(shuffled(places, new Random(seed)));
  }
}

/** Reads a text with its positions in every way, one after the other. @throws EngineError as `Gpt2Tree.inspect` */
export async function read({ engine, model }: WorkContext, settings: Settings): Promise<Reading> {
  const encoded = await engine.encode(model.id, `[END]${settings.text}`);
  const altered: Altered[] = [];
  for (const way of WAYS) {
    const positions = rowsOf(way, encoded.ids.length, settings);
    const tree = await engine.tree(model.id, { positions });
    try {
      const { steps, traces } = await tree.inspect(null, encoded.ids, ["blocks.*.attn.pattern"]);
      const logProbs = steps.map(({ logits }) => logSoftmax(logits));
      const losses = encoded.ids.slice(1).map((id, place) => -logProbs[place]![id]!);
      const guesses = topIndices(logProbs.at(-1)!, GUESSES).map(({ index, value }) => ({
        text: model.vocabulary[index] ?? "",
        probability: Math.exp(value),
      }));
      const rows =
        positions === "none" ? undefined : positions === "own" ? encoded.ids.map((_, i) => i) : [...positions];
      const patterns = new Map([...traces.values()].map((pattern, i) => [i + 1, pattern]));
      altered.push({ way, rows, patterns, losses, guesses });
    } finally {
      await tree.dispose();
    }
  }
  return { ...encoded, altered, likeness: await likenessOf({ engine, model }) };
}

/** How alike the position embeddings are to each other, whatever stands there. */
async function likenessOf({ engine, model }: Pick<WorkContext, "engine" | "model">): Promise<Float32Array> {
  const { count, step } = COMPARED;
  const length = (count - 1) * step + 1;
  if (model.endId === null) throw new EngineError("bad-input", "这个模型没有 [END]");
  const anything = new Array<number>(length).fill(model.endId);
  const { data } = (await engine.traces(model.id, anything, ["pos_embed"])).get("pos_embed")!;
  const width = data.length / length;
  const row = (i: number): Float32Array => data.subarray(i * step * width, (i * step + 1) * width);
  return Float32Array.from({ length: count ** 2 }, (_, i) => cosine(row(Math.floor(i / count)), row(i % count)));
}

export const WAY_NAMES: Readonly<Record<Way, string>> = {
  own: "学来的位置",
  shifted: "平移",
  shuffled: "打乱",
  none: "清零",
};

export const meanLoss = ({ losses }: Pick<Altered, "losses">): number => mean(losses);

/** A token behind the first, and what the model lost on it in every way. */
interface Lost {
  readonly place: number;
  readonly token: string;
  readonly losses: readonly number[];
}

export const columns: readonly Column<Lost>[] = [
  { head: "位置", cell: ({ place }) => place },
  { head: "字", cell: ({ token }) => token },
  ...WAYS.map(
    (way, i): Column<Lost> => ({
      head: WAY_NAMES[way],
      cell: ({ losses }) => losses[i],
      print: (loss) => formatNumber(loss, 2),
    }),
  ),
];

export function lossRows({ tokens, altered }: Reading): Lost[] {
  return tokens.slice(1).map((token, i) => ({
    place: i + 1,
    token: visibleToken(token),
    losses: altered.map(({ losses }) => losses[i]!),
  }));
}
