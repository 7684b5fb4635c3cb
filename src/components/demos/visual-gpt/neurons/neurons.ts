import { choosiestNeurons } from "../../../../engine/analysis/neurons.ts";
import { nextTurn } from "../../../../engine/experiments/experiment.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";
import { joined } from "../features/joined.ts";
import { READ } from "../features/sentences.ts";

export const MODEL = "gpt-zh";

/** Neurons that are listed of each block, and contexts that are shown of each. */
const LISTED = 12;
export const CONTEXTS = 8;

/** A place of the text at which a neuron was excited. */
export interface Context {
  /** Which sentence, and which token of it, the mark at its beginning counted. */
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
  /** Of a block. */
  readonly width: number;
  readonly layers: number;
  /** The choosiest of every block, block by block. */
  readonly neurons: readonly Neuron[];
}

/** Reads the sentences, the reader's own last, and looks for the choosiest neurons of every block. @throws EngineError as `ModelCalls.traces` */
export async function findNeurons({ engine, model, signal }: WorkContext, own: string): Promise<Excited> {
  const { layers } = model.config;
  const sentences: (readonly string[])[] = [];
  const blocks: Float32Array[][] = Array.from({ length: layers }, () => []);
  /** Of every token: its sentence, and where in it. */
  const where: { readonly sentence: number; readonly place: number }[] = [];
  for (const [sentence, text] of [...READ, own].entries()) {
    const { ids, tokens } = await engine.encode(model.id, `[END]${text}`);
    const traces = await engine.traces(model.id, ids, ["blocks.*.mlp.post"]);
    sentences.push(tokens);
    for (const place of ids.keys()) where.push({ sentence, place });
    for (const [layer, { data }] of [...traces.values()].entries()) blocks[layer]!.push(data);
  }
  const width = blocks[0]![0]!.length / sentences[0]!.length;
  const neurons: Neuron[] = [];
  for (const [layer, parts] of blocks.entries()) {
    const data = joined(parts);
    const found = choosiestNeurons({ shape: [where.length, width], data }, { contexts: CONTEXTS, count: LISTED });
    for (const { neuron, selectivity, top } of found) {
      const contexts = top.map(({ index, value }): Context => {
        const { sentence, place } = where[index]!;
        const begin = index - place;
        const values = sentences[sentence]!.map((_, token) => data[(begin + token) * width + neuron]!);
        return { sentence, place, value, values };
      });
      neurons.push({ layer: layer + 1, neuron, selectivity, contexts });
    }
    // One block after the other, so that the page can be used meanwhile.
    await nextTurn();
    signal.throwIfAborted();
  }
  return { sentences, width, layers, neurons };
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
