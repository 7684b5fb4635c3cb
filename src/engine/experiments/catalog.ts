import { fetched } from "../errors.ts";
import type { CartPoleAnswer, CartPoleMetrics, CartPoleQuestion } from "./cart-pole.ts";
import type { CartPoleSettings } from "./cart-pole-settings.ts";
import type { ExperimentFactory, MetricRecord } from "./experiment.ts";
import type { LanguageModelMetrics, LanguageModelQuestion, LanguageModelSettings } from "./language-model.ts";
import type { ProbeMetrics, ProbeSettings } from "./probe.ts";
import type { ProjectionMetrics, ProjectionSettings } from "./projection.ts";

/** What goes into an experiment and what comes out, by its name. */
export interface ExperimentTypes {
  "cart-pole": {
    settings: CartPoleSettings;
    metrics: CartPoleMetrics;
    question: CartPoleQuestion;
    answer: CartPoleAnswer;
  };
  "language-model": {
    settings: LanguageModelSettings;
    metrics: LanguageModelMetrics;
    question: LanguageModelQuestion;
    answer: string;
  };
  probe: { settings: ProbeSettings; metrics: ProbeMetrics; question: null; answer: null };
  projection: { settings: ProjectionSettings; metrics: ProjectionMetrics; question: null; answer: Float32Array };
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
  "cart-pole": async () => {
    const { CartPoleExperiment } = await import("./cart-pole.ts");
    return (laboratory, settings) => new CartPoleExperiment(laboratory, settings);
  },
  "language-model": async () => {
    const { LanguageModelExperiment } = await import("./language-model.ts");
    return (laboratory, settings) => new LanguageModelExperiment(laboratory, settings);
  },
  probe: async () => {
    const { ProbeExperiment } = await import("./probe.ts");
    return (laboratory, settings) => new ProbeExperiment(laboratory, settings);
  },
  projection: async () => {
    const { ProjectionExperiment } = await import("./projection.ts");
    return (laboratory, settings) => new ProjectionExperiment(laboratory, settings);
  },
};

/**
 * What prepares experiments of this name. It throws EngineError `bad-input` if the settings cannot be used, or `out-of-memory`.
 * @throws EngineError `network` if its code cannot be fetched
 */
export function experimentFactory<Name extends ExperimentName>(name: Name): Promise<FactoryOf<Name>> {
  return fetched(name, FACTORIES[name]());
}
