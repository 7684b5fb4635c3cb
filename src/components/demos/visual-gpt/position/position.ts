import { logSoftmax } from "../../../../engine/decoding/softmax.ts";
import { topIndices } from "../../../../engine/decoding/top-indices.ts";
import { EngineError } from "../../../../engine/errors.ts";
import { nextTurn } from "../../../../engine/experiments/experiment.ts";
import type { PositionRows } from "../../../../engine/models/gpt2-batch.ts";
import { Random, shuffled } from "../../../../engine/random.ts";
import { cosine, mean } from "../../../../engine/statistics.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";
import type { ReadText } from "../../../subjects/own-model/behind-mark.ts";
import { encodeText } from "../own/encode.ts";

export const MODEL = "gpt-zh";

/** What is done to the positions. */
export const WAYS = ["own", "shifted", "shuffled", "none"] as const;
export type Way = (typeof WAYS)[number];

/** Positions whose embeddings are compared with each other: at most so many, from one to the next at most so far. */
const COMPARED = { count: 64, step: 4 } as const;

/** The same for a table of so many rows: of a short one they are nearer to each other. */
export function comparedOf(rows: number): { readonly count: number; readonly step: number } {
  const step = Math.min(COMPARED.step, Math.ceil(rows / COMPARED.count));
  return { count: Math.min(COMPARED.count, Math.ceil(rows / step)), step };
}

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

export interface Reading extends ReadText {
  readonly altered: readonly Altered[];
  readonly layers: number;
  readonly heads: number;
  /** Of the positions that are compared: how many, and how far from one to the next. */
  readonly compared: ReturnType<typeof comparedOf>;
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

/**
 * Reads a text with its positions in every way, one after the other.
 * @throws EngineError as `encodeText` and `Gpt2Tree.inspect`; `bad-input` for a text of one token, and one that can be moved nowhere
 */
export async function read(context: WorkContext, settings: Settings): Promise<Reading> {
  const { engine, model, signal } = context;
  const encoded = await encodeText(context, settings.text);
  const { length } = encoded.ids;
  if (length < 2) throw new EngineError("bad-input", "至少要有一个可以猜的词元，再写几个字");
  const room = model.contextLength - length;
  if (room < 1) {
    throw new EngineError(
      "bad-input",
      `这段文字是 ${length} 个词元，占满了 ${model.contextLength} 个位置，没有地方平移，写短一些`,
    );
  }
  const altered: Altered[] = [];
  for (const way of WAYS) {
    const positions = rowsOf(way, length, { shift: Math.min(settings.shift, room), seed: settings.seed });
    const tree = await engine.tree(model.id, { positions });
    try {
      const { steps, traces } = await tree.inspect(null, encoded.ids, ["blocks.*.attn.pattern"]);
      const losses: number[] = [];
      for (const [place, { logits }] of steps.slice(0, -1).entries()) {
        losses.push(-logSoftmax(logits)[encoded.ids[place + 1]!]!);
        // A vocabulary may be long: the page can be used meanwhile.
        await nextTurn();
        signal.throwIfAborted();
      }
      const guesses = topIndices(logSoftmax(steps.at(-1)!.logits), GUESSES).map(({ index, value }) => ({
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
  const compared = comparedOf(model.contextLength);
  const likeness = await likenessOf(context, compared, encoded.ids[0]!);
  const { layers, heads } = model.config;
  return { ...encoded, altered, layers, heads, compared, likeness };
}

/** How alike the position embeddings are to each other, whatever stands there. @param anything a token */
async function likenessOf(
  { engine, model }: WorkContext,
  { count, step }: Reading["compared"],
  anything: number,
): Promise<Float32Array> {
  const length = (count - 1) * step + 1;
  const ids = new Array<number>(length).fill(anything);
  const { data } = (await engine.traces(model.id, ids, ["pos_embed"])).get("pos_embed")!;
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
  /** In the text, from 1. */
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

export function lossRows({ tokens, altered, front }: Reading): Lost[] {
  return tokens.slice(1).map((token, i) => ({
    place: i + 2 - front,
    token: visibleToken(token),
    losses: altered.map(({ losses }) => losses[i]!),
  }));
}
