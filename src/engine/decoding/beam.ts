import { EngineError } from "../errors.ts";
import type { NodeId, Step, TokenTree } from "../models/token-tree.ts";
import { type Choice, extendWith, type FinishReason, type Room, roomFor } from "./choice.ts";
import { filterLogits, lastStage } from "./pipeline.ts";
import { type GenerationSettings, validateSettings } from "./settings.ts";
import { logSoftmax } from "./softmax.ts";
import { topIndices } from "./top-indices.ts";

/** A continuation of one beam by one token. */
export interface BeamCandidate extends Choice {
  /** The token's log-probability, after repetition penalty and no-repeat n-gram. */
  readonly logProb: number;
  /** Sum of the log-probabilities of all generated tokens up to this one. */
  readonly score: number;
  /** `kept`: a beam of the next step. `finished`: entered the list of hypotheses. `dropped`: neither. */
  readonly fate: "kept" | "dropped" | "finished";
}

/** A complete text. */
export interface Hypothesis {
  /** Generated tokens, the end token included. */
  readonly ids: readonly number[];
  /** The node that the last token continues. */
  readonly parent: NodeId;
  /** Sum of the tokens' log-probabilities. */
  readonly logProb: number;
  /** logProb / lengthᵅ with α = `lengthPenalty`: transformers' `sequences_scores`. */
  readonly score: number;
  readonly reason: FinishReason;
}

/** One step of the search. */
export interface BeamStep {
  readonly type: "step";
  /** Tokens that each candidate has, from 1. */
  readonly length: number;
  /** The best continuations of all beams together, best first: as many as `candidateCount` says. */
  readonly candidates: readonly BeamCandidate[];
  /** The best hypotheses so far, best first, at most numBeams. */
  readonly hypotheses: readonly Hypothesis[];
}

/** The end of the search: the n-best list, best first. */
export interface BeamResult {
  readonly type: "result";
  readonly hypotheses: readonly Hypothesis[];
}

export type BeamEvent = BeamStep | BeamResult;

/** A text that the search follows. */
interface Beam {
  /** Prompt and generated tokens. */
  readonly history: readonly number[];
  readonly score: number;
  /** The model's answer at the last of them. */
  readonly step: Step;
}

/** A candidate whose fate is open. */
interface Continuation {
  readonly beam: Beam;
  readonly token: number;
  readonly logProb: number;
  readonly score: number;
  /** Why the text is complete with this token, if it is. */
  readonly reason: FinishReason | null;
}

// #region beam-search
/**
 * Beam search (Lowerre 1976; the length penalty after Wu et al. 2016): keeps the numBeams = B most probable beginnings and lengthens all of
 * them by one token in each step.
 *
 * Means what `generate()` in Python's transformers means. In each step the best 2B continuations of all beams are the candidates. Those
 * that end the text become hypotheses if they are among the best B candidates and score better than the worst of B hypotheses; the best B
 * of the others are the next beams. 2B, because each beam has one end token, or (1 + n)B for n of them: so B are left that go on.
 * `earlyStopping` says when to stop.
 *
 * With one beam it is greedy decoding: `generate()` then stops at the first end, and its penalties read logits, not log-probabilities.
 *
 * Yields a step when its beams are in the tree, and the result last; `return()` ends the search. Fewer than `numReturnSequences`
 * hypotheses come back only if the vocabulary, or what the n-gram filter leaves of it, has too few texts.
 *
 * @throws EngineError `bad-input`: settings that cannot be used (`doSample` among them), an empty prompt or one longer than the context
 */
export async function* beamSearch(
  tree: TokenTree,
  promptIds: readonly number[],
  settings: GenerationSettings,
): AsyncGenerator<BeamEvent, void, undefined> {
  validateSettings(settings);
  if (settings.doSample) throw new EngineError("bad-input", "束搜索不采样：请关掉采样");
  const { numBeams } = settings;
  const prompt = await tree.append(null, promptIds);
  const room = roomFor(promptIds.length, tree.contextLength, settings.maxNewTokens);

  let beams: readonly Beam[] = room.tokens > 0 ? [{ history: promptIds, score: 0, step: prompt }] : [];
  let hypotheses: readonly Hypothesis[] = [];
  for (let length = 1; beams.length > 0; length++) {
    const candidates = bestContinuations(beams, settings, length === room.tokens ? room.reason : null);
    const kept = candidates.filter(({ reason }) => reason === null).slice(0, numBeams);
    const finished = new Map<Hypothesis, Continuation>();
    for (const candidate of candidates.slice(0, numBeams)) {
      const hypothesis = completed(candidate, promptIds.length, settings.lengthPenalty);
      if (hypothesis) finished.set(hypothesis, candidate);
    }
    hypotheses = [...hypotheses, ...finished.keys()].sort((a, b) => b.score - a.score).slice(0, numBeams);

    const [best] = kept;
    const goesOn = best && canImprove(hypotheses, best.score, length, room, settings);
    beams = goesOn ? await grow(tree, kept) : [];

    const entered = new Set(hypotheses.map((hypothesis) => finished.get(hypothesis)));
    yield {
      type: "step",
      length,
      hypotheses,
      candidates: candidates.map((candidate) => ({
        parent: candidate.beam.step.node,
        token: candidate.token,
        node: beams[kept.indexOf(candidate)]?.step.node ?? null,
        logProb: candidate.logProb,
        score: candidate.score,
        fate: kept.includes(candidate) ? "kept" : entered.has(candidate) ? "finished" : "dropped",
      })),
    };
  }
  yield { type: "result", hypotheses: hypotheses.slice(0, settings.numReturnSequences) };
}
// #endregion

// #region best-continuations
/** Candidates of a step: so many that as many as there are beams go on, even if all end tokens are among them. */
function candidateCount({ numBeams, endIds }: GenerationSettings): number {
  return Math.max(2, 1 + endIds.length) * numBeams;
}

/** The best continuations, best first; of equal ones first those of better beams, then lower ids. */
function bestContinuations(
  beams: readonly Beam[],
  settings: GenerationSettings,
  reasonForAll: FinishReason | null,
): Continuation[] {
  const count = candidateCount(settings);
  const continuations = beams.flatMap((beam) =>
    topIndices(filteredLogProbs(beam.step.logits, beam.history, settings), count).map(
      ({ index: token, value: logProb }): Continuation => {
        const reason = settings.endIds.includes(token) ? "end" : reasonForAll;
        return { beam, token, logProb, score: beam.score + logProb, reason };
      },
    ),
  );
  return continuations.sort((a, b) => b.score - a.score).slice(0, count);
}
// #endregion

/**
 * Log-probabilities of the next token as the search adds them up, [vocabulary]: after the filters, so they need not sum to 1.
 * transformers filters log-probabilities, but logits where there is a single beam.
 */
export function filteredLogProbs(
  logits: Float32Array,
  history: readonly number[],
  settings: GenerationSettings,
): Float32Array {
  const filtered = (scores: Float32Array) => lastStage(filterLogits(scores, history, settings)).logits;
  return settings.numBeams === 1 ? logSoftmax(filtered(logits)) : filtered(logSoftmax(logits));
}

/** The hypothesis that a continuation makes; `null` when its text is not complete. */
function completed(continuation: Continuation, promptLength: number, lengthPenalty: number): Hypothesis | null {
  const { beam, token, score: logProb, reason } = continuation;
  if (reason === null) return null;
  const ids = [...beam.history.slice(promptLength), token];
  return { ids, parent: beam.step.node, logProb, score: logProb / ids.length ** lengthPenalty, reason };
}

// #region can-improve
/** Whether `earlyStopping` lets the search go on, given the log-probability of the best running beam and its number of tokens. */
function canImprove(
  hypotheses: readonly Hypothesis[],
  bestRunning: number,
  length: number,
  room: Room,
  { numBeams, earlyStopping, lengthPenalty }: GenerationSettings,
): boolean {
  const worst = hypotheses[numBeams - 1];
  if (!worst) return true;
  if (earlyStopping === true || numBeams === 1) return false;
  // The log-probability can only fall, so its best score is at the length that divides it the most: with a positive penalty the longest.
  const bestLength = earlyStopping === "never" && lengthPenalty > 0 ? room.tokens : length;
  return bestRunning / bestLength ** lengthPenalty > worst.score;
}
// #endregion

/** Runs the last tokens of the chosen continuations through the model: the beams of the next step. */
async function grow(tree: TokenTree, kept: readonly Continuation[]): Promise<Beam[]> {
  const choices = kept.map(({ beam, token }) => ({ parent: beam.step.node, token }));
  const steps = await extendWith(tree, choices);
  return steps.map((step, i) => {
    const { beam, token, score } = kept[i] as Continuation;
    return { history: [...beam.history, token], score, step };
  });
}
