import { fetched } from "../errors.ts";
import type { AttributionMetrics, Attributions } from "./attribution.ts";
import type { AttributionSettings } from "./attribution-settings.ts";
import type { BestOfNAnswer, BestOfNMetrics, BestOfNQuestion, BestOfNSettings } from "./best-of-n.ts";
import type { CartPoleAnswer, CartPoleMetrics, CartPoleQuestion } from "./cart-pole.ts";
import type { CartPoleSettings } from "./cart-pole-settings.ts";
import type { DepthMap, DepthMapsMetrics, DepthMapsSettings } from "./depth-maps.ts";
import type { ExperimentFactory, MetricRecord } from "./experiment.ts";
import type { FineTuneAnswer, FineTuneMetrics, FineTuneQuestion } from "./fine-tune.ts";
import type { FineTuneSettings } from "./fine-tune-settings.ts";
import type { InductionAnswer, InductionMetrics, InductionQuestion } from "./induction.ts";
import type { InductionSettings } from "./induction-settings.ts";
import type { LanguageModelMetrics, LanguageModelQuestion, LanguageModelSettings } from "./language-model.ts";
import type { NormPlaceMetrics, NormPlaceSettings } from "./norm-place.ts";
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
  "norm-place": { settings: NormPlaceSettings; metrics: NormPlaceMetrics; question: null; answer: null };
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

type FactoryOf<Name extends ExperimentName> = ExperimentFactory<
  SettingsOf<Name>,
  MetricsOf<Name>,
  QuestionOf<Name>,
  AnswerOf<Name>
>;

/** Most pages train nothing: the code of an experiment is fetched when the first one is prepared. */
const FACTORIES: { [Name in ExperimentName]: () => Promise<FactoryOf<Name>> } = {
  attribution: async () => {
    const { AttributionExperiment } = await import("./attribution.ts");
    return (laboratory, settings) => AttributionExperiment.open(laboratory, settings);
  },
  "best-of-n": async () => {
    const { BestOfNExperiment } = await import("./best-of-n.ts");
    return (laboratory, settings) => BestOfNExperiment.open(laboratory, settings);
  },
  "cart-pole": async () => {
    const { CartPoleExperiment } = await import("./cart-pole.ts");
    return (laboratory, settings) => new CartPoleExperiment(laboratory, settings);
  },
  "depth-maps": async () => {
    const { DepthMapsExperiment } = await import("./depth-maps.ts");
    return (laboratory, settings) => new DepthMapsExperiment(laboratory, settings);
  },
  "fine-tune": async () => {
    const { FineTuneExperiment } = await import("./fine-tune.ts");
    return (laboratory, settings) => FineTuneExperiment.open(laboratory, settings);
  },
  induction: async () => {
    const { InductionExperiment } = await import("./induction.ts");
    return (laboratory, settings) => new InductionExperiment(laboratory, settings);
  },
  "language-model": async () => {
    const { LanguageModelExperiment } = await import("./language-model.ts");
    return (laboratory, settings) => new LanguageModelExperiment(laboratory, settings);
  },
  "norm-place": async () => {
    const { NormPlaceExperiment } = await import("./norm-place.ts");
    return (laboratory, settings) => new NormPlaceExperiment(laboratory, settings);
  },
  probe: async () => {
    const { ProbeExperiment } = await import("./probe.ts");
    return (laboratory, settings) => new ProbeExperiment(laboratory, settings);
  },
  projection: async () => {
    const { ProjectionExperiment } = await import("./projection.ts");
    return (laboratory, settings) => new ProjectionExperiment(laboratory, settings);
  },
  "reward-model": async () => {
    const { RewardModelExperiment } = await import("./reward-model.ts");
    return (laboratory, settings) => RewardModelExperiment.open(laboratory, settings);
  },
  rlhf: async () => {
    const { RlhfExperiment } = await import("./rlhf.ts");
    return (laboratory, settings) => RlhfExperiment.open(laboratory, settings);
  },
  translator: async () => {
    const { createTranslator } = await import("./translator.ts");
    return createTranslator;
  },
  "word-vectors": async () => {
    const { WordVectorsExperiment } = await import("./word-vectors.ts");
    return (laboratory, settings) => new WordVectorsExperiment(laboratory, settings);
  },
};

/**
 * What prepares experiments of this name. It throws EngineError `bad-input` if the settings cannot be used, or `out-of-memory`.
 * @throws EngineError `network` if its code cannot be fetched
 */
export function experimentFactory<Name extends ExperimentName>(name: Name): Promise<FactoryOf<Name>> {
  return fetched(name, FACTORIES[name]());
}
