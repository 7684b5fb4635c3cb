import { EngineError } from "../errors.ts";
import { checkRanges, type Ranges } from "../ranges.ts";

/** A text and what is to be written for it. */
export interface TextPair {
  readonly source: string;
  readonly target: string;
}

export interface Seq2SeqSettings {
  /** What the model learns from; one token per character. A tenth of the different sources is held out. */
  readonly pairs: readonly TextPair[];
  /**
   * Two LSTMs, of which the decoder starts from the encoder's last state and sees nothing else of the source (Sutskever et al. 2014), or
   * also looks back at every state by attention (Bahdanau et al. 2015); or a Transformer (Vaswani et al. 2017).
   */
  readonly architecture: "lstm" | "lstm-attention" | "transformer";
  /** Of the encoder, and as many of the decoder. */
  readonly layers: number;
  readonly width: number;
  /** Attention heads of the Transformer; the LSTM has one at most, and takes no notice. */
  readonly heads: number;
  /** Pairs per step. */
  readonly batch: number;
  readonly steps: number;
  /** The highest; it rises over the first 5 % of the steps and falls towards 0 along half a cosine wave. */
  readonly learningRate: number;
  /** Held-out pairs that are measured, at most; of each length of source as many. */
  readonly measured: number;
  /** Steps from one measurement to the next. */
  readonly every: number;
}

/** Which of the two networks. */
export type Side = "encoder" | "decoder";

/** The traces of the states of the top layer: after each token that was read. */
export function stateNames({
  architecture,
  layers,
}: Pick<Seq2SeqSettings, "architecture" | "layers">): Readonly<Record<Side, string>> {
  const state = architecture === "transformer" ? `${layers - 1}.normalized_resid_post` : `lstm.${layers - 1}.hidden`;
  return { encoder: `encoder.${state}`, decoder: `decoder.${state}` };
}

/** What each number may be: with all at their largest, and texts at their longest, a step takes some ten seconds on a CPU. */
export const SEQ2SEQ_RANGES: Ranges<Seq2SeqSettings> = {
  layers: { name: "层数", min: 1, max: 4, whole: true },
  width: { name: "宽度", min: 1, max: 256, whole: true },
  heads: { name: "注意力头数", min: 1, max: 16, whole: true },
  batch: { name: "每步的对数", min: 1, max: 64, whole: true },
  steps: { name: "步数", min: 1, max: 100_000, whole: true },
  learningRate: { name: "学习率", min: 0, max: 1000 },
  measured: { name: "检验的对数", min: 1, max: 2000, whole: true },
  every: { name: "隔几步检验", min: 1, max: 100_000, whole: true },
};

const MAX_PAIRS = 20_000;
/** Characters of a source or of a target. */
export const MAX_LENGTH = 64;

/** @throws EngineError `bad-input` if a setting is out of its range, or the pairs are of no use */
export function checkSeq2SeqSettings(settings: Seq2SeqSettings): void {
  checkRanges(settings, SEQ2SEQ_RANGES);
  const { pairs, architecture, width, heads } = settings;
  if (pairs.length > MAX_PAIRS) throw new EngineError("bad-input", `有 ${pairs.length} 对，最多 ${MAX_PAIRS} 对`);
  for (const [i, { source, target }] of pairs.entries()) {
    checkLength(`第 ${i + 1} 对的原文`, source);
    checkLength(`第 ${i + 1} 对的译文`, target);
  }
  const sources = new Set(pairs.map(({ source }) => source));
  if (sources.size < 2)
    throw new EngineError("bad-input", `有 ${sources.size} 种不同的原文，至少要 2 种，留一种来检验`);
  if (new Set(pairs.flatMap(({ source, target }) => [...source, ...target])).size < 2) {
    throw new EngineError("bad-input", "所有文字只用了 1 种字，至少要 2 种");
  }
  if (architecture !== "transformer") return;
  if (width % heads !== 0) throw new EngineError("bad-input", `宽度 ${width} 不能被注意力头数 ${heads} 整除`);
  // A position has as many sines as cosines.
  if (width % 2 !== 0) throw new EngineError("bad-input", `宽度是 ${width}，Transformer 的宽度要是偶数`);
}

/** @throws EngineError `bad-input` for an empty text, or one that is too long */
export function checkLength(name: string, text: string): void {
  const { length } = [...text];
  if (length < 1 || length > MAX_LENGTH) {
    throw new EngineError("bad-input", `${name}有 ${length} 个字，要有 1 到 ${MAX_LENGTH} 个`);
  }
}
