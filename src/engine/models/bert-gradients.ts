import { EngineError } from "../errors.ts";
import { subtract } from "../tensor/ops/elementwise.ts";
import { linear } from "../tensor/ops/linear.ts";
import { crossEntropy, weightedSum } from "../tensor/ops/losses.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import { NO_TRACE } from "../tensor/trace.ts";
import type { Bert } from "./bert.ts";
import { type ClassifiedText, joined, repeatedText, wordEmbeddings } from "./bert-words.ts";

export interface InputGradientOptions {
  /** The class whose log-odds, ln(p / (1 − p)) in nats, are explained. */
  readonly chosen: number;
  /**
   * Ids of the text that says nothing, as many as the text has: `[MASK]` in the place of every token that is to be explained, the
   * others, such as [CLS] and [SEP], as they are. Occlusion and Shapley values hide a token in the same way, so that all of them share out
   * the same difference. `[PAD]` would not do: attention never sees it, so no training ever gave its vector a meaning.
   */
  readonly baseline: readonly number[];
  /** Points between baseline and text at which integrated gradients look, 1 to 256. */
  readonly steps: number;
}

/** What gradients say of the tokens of one text; [tokens] each. */
export interface InputGradients {
  /** Gradient × input (Simonyan et al. 2014; Shrikumar et al. 2016): the slope at the text times its word embedding, summed over the width. */
  readonly gradientTimesInput: Float64Array;
  /** Integrated gradients (Sundararajan et al. 2017). They add up to `score` − `baselineScore`, the better the more steps. */
  readonly integratedGradients: Float64Array;
  /** Log-odds of the class, of the text and of the baseline. */
  readonly score: number;
  readonly baselineScore: number;
}

/** The straight way from a baseline to a text, both [tokens × width] word embeddings. */
export interface GradientPath extends Pick<InputGradientOptions, "chosen" | "steps"> {
  readonly start: Float32Array;
  readonly end: Float32Array;
}

export const MAX_STEPS = 256;
/** Points are run together as far as this: a tape keeps all activations of each, with their gradients. */
const TOKENS_AT_ONCE = 256;

/** What a model says at one point of the space of its word embeddings. */
interface Slope {
  readonly score: number;
  /** [tokens × width] */
  readonly gradient: Float32Array;
}

/**
 * Gradients of a classifier's log-odds by the word embeddings of a text, as one number for each token: at the text itself, times the
 * embedding, and along the way from a baseline, as `gradientsAlong`. Places and segments stay as they are.
 *
 * @throws EngineError `bad-input` for a model that is no classifier or has 8-bit weights, a class that it does not have, a baseline of
 * another length, steps out of range, and as `Bert.forward`
 */
export async function inputGradients(
  model: Bert,
  text: ClassifiedText,
  { baseline, ...options }: InputGradientOptions,
): Promise<InputGradients> {
  if (baseline.length !== text.ids.length) throw new EngineError("bad-input", "基线和原文的词元要一样多");
  check(model, text, options);
  const [end, start] = [await wordEmbeddings(model, text.ids), await wordEmbeddings(model, baseline)];
  const work = gradientsAlong(model, text, { ...options, start, end });
  for (;;) {
    const { done, value } = await work.next();
    if (done) return value;
  }
}

// #region input-gradients
/**
 * `inputGradients` from any point on, such as a text of zeros: (x − x′) · ∫₀¹ ∂f(x′ + α (x − x′)) / ∂x dα, by the midpoint rule. It stops
 * after each batch of points, and says how many are done, so that it can be given up there.
 *
 * @throws EngineError as `inputGradients`
 */
export async function* gradientsAlong(
  model: Bert,
  text: ClassifiedText,
  { chosen, steps, start, end }: GradientPath,
): AsyncGenerator<number, InputGradients, undefined> {
  check(model, text, { chosen, steps });
  const way = end.map((value, i) => value - start[i]!);
  const shares = [1, 0, ...Array.from({ length: steps }, (_, k) => (k + 0.5) / steps)];
  const points = shares.map((share) => start.map((value, i) => value + share * way[i]!));

  const slopes: Slope[] = [];
  const atOnce = Math.max(1, Math.floor(TOKENS_AT_ONCE / text.ids.length));
  for (let first = 0; first < points.length; first += atOnce) {
    for (const slope of await slopesAt(model, text, points.slice(first, first + atOnce), chosen)) slopes.push(slope);
    yield slopes.length;
  }
  const [atText, atBaseline, ...between] = slopes as [Slope, Slope, ...Slope[]];

  const integratedGradients = new Float64Array(text.ids.length);
  for (const { gradient } of between) {
    for (const [token, product] of perToken(gradient, way, text.ids.length).entries()) {
      integratedGradients[token]! += product / steps;
    }
  }
  return {
    gradientTimesInput: perToken(atText.gradient, end, text.ids.length),
    integratedGradients,
    score: atText.score,
    baselineScore: atBaseline.score,
  };
}
// #endregion

function check(
  { heads, parameters }: Bert,
  { ids, segments }: ClassifiedText,
  { chosen, steps }: Pick<InputGradientOptions, "chosen" | "steps">,
): void {
  const { classes } = heads;
  if (classes < 2) throw new EngineError("bad-input", "这个模型不分类");
  if (!Number.isInteger(chosen) || chosen < 0 || chosen >= classes) {
    throw new EngineError("bad-input", `没有类别 ${chosen}，应在 0 到 ${classes - 1} 之间`);
  }
  if (segments.length !== ids.length) throw new EngineError("bad-input", "每个词元要有一个段号");
  if (!Number.isInteger(steps) || steps < 1 || steps > MAX_STEPS) {
    throw new EngineError("bad-input", `步数 ${steps} 应是 1 到 ${MAX_STEPS} 的整数`);
  }
  // Only a quantized matrix has scales, and no gradient flows back through it.
  if ([...parameters].some(({ storage }) => "scales" in storage)) {
    throw new EngineError("bad-input", "权重是 8 位整数，梯度传不回去");
  }
}

/** The log-odds at some points, and their slopes: sequences of a batch do not see each other, so one way back serves all. */
async function slopesAt(
  model: Bert,
  { ids, segments }: ClassifiedText,
  points: readonly Float32Array[],
  chosen: number,
): Promise<Slope[]> {
  const { backend } = model.parameters;
  const { width } = model.config;
  const tape = new Tape(backend);
  try {
    const rows = joined(points);
    const words = tape.leaf(tape.constant(rows, [points.length, ids.length, width]));
    const batch = repeatedText({ ids, segments }, points.length);
    const odds = logOdds(tape, model.classLogits(tape, model.forward(tape, batch, NO_TRACE, words)), chosen);
    tape.backward(weightedSum(tape, odds, new Float32Array(points.length).fill(1)));

    const length = ids.length * width;
    const [scores, gradients] = await backend.read([
      { storage: odds.storage, offset: 0, length: points.length },
      { storage: words.gradient!, offset: 0, length: rows.length },
    ]);
    return points.map((_, i) => ({ score: scores![i]!, gradient: gradients!.slice(i * length, (i + 1) * length) }));
  } finally {
    tape.dispose();
  }
}

/**
 * ln(p / (1 − p)) of one class under softmax: its logit less ln Σ exp of the others. That sum is a cross-entropy of the others among
 * themselves, and the logit of its target.
 *
 * @param logits [rows, classes]
 * @returns [rows]
 */
function logOdds(tape: Tape, logits: Tensor, chosen: number): Tensor {
  const [rows = 0, classes = 0] = logits.shape;
  const others = Array.from({ length: classes }, (_, i) => i).filter((i) => i !== chosen);
  const pick = new Float32Array(classes * others.length);
  for (const [column, i] of others.entries()) pick[i * others.length + column] = 1;
  const lead = new Float32Array(classes);
  lead[chosen] = 1;
  lead[others[0]!] = -1;
  const rest = linear(tape, logits, tape.constant(pick, [classes, others.length]), null);
  const ahead = linear(tape, logits, tape.constant(lead, [classes, 1]), null);
  return subtract(tape, tape.view(ahead, [rows]), crossEntropy(tape, rest, new Int32Array(rows)));
}

/** a · b of each token, summed over the width. */
function perToken(a: Float32Array, b: Float32Array, tokens: number): Float64Array {
  const products = new Float64Array(tokens);
  const width = a.length / tokens;
  for (const [i, value] of a.entries()) products[Math.floor(i / width)]! += value * b[i]!;
  return products;
}
