import { softmax } from "../../../../engine/decoding/softmax.ts";
import { topIndices } from "../../../../engine/decoding/top-indices.ts";
import { nextTurn } from "../../../../engine/experiments/experiment.ts";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";
import { encodeText } from "../own/encode.ts";

export const MODEL = "gpt-zh";

/** What the model would say of the next token, if it ended at one depth. */
export interface Guess {
  readonly text: string;
  readonly probability: number;
  /** Of the token that comes next in the text; behind its end, of the one that the whole model holds likeliest. */
  readonly target: number;
}

export interface Reading extends EncodedText {
  /** [tokens] What comes next in the text; behind its end, what the whole model holds likeliest. */
  readonly targets: readonly string[];
  /** [depths][tokens], from the embeddings to the last block. */
  readonly depths: readonly (readonly Guess[])[];
}

/**
 * Reads a text, and what the model would predict behind every block.
 * @throws EngineError as `encodeText`, `ModelCalls.traces` and `ModelCalls.logitLens`
 */
export async function read({ engine, model, signal }: WorkContext, text: string): Promise<Reading> {
  const encoded = await encodeText({ engine, model }, text);
  const names = ["blocks.0.resid_pre", "blocks.*.resid_post"];
  const traces = await engine.traces(model.id, encoded.ids, names);
  const name = (id: number): string => model.vocabulary[id] ?? "";
  const next = encoded.ids.slice(1);
  const depths: Guess[][] = [];
  // From the last one down: what the whole model says is what the others are asked for. One depth at a time, as a vocabulary may be long.
  for (const residual of [...traces.values()].reverse()) {
    const { data, shape } = await engine.logitLens(model.id, residual);
    const size = shape[1]!;
    const places: Guess[] = [];
    for (const place of encoded.ids.keys()) {
      const probabilities = softmax(data.subarray(place * size, (place + 1) * size));
      const [best] = topIndices(probabilities, 1);
      if (next.length === place) next.push(best!.index);
      places.push({ text: name(best!.index), probability: best!.value, target: probabilities[next[place]!]! });
      // The page can be used meanwhile.
      await nextTurn();
      signal.throwIfAborted();
    }
    depths.unshift(places);
  }
  return { ...encoded, targets: next.map(name), depths };
}

/** Does not break. */
const SPACE = "\u00a0";

/** A depth in words. */
export function depthName(depth: number): string {
  return depth === 0 ? "嵌入" : `第${SPACE}${depth}${SPACE}块`;
}

interface Cell extends Guess {
  readonly depth: string;
  readonly place: number;
  readonly token: string;
  readonly wanted: string;
}

export function cellsOf({ tokens, targets, depths }: Reading): Cell[] {
  return depths.flatMap((places, depth) =>
    places.map((guess, place) => ({
      ...guess,
      depth: depthName(depth),
      place: place + 1,
      token: visibleToken(tokens[place] ?? ""),
      wanted: visibleToken(targets[place] ?? ""),
    })),
  );
}

export const columns: readonly Column<Cell>[] = [
  { head: "深度", cell: ({ depth }) => depth },
  { head: "位置", cell: ({ place }) => place },
  { head: "读到的字", cell: ({ token }) => token },
  { head: "猜的下一个字", cell: ({ text }) => visibleToken(text) },
  { head: "猜它的概率", cell: ({ probability }) => probability, print: formatPercent },
  { head: "真的下一个字", cell: ({ wanted }) => wanted },
  { head: "给它的概率", cell: ({ target }) => target, print: formatPercent },
];

/** The depth from which on the guess is that of the whole model; counted from 0, the embeddings. */
export function settledAt({ depths }: Pick<Reading, "depths">, place: number): number {
  const final = depths.at(-1)![place]!.text;
  return depths.findLastIndex((places) => places[place]!.text !== final) + 1;
}
