import { parseSafetensors, type TensorView, toFloat32 } from "../../../engine/files/safetensors.ts";
import { maxOf } from "../../../engine/statistics.ts";

/** A tensor of the model, as far as counting goes. */
export type Shaped = Pick<TensorView, "name" | "shape">;

/** A piece of the model, as the chapter cuts it up. */
export interface Part {
  readonly id: string;
  readonly label: string;
  /** Shapes of its tensors, largest first: `3 × [256, 256]`. */
  readonly shapes: readonly string[];
  /** Of one such piece. */
  readonly parameters: number;
  /** How many such pieces there are: one in every layer. */
  readonly times: number;
}

const PARTS: readonly (readonly [id: string, label: string, tensors: RegExp])[] = [
  ["words", "词嵌入（也是填空的头的输出矩阵）", /^bert\.embeddings\.word_embeddings\./],
  ["positions", "位置嵌入", /^bert\.embeddings\.position_embeddings\./],
  ["segments", "段嵌入", /^bert\.embeddings\.token_type_embeddings\./],
  ["embedding-norm", "嵌入后的层归一化", /^bert\.embeddings\.LayerNorm\./],
  ["query-key-value", "块：查询、键、值", /\.attention\.self\.(query|key|value)\./],
  ["attention-output", "块：注意力的输出投影", /\.attention\.output\.dense\./],
  ["attention-norm", "块：第一个层归一化", /\.attention\.output\.LayerNorm\./],
  ["expand", "块：前馈，放宽", /\.intermediate\.dense\./],
  ["contract", "块：前馈，收窄", /\.layer\.\d+\.output\.dense\./],
  ["feed-forward-norm", "块：第二个层归一化", /\.layer\.\d+\.output\.LayerNorm\./],
  ["pooler", "pooler", /^bert\.pooler\./],
  ["next-sentence", "下一句的头", /^cls\.seq_relationship\./],
  ["transform", "填空的头：变换", /^cls\.predictions\.transform\.dense\./],
  ["transform-norm", "填空的头：层归一化", /^cls\.predictions\.transform\.LayerNorm\./],
  ["bias", "填空的头：每个词元的偏置", /^cls\.predictions\.bias$/],
];

/** What 8-bit weights have beside them: part of how the numbers are stored, not parameters. */
const SCALE = /\.scale$/;

/** The model's parts, in the order in which numbers flow through them. Whatever belongs to none of them is a part of its own, `rest`. */
export function countParts(tensors: Iterable<Shaped>): Part[] {
  const all = [...tensors].filter(({ name }) => !SCALE.test(name));
  const parts = PARTS.map(([id, label, pattern]) => partOf(id, label, ({ name }) => pattern.test(name), all));
  const known = (name: string): boolean => PARTS.some(([, , pattern]) => pattern.test(name));
  return [...parts, partOf("rest", "其余", ({ name }) => !known(name), all)].filter(({ times }) => times > 0);
}

/** Parts that the text speaks of together. */
const TOGETHER = {
  words: /^words$/,
  blocks: /^(query-key-value|attention-(output|norm)|expand|contract|feed-forward-norm)$/,
  "feed-forward": /^(expand|contract)$/,
} as const;

/** What share of the parameters some parts are: of the feed-forward network in the blocks, of the others in the whole model. */
export function ofAll(parts: readonly Part[], which: keyof typeof TOGETHER): number {
  const count = (pattern: RegExp): number =>
    parts.reduce((sum, { id, parameters, times }) => sum + (pattern.test(id) ? parameters * times : 0), 0);
  return count(TOGETHER[which]) / count(which === "feed-forward" ? TOGETHER.blocks : /./);
}

function partOf(id: string, label: string, belongs: (tensor: Shaped) => boolean, all: readonly Shaped[]): Part {
  const own = all.filter(belongs);
  const layers = new Set(own.map(({ name }) => /\.layer\.(\d+)\./.exec(name)?.[1] ?? ""));
  const [first = ""] = layers;
  const one = own.filter(({ name }) => (/\.layer\.(\d+)\./.exec(name)?.[1] ?? "") === first);
  return {
    id,
    label,
    shapes: shapesOf(one),
    parameters: one.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    times: layers.size,
  };
}

function shapesOf(tensors: readonly Shaped[]): string[] {
  const largestFirst = tensors.toSorted((a, b) => sizeOf(b.shape) - sizeOf(a.shape));
  const counts = new Map<string, number>();
  for (const { shape } of largestFirst) {
    const text = `[${shape.join(", ")}]`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => (count > 1 ? `${count} × ${text}` : text));
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** What the page needs of the model's file. */
export interface Weights {
  readonly parts: readonly Part[];
  /** Gain and bias of the first layer norm of every block. */
  readonly norms: readonly LayerNormNumbers[];
}

export interface LayerNormNumbers {
  readonly gain: Float32Array;
  readonly bias: Float32Array;
}

/** @param file `model.safetensors` @throws EngineError as `parseSafetensors` */
export function readWeights(file: ArrayBuffer): Weights {
  const tensors = parseSafetensors(file);
  const parts = countParts(tensors.values());
  const layers = maxOf(parts.map(({ times }) => times));
  const numbers = (name: string): Float32Array => {
    const view = tensors.get(name);
    if (!view) throw new RangeError(`no tensor ${name}`);
    return toFloat32(view);
  };
  const norms = Array.from({ length: layers }, (_, i) => {
    const norm = `bert.encoder.layer.${i}.attention.output.LayerNorm`;
    return { gain: numbers(`${norm}.weight`), bias: numbers(`${norm}.bias`) };
  });
  return { parts, norms };
}
