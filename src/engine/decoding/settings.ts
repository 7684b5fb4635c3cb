import { EngineError } from "../errors.ts";
import { checkRanges, type Ranges } from "../ranges.ts";

/** How text is generated; names and meanings are those of `GenerationConfig` in Python's transformers. */
export interface GenerationSettings {
  /** Draw tokens at random; otherwise the best token (greedy) or the best beams. */
  readonly doSample: boolean;
  /** Beam width, 1 to 16; 1 is no beam search. */
  readonly numBeams: number;
  /** ≥ 0; 1 changes nothing, 0 is the limit: greedy. Read only when sampling, as are top-k and top-p. */
  readonly temperature: number;
  /** Number of most likely tokens to draw from; 0 is off. */
  readonly topK: number;
  /** Probability that the tokens to draw from have together, in [0, 1]; 1 is off. */
  readonly topP: number;
  /** > 0; 1 is off, above it repetition gets less likely. */
  readonly repetitionPenalty: number;
  /** No n-gram of this many tokens occurs twice; 0 is off. */
  readonly noRepeatNgramSize: number;
  /** Exponent α in a hypothesis' score, Σ log p / lengthᵅ: above 0 favours long texts, below 0 short ones; −10 to 10. */
  readonly lengthPenalty: number;
  /**
   * When beam search stops. `true`: once `numBeams` hypotheses are finished. `false`: then, too, but only if the best running beam, scored
   * at its present length, does not beat the worst of them. `"never"`: the same, scored at the length that suits it best.
   */
  readonly earlyStopping: boolean | "never";
  /** Texts to generate, 1 to 64; with beams at most `numBeams` (the n-best list). */
  readonly numReturnSequences: number;
  /** Most tokens to generate, the end token included. */
  readonly maxNewTokens: number;
  /** Ids of the tokens that end a text; none: no token does. */
  readonly endIds: readonly number[];
  /** Unsigned 32-bit integer; the same seed gives the same texts. */
  readonly seed: number;
}

/** One text, greedily, every filter off. (Python's transformers has top-k at 50 unless told otherwise.) */
export const DEFAULT_SETTINGS: GenerationSettings = {
  doSample: false,
  numBeams: 1,
  temperature: 1,
  topK: 0,
  topP: 1,
  repetitionPenalty: 1,
  noRepeatNgramSize: 0,
  lengthPenalty: 1,
  earlyStopping: false,
  numReturnSequences: 1,
  maxNewTokens: 100,
  endIds: [],
  seed: 0,
};

const ANY = Number.POSITIVE_INFINITY;

/** What each number may be. */
export const GENERATION_RANGES: Ranges<GenerationSettings> = {
  numBeams: { name: "束的个数", min: 1, max: 16, whole: true },
  temperature: { name: "温度", min: 0, max: ANY },
  topK: { name: "top-k", min: 0, max: ANY, whole: true },
  topP: { name: "top-p", min: 0, max: 1 },
  repetitionPenalty: { name: "重复惩罚", min: 0, max: ANY },
  noRepeatNgramSize: { name: "不重复 n 元组的 n", min: 0, max: ANY, whole: true },
  lengthPenalty: { name: "长度惩罚", min: -10, max: 10 },
  numReturnSequences: { name: "生成的份数", min: 1, max: 64, whole: true },
  maxNewTokens: { name: "最多生成的词元数", min: 1, max: ANY, whole: true },
  seed: { name: "随机种子", min: 0, max: 2 ** 32 - 1, whole: true },
};

/** @throws EngineError `bad-input`, with a sentence that names the setting, its value and what it may be */
export function validateSettings(settings: GenerationSettings): void {
  checkRanges(settings, GENERATION_RANGES);
  const { doSample, numBeams, numReturnSequences, repetitionPenalty, endIds } = settings;
  if (repetitionPenalty === 0) refuse("重复惩罚是 0，要大于 0");
  const strange = endIds.find((id) => !(Number.isSafeInteger(id) && id >= 0));
  if (strange !== undefined) refuse(`结束词元的编号是 ${strange}，要是整数，不小于 0`);

  if (doSample && numBeams > 1) refuse("采样和束搜索不能同时用：请关掉采样，或把束的个数设为 1");
  if (!doSample && numReturnSequences > numBeams) {
    refuse(
      numBeams === 1
        ? "贪心解码只有一个结果，生成的份数只能是 1"
        : `束搜索最多给出 ${numBeams} 个结果（束的个数），不能要 ${numReturnSequences} 个`,
    );
  }
}

function refuse(sentence: string): never {
  throw new EngineError("bad-input", sentence);
}
