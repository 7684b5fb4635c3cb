import { EngineError } from "../../../../engine/errors.ts";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import { norm } from "../../../../engine/statistics.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import type { ModelInfo } from "../../../../engine/worker.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";
import { encodeText } from "../own/encode.ts";

export const MODELS = { gpt: "gpt-zh", bert: "bert-zh" } as const;
export type Role = keyof typeof MODELS;

/** What one of the two models makes of the two sentences. */
export interface Side extends Pick<EncodedText, "tokens" | "unknown"> {
  readonly name: string;
  /** Places at which the sentences differ, the mark at the beginning counted. */
  readonly changed: readonly number[];
  /** By layers, [heads, tokens, tokens]. */
  readonly patterns: readonly HostTensor[];
  /** [layers × tokens] How far a token's residual stream is elsewhere behind a block once the other sentence is read, as a share of its length. */
  readonly changes: Float32Array;
}

export interface TwoSides {
  readonly sides: Readonly<Record<Role, Side>>;
  /** Whether a place is the same character for both: a GPT of the reader's own may cut sentences otherwise. */
  readonly alike: boolean;
}

interface Traced extends EncodedText {
  readonly patterns: readonly HostTensor[];
  readonly streams: readonly HostTensor[];
}

/**
 * Reads a sentence and another one with both models.
 * @throws EngineError as `encodeText`; `bad-input` where they are not of one length, or are the same
 */
export async function readBoth(context: WorkContext<Role>, text: string, other: string): Promise<TwoSides> {
  const gpt = sideOf(context.gpt, await readGpt(context, text), await readGpt(context, other));
  const bert = sideOf(context.bert, await readBert(context, text), await readBert(context, other));
  const [ours, theirs] = [gpt.tokens.slice(1), bert.tokens.slice(1, -1)];
  const alike = ours.length === theirs.length && ours.every((token, i) => token === theirs[i]);
  return { sides: { gpt, bert }, alike };
}

async function readGpt({ engine, gpt }: WorkContext<Role>, text: string): Promise<Traced> {
  const encoded = await encodeText({ engine, model: gpt }, text);
  const traces = await engine.traces(gpt.id, encoded.ids, ["blocks.*.attn.pattern", "blocks.*.resid_post"]);
  return { ...encoded, ...sorted(traces) };
}

async function readBert({ engine, bert }: WorkContext<Role>, text: string): Promise<Traced> {
  const encoded = await engine.encode(bert.id, text);
  const { traces } = await engine.read(bert.id, encoded, {
    trace: ["blocks.*.attn.pattern", "blocks.*.normalized_resid_post"],
  });
  return { ...encoded, ...sorted(traces) };
}

function sorted(traces: ReadonlyMap<string, HostTensor>): Pick<Traced, "patterns" | "streams"> {
  const those = (end: string): HostTensor[] => [...traces].filter(([name]) => name.endsWith(end)).map(([, one]) => one);
  return { patterns: those("attn.pattern"), streams: those("resid_post") };
}

/** @throws EngineError `bad-input` as `readBoth` */
function sideOf({ id, entry, report }: ModelInfo, own: Traced, other: Traced): Side {
  const { ids, tokens, unknown, patterns, streams } = own;
  // A character is a token for the models of the site, not for any.
  const unit = entry ? "字" : "词元";
  if (ids.length !== other.ids.length) {
    const [length, otherLength] = [own, other].map((one) => one.ids.length - 1);
    throw new EngineError(
      "bad-input",
      `两句话要一样长，才能一个位置对一个位置地比。现在一句 ${length} 个${unit}，一句 ${otherLength} 个`,
    );
  }
  const changed = ids.flatMap((id, place) => (id === other.ids[place] ? [] : [place]));
  if (changed.length === 0) throw new EngineError("bad-input", "两句话在模型看来一样，没有可比的。改一个字");
  const changes = streams.flatMap(({ data }, layer) => {
    const width = data.length / tokens.length;
    const twin = other.streams[layer]!.data;
    return tokens.map((_, place) => {
      const row = data.subarray(place * width, (place + 1) * width);
      return norm(row.map((value, i) => value - twin[place * width + i]!)) / norm(row);
    });
  });
  const name = entry ? id : report.title;
  return { name, tokens, unknown, changed, patterns, changes: Float32Array.from(changes) };
}

/** Where a token's attention goes: to what stands before it, to itself, behind it. */
export interface Looks {
  readonly left: number;
  readonly self: number;
  readonly right: number;
}

/** Of a place in a layer: of one head, or as the mean of all. Layers and heads are counted from 1. */
export function looksOf({ patterns }: Side, layer: number, place: number, one?: number): Looks {
  const { shape, data } = patterns[layer - 1]!;
  const [all = 0, tokens = 0] = shape;
  const heads = one === undefined ? Array.from({ length: all }, (_, head) => head) : [one - 1];
  const shares = { left: 0, self: 0, right: 0 };
  for (const head of heads) {
    for (let key = 0; key < tokens; key++) {
      const where = key < place ? "left" : key === place ? "self" : "right";
      shares[where] += data[(head * tokens + place) * tokens + key]! / heads.length;
    }
  }
  return shares;
}

/** What a place looks at, in words. */
export function tellLooks(name: string, looks: Looks): string {
  const [left, self, right] = [looks.left, looks.self, looks.right].map(formatPercent);
  return `${name} 的注意力，${left} 给左边，${self} 给自己，${right} 给右边`;
}

interface Line extends Looks {
  readonly model: string;
  readonly layer: number;
  readonly place: number;
  readonly token: string;
  readonly change: number;
}

export function linesOf({ sides }: TwoSides): Line[] {
  return (["gpt", "bert"] as const).flatMap((role) => {
    const side = sides[role];
    return side.patterns.flatMap((_, i) =>
      side.tokens.map((token, place) => ({
        model: side.name,
        layer: i + 1,
        place: place + 1,
        token: visibleToken(token),
        ...looksOf(side, i + 1, place),
        change: side.changes[i * side.tokens.length + place]!,
      })),
    );
  });
}

export const columns: readonly Column<Line>[] = [
  { head: "模型", cell: ({ model }) => model },
  { head: "块", cell: ({ layer }) => layer },
  { head: "位置", cell: ({ place }) => place },
  { head: "字", cell: ({ token }) => token },
  { head: "看左边", cell: ({ left }) => left },
  { head: "看自己", cell: ({ self }) => self },
  { head: "看右边", cell: ({ right }) => right },
  { head: "改字以后变了", cell: ({ change }) => change },
];
