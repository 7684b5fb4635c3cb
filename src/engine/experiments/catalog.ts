import { type CartPoleAnswer, CartPoleExperiment, type CartPoleMetrics, type CartPoleQuestion } from "./cart-pole.ts";
import type { CartPoleSettings } from "./cart-pole-settings.ts";
import type { Experiment, ExperimentFactory, Laboratory, MetricRecord } from "./experiment.ts";
import {
  LanguageModelExperiment,
  type LanguageModelMetrics,
  type LanguageModelQuestion,
  type LanguageModelSettings,
} from "./language-model.ts";

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
}

export type ExperimentName = keyof ExperimentTypes;
export type SettingsOf<Name extends ExperimentName> = ExperimentTypes[Name]["settings"];
export type MetricsOf<Name extends ExperimentName> = ExperimentTypes[Name]["metrics"] & MetricRecord;
export type QuestionOf<Name extends ExperimentName> = ExperimentTypes[Name]["question"];
export type AnswerOf<Name extends ExperimentName> = ExperimentTypes[Name]["answer"];

const FACTORIES: {
  [Name in ExperimentName]: ExperimentFactory<SettingsOf<Name>, MetricsOf<Name>, QuestionOf<Name>, AnswerOf<Name>>;
} = {
  "cart-pole": (laboratory, settings) => new CartPoleExperiment(laboratory, settings),
  "language-model": (laboratory, settings) => new LanguageModelExperiment(laboratory, settings),
};

/** @throws EngineError `bad-input` if the settings cannot be used; `out-of-memory` */
export function createExperiment<Name extends ExperimentName>(
  name: Name,
  laboratory: Laboratory,
  settings: SettingsOf<Name>,
): Experiment<MetricsOf<Name>, QuestionOf<Name>, AnswerOf<Name>> {
  return FACTORIES[name](laboratory, settings);
}
