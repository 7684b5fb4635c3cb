import type { AttributionMetrics, Attributions } from "./attribution.ts";
import type { AttributionSettings } from "./attribution-settings.ts";
import type { BestOfNAnswer, BestOfNMetrics, BestOfNQuestion, BestOfNSettings } from "./best-of-n.ts";
import type { CartPoleAnswer, CartPoleMetrics, CartPoleQuestion } from "./cart-pole.ts";
import type { CartPoleSettings } from "./cart-pole-settings.ts";
import type { DepthMap, DepthMapsMetrics, DepthMapsSettings } from "./depth-maps.ts";
import type { MetricRecord } from "./experiment.ts";
import type { FineTuneAnswer, FineTuneMetrics, FineTuneQuestion } from "./fine-tune.ts";
import type { FineTuneSettings } from "./fine-tune-settings.ts";
import type { InductionAnswer, InductionMetrics, InductionQuestion } from "./induction.ts";
import type { InductionSettings } from "./induction-settings.ts";
import type { LanguageModelMetrics, LanguageModelQuestion, LanguageModelSettings } from "./language-model.ts";
import type { MaskLeakMetrics, MaskLeakQuestion, MaskLeakSettings } from "./mask-leak.ts";
import type { NormPlaceMetrics, NormPlaceSettings } from "./norm-place.ts";
import type {
  OptimizerRaceAnswer,
  OptimizerRaceMetrics,
  OptimizerRaceQuestion,
  OptimizerRaceSettings,
} from "./optimizer-race.ts";
import type { PretrainingAnswer, PretrainingMetrics } from "./pretraining.ts";
import type { PretrainingSettings } from "./pretraining-settings.ts";
import type { ProbeMetrics, ProbeSettings } from "./probe.ts";
import type { ProjectionMetrics, ProjectionSettings } from "./projection.ts";
import type {
  RewardModelAnswer,
  RewardModelMetrics,
  RewardModelQuestion,
  RewardModelSettings,
} from "./reward-model.ts";
import type { RlhfAnswer, RlhfMetrics, RlhfQuestion } from "./rlhf-records.ts";
import type { RlhfSettings } from "./rlhf-settings.ts";
import type { Seq2SeqAnswer, Seq2SeqMetrics, Seq2SeqQuestion } from "./seq2seq.ts";
import type { SoftmaxScaleMetrics, SoftmaxScaleSettings } from "./softmax-scale.ts";
import type { TokenUnitsMetrics, TokenUnitsQuestion, TokenUnitsSettings } from "./token-units.ts";
import type { TranslatorSettings } from "./translator-settings.ts";
import type {
  WordVectorsAnswer,
  WordVectorsMetrics,
  WordVectorsQuestion,
  WordVectorsSettings,
} from "./word-vectors.ts";

/** What goes into an experiment and what comes out, by its name. */
export interface ExperimentTypes {
  attribution: { settings: AttributionSettings; metrics: AttributionMetrics; question: null; answer: Attributions };
  "best-of-n": {
    settings: BestOfNSettings;
    metrics: BestOfNMetrics;
    question: BestOfNQuestion;
    answer: BestOfNAnswer;
  };
  "cart-pole": {
    settings: CartPoleSettings;
    metrics: CartPoleMetrics;
    question: CartPoleQuestion;
    answer: CartPoleAnswer;
  };
  "depth-maps": { settings: DepthMapsSettings; metrics: DepthMapsMetrics; question: number; answer: DepthMap };
  "fine-tune": {
    settings: FineTuneSettings;
    metrics: FineTuneMetrics;
    question: FineTuneQuestion;
    answer: FineTuneAnswer;
  };
  induction: {
    settings: InductionSettings;
    metrics: InductionMetrics;
    question: InductionQuestion;
    answer: InductionAnswer;
  };
  "language-model": {
    settings: LanguageModelSettings;
    metrics: LanguageModelMetrics;
    question: LanguageModelQuestion;
    answer: string;
  };
  "mask-leak": {
    settings: MaskLeakSettings;
    metrics: MaskLeakMetrics;
    question: MaskLeakQuestion;
    answer: string;
  };
  "norm-place": { settings: NormPlaceSettings; metrics: NormPlaceMetrics; question: null; answer: null };
  "optimizer-race": {
    settings: OptimizerRaceSettings;
    metrics: OptimizerRaceMetrics;
    question: OptimizerRaceQuestion;
    answer: OptimizerRaceAnswer;
  };
  pretraining: {
    settings: PretrainingSettings;
    metrics: PretrainingMetrics;
    question: null;
    answer: PretrainingAnswer;
  };
  probe: { settings: ProbeSettings; metrics: ProbeMetrics; question: null; answer: null };
  projection: { settings: ProjectionSettings; metrics: ProjectionMetrics; question: null; answer: Float32Array };
  "reward-model": {
    settings: RewardModelSettings;
    metrics: RewardModelMetrics;
    question: RewardModelQuestion;
    answer: RewardModelAnswer;
  };
  rlhf: { settings: RlhfSettings; metrics: RlhfMetrics; question: RlhfQuestion; answer: RlhfAnswer };
  translator: {
    settings: TranslatorSettings;
    metrics: Seq2SeqMetrics;
    question: Seq2SeqQuestion;
    answer: Seq2SeqAnswer;
  };
  "softmax-scale": { settings: SoftmaxScaleSettings; metrics: SoftmaxScaleMetrics; question: null; answer: null };
  "token-units": {
    settings: TokenUnitsSettings;
    metrics: TokenUnitsMetrics;
    question: TokenUnitsQuestion;
    answer: string;
  };
  "word-vectors": {
    settings: WordVectorsSettings;
    metrics: WordVectorsMetrics;
    question: WordVectorsQuestion;
    answer: WordVectorsAnswer;
  };
}

export type ExperimentName = keyof ExperimentTypes;
export type SettingsOf<Name extends ExperimentName> = ExperimentTypes[Name]["settings"];
export type MetricsOf<Name extends ExperimentName> = ExperimentTypes[Name]["metrics"] & MetricRecord;
export type QuestionOf<Name extends ExperimentName> = ExperimentTypes[Name]["question"];
export type AnswerOf<Name extends ExperimentName> = ExperimentTypes[Name]["answer"];
