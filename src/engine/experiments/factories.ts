import { fetched } from "../errors.ts";
import type { AnswerOf, ExperimentName, MetricsOf, QuestionOf, SettingsOf } from "./catalog.ts";
import type { ExperimentFactory } from "./experiment.ts";

type FactoryOf<Name extends ExperimentName> = ExperimentFactory<
  SettingsOf<Name>,
  MetricsOf<Name>,
  QuestionOf<Name>,
  AnswerOf<Name>
>;

/** The experiments by name, each in a chunk of its own. */
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
  "mask-leak": async () => {
    const { MaskLeakExperiment } = await import("./mask-leak.ts");
    return (laboratory, settings) => new MaskLeakExperiment(laboratory, settings);
  },
  "norm-place": async () => {
    const { NormPlaceExperiment } = await import("./norm-place.ts");
    return (laboratory, settings) => new NormPlaceExperiment(laboratory, settings);
  },
  "optimizer-race": async () => {
    const { OptimizerRaceExperiment } = await import("./optimizer-race.ts");
    return (laboratory, settings) => new OptimizerRaceExperiment(laboratory, settings);
  },
  pretraining: async () => {
    const { PretrainingExperiment } = await import("./pretraining.ts");
    return (laboratory, settings) => PretrainingExperiment.open(laboratory, settings);
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
  "softmax-scale": async () => {
    const { SoftmaxScaleExperiment } = await import("./softmax-scale.ts");
    return (laboratory, settings) => new SoftmaxScaleExperiment(laboratory, settings);
  },
  "token-units": async () => {
    const { TokenUnitsExperiment } = await import("./token-units.ts");
    return (laboratory, settings) => new TokenUnitsExperiment(laboratory, settings);
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
