import { choosiestNeurons, type ExcitedNeuron } from "../../../../engine/analysis/neurons.ts";
import { EngineError } from "../../../../engine/errors.ts";
import { nextTurn } from "../../../../engine/experiments/experiment.ts";
import { minOf } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";
import { joined } from "../features/joined.ts";
import { READ } from "../features/sentences.ts";
import { fitting } from "../own/encode.ts";

export const MODEL = "gpt-zh";

/** Neurons that are listed of each block, and contexts that are shown of each. */
const LISTED = 12;
export const CONTEXTS = 8;

/** Activations that are kept while all neurons are gone through, and neurons that are gone through in one go. */
const MOST_ACTIVATIONS = 24_000_000;
const AT_ONCE = 256;

/** A place of the text at which a neuron was excited. */
export interface Context {
  /** Which sentence, and which token of it, a mark at its beginning counted. */
  readonly sentence: number;
  readonly place: number;
  readonly value: number;
  /** Of the same neuron at all tokens of the sentence. */
  readonly values: readonly number[];
}

export interface Neuron {
  /** From 1. */
  readonly layer: number;
  /** In its block, from 0. */
  readonly neuron: number;
  readonly selectivity: number;
  readonly contexts: readonly Context[];
}

export interface Excited {
  /** [sentences][tokens], with the mark at their beginning. */
  readonly sentences: readonly (readonly string[])[];
  /** How many tokens of a sentence are such a mark. */
  readonly front: number;
  /** Of a block. */
  readonly width: number;
  readonly layers: number;
  /** The choosiest of every block, block by block. */
  readonly neurons: readonly Neuron[];
}

/**
 * Reads the sentences, the reader's own last, and looks for the choosiest neurons of every block. Of a large model some of the sentences are left out.
 * @throws EngineError as `fitting` and `ModelCalls.traces`; `bad-input` for a model that is no GPT-2
 */
export async function findNeurons(context: WorkContext, own: string): Promise<Excited> {
  const { engine, model, signal } = context;
  const { config } = model;
  if (config.architecture !== "gpt2") throw new EngineError("bad-input", "要一个 GPT-2");
  const { layers, innerWidth: width } = config;
  const texts = await fitting(context, [...READ, own], MOST_ACTIVATIONS / (layers * width));
  const sentences = texts.map(({ tokens }) => tokens);
  const blocks: Float32Array[][] = Array.from({ length: layers }, () => []);
  /** Of every token: its sentence, and where in it. */
  const where: { readonly sentence: number; readonly place: number }[] = [];
  for (const [sentence, { ids }] of texts.entries()) {
    const traces = await engine.traces(model.id, ids, ["blocks.*.mlp.post"]);
    for (const place of ids.keys()) where.push({ sentence, place });
    for (const [layer, { data }] of [...traces.values()].entries()) blocks[layer]!.push(data);
  }
  const neurons: Neuron[] = [];
  for (const [layer, parts] of blocks.entries()) {
    const data = joined(parts);
    for (const { neuron, selectivity, top } of await choosiest(data, where.length, width, signal)) {
      const contexts = top.map(({ index, value }): Context => {
        const { sentence, place } = where[index]!;
        const begin = index - place;
        const values = sentences[sentence]!.map((_, token) => data[(begin + token) * width + neuron]!);
        return { sentence, place, value, values };
      });
      neurons.push({ layer: layer + 1, neuron, selectivity, contexts });
    }
  }
  const front = minOf(texts.map(({ front }) => front));
  return { sentences, front, width, layers, neurons };
}

/** `choosiestNeurons`, some neurons at a time, so that the page can be used meanwhile. @param data [tokens × width] */
async function choosiest(
  data: Float32Array,
  tokens: number,
  width: number,
  signal: AbortSignal,
): Promise<readonly ExcitedNeuron[]> {
  let best: ExcitedNeuron[] = [];
  for (let first = 0; first < width; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, width - first);
    const part = new Float32Array(tokens * count);
    for (let token = 0; token < tokens; token++) {
      const from = token * width + first;
      part.set(data.subarray(from, from + count), token * count);
    }
    const found = choosiestNeurons({ shape: [tokens, count], data: part }, { contexts: CONTEXTS, count: LISTED });
    best = [...best, ...found.map((one) => ({ ...one, neuron: first + one.neuron }))]
      .toSorted((a, b) => b.selectivity - a.selectivity)
      .slice(0, LISTED);
    await nextTurn();
    signal.throwIfAborted();
  }
  return best;
}

/** The token that stands most often in a list, the first of several, and how often. */
export function commonest(texts: readonly string[]): { readonly text: string; readonly count: number } {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [text = "", count = 0] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  return { text, count };
}

/** The tokens at which it was excited, and those that follow them; behind the last nothing follows. */
export function readAndNext({ sentences }: Pick<Excited, "sentences">, { contexts }: Neuron) {
  const at = (step: number): string[] =>
    contexts.flatMap(({ sentence, place }) => sentences[sentence]![place + step] ?? []);
  return { read: at(0), next: at(1) };
}

/** What its contexts have in common, in words: what is the same in at least half of them. */
export function tellNeuron(excited: Pick<Excited, "sentences">, neuron: Neuron): string {
  const { read, next } = readAndNext(excited, neuron);
  const [own, following] = [commonest(read), commonest(next)];
  const half = neuron.contexts.length / 2;
  const quoted = ({ text, count }: typeof own): string =>
    `「${visibleToken(text)}」，${neuron.contexts.length} 次里有 ${count} 次`;
  if (own.count >= half) return `读到${quoted(own)}`;
  if (following.count >= half) return `后面跟着${quoted(following)}`;
  return "没有一半以上相同的字";
}

interface Line extends Neuron {
  readonly words: string;
  readonly read: string;
  readonly highest: number;
}

export function linesOf(excited: Excited): Line[] {
  return excited.neurons.map((neuron) => ({
    ...neuron,
    words: tellNeuron(excited, neuron),
    read: readAndNext(excited, neuron).read.map(visibleToken).join(" "),
    highest: neuron.contexts[0]!.value,
  }));
}

export const columns: readonly Column<Line>[] = [
  { head: "神经元", cell: ({ neuron }) => `第 ${neuron} 号` },
  { head: "块", cell: ({ layer }) => layer, only: "csv" },
  { head: "挑剔的程度", cell: ({ selectivity }) => selectivity, print: (value) => formatNumber(value, 1) },
  { head: "最兴奋的八处", cell: ({ read }) => read },
  { head: "有什么相同", cell: ({ words }) => words, only: "csv" },
  { head: "最大的激活值", cell: ({ highest }) => highest, print: (value) => formatNumber(value, 2), only: "csv" },
];
