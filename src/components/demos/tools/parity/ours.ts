import { type Coalition, coalitionTexts, type Score, scoresOf } from "../../../../engine/analysis/coalitions.ts";
import { constrainedShares, kernelShap } from "../../../../engine/analysis/kernel-shap.ts";
import { leaveOneOut } from "../../../../engine/analysis/leave-one-out.ts";
import { lime, localModel } from "../../../../engine/analysis/lime.ts";
import { logOdds } from "../../../../engine/analysis/occlusion.ts";
import { shapleyValues } from "../../../../engine/analysis/shapley.ts";
import { logSoftmax } from "../../../../engine/decoding/softmax.ts";
import { EngineError } from "../../../../engine/errors.ts";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { InputGradients } from "../../../../engine/models/bert-gradients.ts";
import { Random } from "../../../../engine/random.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { behindMark } from "../../../subjects/own-model/behind-mark.ts";
import type { Kind } from "./rows.ts";
import { SAID, type SaidText } from "./said.ts";

const MASK = "[MASK]";

/** Numbers of a text, and what they are of. */
export interface Numbers {
  readonly values: ArrayLike<number>;
  /** Those that are drawn, a row of them: where it begins among the values, and what each is called. */
  readonly drawn: { readonly first: number; readonly labels: readonly string[] };
}

/**
 * What the engine makes of a text that a tool has spoken of: the same numbers, in the same order.
 * @param seed of what samples by itself
 * @throws EngineError as of the calls of `engine`; what `signal` throws
 */
export async function ourNumbers(context: WorkContext, kind: Kind, said: SaidText, seed: number): Promise<Numbers> {
  if (kind === "heads") return heads(context, said);
  if (kind === "lens") return lens(context, said);
  const text = await encoded(context, said);
  const values = await SHARED_OUT[kind](gameOf(context, text), said, seed);
  return { values, drawn: { first: 0, labels: text.tokens.slice(1, -1) } };
}

/** A text as its model reads it. @throws EngineError `bad-input` where the tool has read other tokens */
async function encoded({ engine, model }: WorkContext, { text, ids }: SaidText): Promise<EncodedText> {
  const own = await engine.encode(model.id, text);
  const read = model.config.architecture === "gpt2" ? behindMark(own, model) : own;
  if (read.ids.join() !== ids.join()) throw new EngineError("bad-input", `「${text}」读成了别的词元`);
  return read;
}

/** A classifier and a text, as those methods ask that share out its verdict. */
interface Game {
  readonly players: number;
  /** The log-odds of "good", where only some characters can be read. */
  readonly score: Score;
  readonly gradients: (steps: number) => Promise<Pick<InputGradients, "gradientTimesInput" | "integratedGradients">>;
}

function gameOf({ engine, model, signal }: WorkContext, text: EncodedText): Game {
  const places = [...text.ids.keys()].slice(1, -1);
  const hidden = model.vocabulary.indexOf(MASK);
  const chosen = model.config.architecture === "bert" ? model.config.classNames.indexOf("good") : -1;
  return {
    players: places.length,
    score: async (coalitions) => {
      signal.throwIfAborted();
      const readings = await engine.readTexts(model.id, coalitionTexts(text, places, coalitions, hidden));
      return readings.map(({ classes }) => logOdds(classes!, chosen));
    },
    gradients: async (steps) => {
      const baseline = text.ids.map((id, place) => (places.includes(place) ? hidden : id));
      const found = await engine.inputGradients(model.id, text, { chosen, baseline, steps });
      return {
        gradientTimesInput: found.gradientTimesInput.slice(1, -1),
        integratedGradients: found.integratedGradients.slice(1, -1),
      };
    },
  };
}

type SharedOut = (game: Game, said: SaidText, seed: number) => Promise<ArrayLike<number>>;

/** The methods, as the page on attribution has them; where a tool has sampled, over the tool's own samples, or over others. */
const SHARED_OUT: Readonly<Record<Exclude<Kind, "heads" | "lens">, SharedOut>> = {
  occlusion: ({ players, score }) => leaveOneOut(players, score),
  gradient: async ({ gradients }) => (await gradients(1)).gradientTimesInput,
  integrated: async ({ gradients }) => (await gradients(SAID.steps)).integratedGradients,
  shapley: async ({ players, score }) => (await shapleyValues(players, score)).values,
  async lime({ score }, { masks }) {
    const coalitions = masks.map(coalitionOf);
    return localModel(coalitions, await scoresOf(score, coalitions)).values;
  },
  "lime-own": async ({ players, score }, _, seed) =>
    (await lime(players, score, SAID.samples, new Random(seed))).values,
  async kernel({ players, score }, { masks, weights }) {
    const weighted = masks.map((mask, i) => ({ coalition: coalitionOf(mask), weight: weights[i]! }));
    const ends = [false, true].map((there) => new Array<boolean>(players).fill(there));
    const [empty = 0, full = 0, ...scores] = await scoresOf(score, [
      ...ends,
      ...weighted.map(({ coalition }) => coalition),
    ]);
    return constrainedShares(weighted, scores, { empty, full });
  },
  "kernel-own": async ({ players, score }, _, seed) =>
    (await kernelShap(players, score, SAID.samples, new Random(seed))).values,
};

function coalitionOf(mask: string): Coalition {
  return [...mask].map((bit) => bit === "1");
}

/** The attention of every head, [layers, heads, tokens, tokens]; drawn is where the mask, or the last token, looks in the first head of the last layer. */
async function heads(context: WorkContext, said: SaidText): Promise<Numbers> {
  const { engine, model } = context;
  const text = await encoded(context, said);
  const names = Array.from({ length: model.config.layers }, (_, layer) => `blocks.${layer}.attn.pattern`);
  const traces =
    model.config.architecture === "gpt2"
      ? await engine.traces(model.id, text.ids, names)
      : (await engine.read(model.id, text, { trace: names })).traces;
  const patterns = names.map((name) => traces.get(name)!);
  const tokens = text.ids.length;
  const [headCount = 0] = patterns[0]?.shape ?? [];
  const masked = text.tokens.indexOf(MASK);
  const query = masked < 0 ? tokens - 1 : masked;
  const first = ((patterns.length - 1) * headCount * tokens + query) * tokens;
  return { values: patterns.flatMap(({ data }) => [...data]), drawn: { first, labels: text.tokens } };
}

/** Log-probabilities of some next tokens behind every depth, [blocks + 1, asked]; drawn is the last depth but one. */
async function lens(context: WorkContext, said: SaidText): Promise<Numbers> {
  const { engine, model } = context;
  const { ids } = await encoded(context, said);
  const traces = await engine.traces(model.id, ids, ["blocks.0.resid_pre", "blocks.*.resid_post"]);
  const values: number[] = [];
  for (const residual of traces.values()) {
    const { data, shape } = await engine.logitLens(model.id, residual);
    const logProbs = logSoftmax(data.subarray((ids.length - 1) * shape[1]!));
    for (const token of said.asked) values.push(logProbs[token]!);
  }
  const first = (traces.size - 2) * said.asked.length;
  return { values, drawn: { first, labels: said.asked.map((id) => model.vocabulary[id] ?? "") } };
}
