import { cacheBytes, forwardProducts } from "../../../../engine/analysis/step-cost.ts";
import { filterLogits } from "../../../../engine/decoding/pipeline.ts";
import { DEFAULT_SETTINGS } from "../../../../engine/decoding/settings.ts";
import { softmax } from "../../../../engine/decoding/softmax.ts";
import { topIndices } from "../../../../engine/decoding/top-indices.ts";
import { EngineError } from "../../../../engine/errors.ts";
import { nextTurn } from "../../../../engine/experiments/experiment.ts";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { NodeId } from "../../../../engine/models/token-tree.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { decide } from "../../../subjects/poems/decide.ts";
import { encodeText } from "../own/encode.ts";

export const MODEL = "gpt-zh";

/** The likeliest tokens that are kept of a step. */
const CANDIDATES = 6;

/** A step is timed so often, and the shortest counts: whatever else a machine does makes it longer. */
const TIMES = 3;

/** A token, and how likely it was held. */
export interface Guess {
  readonly text: string;
  readonly probability: number;
}

/** Something with the cache, and the same without. */
export interface Compared {
  readonly cached: number;
  readonly whole: number;
}

/** One step of the film: what goes through the model, and the token that is chosen behind it. */
export interface Shot {
  /** Tokens that this step reads, and tokens that are in the cache behind it. */
  readonly fresh: number;
  readonly seen: number;
  /** [layers × heads × seen] What the last token gives to whom. */
  readonly attention: Float32Array;
  /** [layers + 1] What the model would guess if it ended there, from the embeddings to the last block. */
  readonly lens: readonly Guess[];
  /** The likeliest, as the model holds them; the chosen one stands last if it is none of them. */
  readonly candidates: readonly (Guess & { readonly chosen: boolean })[];
  readonly chosen: Guess;
  readonly bytes: number;
  /** Multiplications with their additions. */
  readonly products: Compared;
  /** Seconds that the step took, the shortest of some; null where nobody has measured. */
  readonly seconds: Compared | null;
}

export interface Film extends Pick<EncodedText, "unknown"> {
  /** Of the prompt, then those that were chosen. */
  readonly tokens: readonly string[];
  readonly prompt: number;
  readonly layers: number;
  readonly heads: number;
  /** Columns that the film needs when it is over. */
  readonly places: number;
  readonly shots: readonly Shot[];
  /** How many there were to be, where the context of the model has room for fewer. */
  readonly wanted?: number;
}

export interface Settings {
  readonly text: string;
  readonly tokens: number;
  readonly choose: "sample" | "greedy";
  readonly temperature: number;
  readonly seed: number;
}

/**
 * Writes a text token by token, and keeps of each step what is to be seen of it.
 *
 * @param clock milliseconds, where the steps are to be timed, too: each is then made again, without traces, over the cache and over the whole text
 * @throws EngineError as `encodeText` and `Gpt2Tree.inspect`; `bad-input` for a model that is no GPT-2
 */
export async function* film(
  { engine, model }: WorkContext,
  settings: Settings,
  clock?: () => number,
): AsyncGenerator<Film, void, undefined> {
  const { config } = model;
  if (config.architecture !== "gpt2") throw new EngineError("bad-input", "要一个 GPT");
  const generation = {
    ...DEFAULT_SETTINGS,
    doSample: settings.choose === "sample",
    temperature: settings.temperature,
    seed: settings.seed,
  };
  const encoded = await encodeText({ engine, model }, settings.text);
  // What is chosen last is not read any more.
  const length = Math.min(settings.tokens, model.contextLength - encoded.ids.length + 1);
  const wanted = length < settings.tokens ? { wanted: settings.tokens } : {};
  const ids = [...encoded.ids];
  const name = (id: number): string => model.vocabulary[id] ?? "";
  const tree = await engine.tree(model.id);
  const timed = clock && (await engine.tree(model.id));
  const shots: Shot[] = [];
  try {
    let parent: NodeId | null = null;
    let last: NodeId | null = null;
    let fresh: readonly number[] = encoded.ids;
    for (let step = 0; step < length; step++) {
      const { steps, traces } = await tree.inspect(parent, fresh, [
        "blocks.*.attn.pattern",
        "blocks.0.resid_pre",
        "blocks.*.resid_post",
      ]);
      const { node, logits } = steps.at(-1)!;
      const id = decide(filterLogits(logits, ids, generation), generation, step);
      let seconds: Compared | null = null;
      if (clock && timed) {
        const above = last;
        seconds = { cached: Number.POSITIVE_INFINITY, whole: Number.POSITIVE_INFINITY };
        for (let time = 0; time < TIMES; time++) {
          const start = clock();
          ({ node: last } = await timed.append(above, fresh));
          const between = clock();
          await engine.next(model.id, ids);
          const [cached, whole] = [between - start, clock() - between].map((milliseconds) => milliseconds / 1000);
          seconds = { cached: Math.min(seconds.cached, cached!), whole: Math.min(seconds.whole, whole!) };
        }
      }
      const probabilities = softmax(logits);
      const chosen = { text: name(id), probability: probabilities[id]! };
      const best = topIndices(probabilities, CANDIDATES).map(({ index, value }) => ({
        text: name(index),
        probability: value,
        chosen: index === id,
      }));
      const listed = best.some((one) => one.chosen) ? best : [...best.slice(0, -1), { ...chosen, chosen: true }];
      shots.push({
        fresh: fresh.length,
        seen: ids.length,
        attention: lastRows(traces, config.layers),
        lens: await lens(engine, model, traces),
        candidates: listed,
        chosen,
        bytes: cacheBytes(config, ids.length),
        products: {
          cached: forwardProducts(config, ids.length - fresh.length, fresh.length),
          whole: forwardProducts(config, 0, ids.length),
        },
        seconds,
      });
      [parent, fresh] = [node, [id]];
      ids.push(id);
      const { layers, heads } = config;
      const over = model.endIds.includes(id);
      const prompt = encoded.ids.length;
      // What is chosen last goes through the model no more.
      const places = (over ? ids.length : prompt + length) - 1;
      const whole = { unknown: encoded.unknown, tokens: ids.map(name), prompt, layers, heads, places, ...wanted };
      yield { ...whole, shots: [...shots] };
      if (over) return;
    }
  } finally {
    await tree.dispose();
    await timed?.dispose();
  }
}

/** [layers × heads × keys] The last token's row of every pattern. */
function lastRows(traces: ReadonlyMap<string, HostTensor>, layers: number): Float32Array {
  const rows = Array.from({ length: layers }, (_, layer) => {
    const { shape, data } = traces.get(`blocks.${layer}.attn.pattern`)!;
    const [heads = 0, tokens = 0, keys = 0] = shape;
    return Array.from({ length: heads }, (_, head) => {
      const row = head * tokens + tokens - 1;
      return [...data.subarray(row * keys, (row + 1) * keys)];
    });
  });
  return Float32Array.from(rows.flat(2));
}

/** What the model would guess behind the last token at every depth. */
async function lens(
  engine: WorkContext["engine"],
  model: WorkContext["model"],
  traces: ReadonlyMap<string, HostTensor>,
): Promise<Guess[]> {
  const streams = [...traces].filter(([name]) => name.includes("resid")).map(([, tensor]) => tensor);
  const width = streams[0]!.shape.at(-1)!;
  const data = Float32Array.from(streams.flatMap((stream) => [...stream.data.subarray(-width)]));
  const { data: logits, shape } = await engine.logitLens(model.id, { shape: [streams.length, width], data });
  const size = shape[1]!;
  const guesses: Guess[] = [];
  for (const depth of streams.keys()) {
    const [best] = topIndices(softmax(logits.subarray(depth * size, (depth + 1) * size)), 1);
    guesses.push({ text: model.vocabulary[best!.index] ?? "", probability: best!.value });
    // A vocabulary may be long: the page can be used meanwhile.
    await nextTurn();
  }
  return guesses;
}

/** [layers × seen] What the last token of a step looks at: one head of every layer, counted from 1, or for 0 the mean of all heads. */
export function looks({ attention, seen }: Shot, { layers, heads }: Pick<Film, "layers" | "heads">, head: number) {
  return Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: seen }, (_, key) => {
      const weight = (h: number): number => attention[(layer * heads + h) * seen + key]!;
      if (head > 0) return weight(head - 1);
      let sum = 0;
      for (let h = 0; h < heads; h++) sum += weight(h);
      return sum / heads;
    }),
  );
}
