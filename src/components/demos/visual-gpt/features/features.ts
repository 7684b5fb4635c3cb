import { type Agreement, neighbourAgreement } from "../../../../engine/analysis/neighbours.ts";
import { EngineError } from "../../../../engine/errors.ts";
import type { DepthMapsMetrics, DepthMapsSettings } from "../../../../engine/experiments/depth-maps.ts";
import { indexOfLargest } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import type { ReadText } from "../../../subjects/own-model/behind-mark.ts";
import { depthName } from "../lens/lens.ts";
import { fitting } from "../own/encode.ts";
import { joined } from "./joined.ts";
import { MAPPED } from "./sentences.ts";

export const MODEL = "gpt-zh";

/** Steps of t-SNE: enough for so few points to come to rest. */
const STEPS = 400;

/** Tokens that are read, marks included: the map has room for so many points. */
const MOST_TOKENS = 400;

/** Of fewer there is no map. A model whose context is short may be able to read no sentence but the reader's own. */
const FEWEST_TOKENS = 3;

/** A token of one of the sentences. */
export interface Token {
  readonly text: string;
  /** Which sentence, and which token of it, from 0. */
  readonly sentence: number;
  readonly place: number;
  /** What the whole model holds likeliest behind it. */
  readonly guess: string;
}

/** All tokens at one depth of the residual stream. */
export interface Depth {
  /** [tokens × 2] On a map that is turned to the one of the depth before. */
  readonly positions: Float32Array;
  readonly map: DepthMapsMetrics;
  /** Whether a token and its nearest neighbour, in all dimensions, are the same token; and whether the same is guessed behind both. */
  readonly same: Agreement;
  readonly guess: Agreement;
}

export interface Features {
  readonly method: DepthMapsSettings["method"];
  readonly sentences: readonly string[];
  readonly tokens: readonly Token[];
  /** From the embeddings to the last block, as far as they are drawn. */
  readonly depths: readonly Depth[];
  readonly layers: number;
}

export interface Settings {
  readonly own: string;
  readonly method: DepthMapsSettings["method"];
  readonly perplexity: number;
  readonly start: number;
}

/** Reads the sentences, the reader's own last, and draws their tokens at every depth. @throws EngineError as `fitting`, `ModelCalls.traces` and `DepthMapsExperiment`; `bad-input` for too few tokens */
export async function* drawDepths(context: WorkContext, settings: Settings): AsyncGenerator<Features, void, undefined> {
  const { engine, model, signal } = context;
  const { layers, width } = model.config;
  const texts = await fitting(context, [...MAPPED, settings.own], MOST_TOKENS);
  const sentences = texts.map(({ text }) => text);
  const { tokens, streams } = await readStreams(context, texts);
  if (tokens.length < FEWEST_TOKENS) {
    throw new EngineError("bad-input", `只有 ${tokens.length} 个词元，画不成地图，至少写 ${FEWEST_TOKENS} 个`);
  }
  const { method, perplexity, start } = settings;
  const run = await engine.experiment(
    "depth-maps",
    { depths: streams, width, method, perplexity, steps: STEPS },
    start,
  );
  try {
    const depths: Depth[] = [];
    while (depths.length <= layers) {
      await run.step();
      if (run.error) throw run.error;
      signal.throwIfAborted();
      const { positions, nearest } = await run.ask(depths.length);
      const agree = (classOf: (token: Token) => string): Agreement => neighbourAgreement(nearest, tokens.map(classOf));
      depths.push({
        positions,
        map: run.records.at(-1)!,
        same: agree(({ text }) => text),
        guess: agree(({ guess }) => guess),
      });
      yield { method, sentences, tokens, depths: [...depths], layers };
    }
  } finally {
    await run.stop();
  }
}

/** The residual stream of all tokens at every depth, [tokens × width] each. */
async function readStreams({ engine, model, signal }: WorkContext, sentences: readonly ReadText[]) {
  const tokens: Token[] = [];
  const parts: Float32Array[][] = Array.from({ length: model.config.layers + 1 }, () => []);
  for (const [sentence, { ids, tokens: texts, front }] of sentences.entries()) {
    const traces = await engine.traces(model.id, ids, ["blocks.0.resid_pre", "blocks.*.resid_post", "logits"]);
    signal.throwIfAborted();
    const logits = traces.get("logits")!.data;
    const size = logits.length / ids.length;
    for (let place = front; place < ids.length; place++) {
      const guess = indexOfLargest(logits.subarray(place * size, (place + 1) * size));
      tokens.push({ text: texts[place]!, sentence, place, guess: model.vocabulary[guess] ?? "" });
    }
    // A mark at the beginning is the same everywhere, and far from all others.
    const streams = [...traces].filter(([name]) => name.includes("resid")).map(([, { data }]) => data);
    for (const [depth, data] of streams.entries())
      parts[depth]!.push(data.subarray((data.length / ids.length) * front));
  }
  return { tokens, streams: parts.map(joined) };
}

interface Line extends Depth {
  readonly name: string;
}

export function linesOf({ depths }: Features): Line[] {
  return depths.map((depth, i) => ({ ...depth, name: depthName(i) }));
}

const shared = (head: string, of: (line: Line) => Agreement): Column<Line>[] => [
  {
    head,
    cell: (line) => of(line).share,
    print: formatPercent,
    bar: { length: (line) => of(line).share, mark: (line) => of(line).chance },
  },
  { head: `${head}，随便挑一个`, cell: (line) => of(line).chance, print: formatPercent, only: "csv" },
];

export const columns: readonly Column<Line>[] = [
  { head: "深度", cell: ({ name }) => name },
  ...shared("最近的邻居是同一个字", ({ same }) => same),
  ...shared("后面猜的是同一个字", ({ guess }) => guess),
  { head: "主成分 1 的方差", cell: ({ map }) => map.explainedX, only: "csv" },
  { head: "主成分 2 的方差", cell: ({ map }) => map.explainedY, only: "csv" },
  { head: "散度（纳特）", cell: ({ map }) => map.divergence, only: "csv" },
];
