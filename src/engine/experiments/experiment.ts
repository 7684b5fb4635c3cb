import type { Backend } from "../backends/backend.ts";
import type { ParsedModel } from "../files/loader.ts";
import type { Random } from "../random.ts";

/** What a step measured, for plots, tables and export: numbers and short texts by name. */
export type MetricRecord = Readonly<Record<string, number | string | null>>;

/** What an experiment works with. */
export interface Laboratory {
  readonly backend: Backend;
  /** Seeded with the run's seed, and used by nothing else: the same seed gives the same run. */
  readonly random: Random;
}

/** A laboratory for experiments that begin with models of the site: each builds networks of its own from their files. */
export interface ModelLaboratory extends Laboratory {
  /** A shipped model's files, parsed; the reader's browser keeps them, so that only the first call downloads. @throws EngineError as `loadFolder` */
  open(id: string): Promise<ParsedModel>;
}

/**
 * Long work in the engine's worker: a training, a comparison over many texts. It advances only when somebody pulls its next record, so a
 * pause is no more than not pulling, and two experiments on one page take turns.
 */
export interface Experiment<Metrics extends MetricRecord, Question, Answer> {
  /**
   * Does the work, one record per step. A step that takes longer than about 100 ms on a slow machine should `await nextTurn()` on its way, so
   * that other demos of the page are served in between.
   */
  run(): AsyncGenerator<Metrics, void, undefined>;
  /** Uses what was made so far (samples from a half-trained model, …); the caller asks between two steps. */
  ask(question: Question): Promise<Answer>;
  /** Frees everything that the experiment holds on the backend. */
  dispose(): void;
}

/** Prepares an experiment from its settings. @throws EngineError `bad-input` if they cannot be used, with the reason; as `ModelLaboratory.open` */
export type ExperimentFactory<Settings, Metrics extends MetricRecord, Question, Answer> = (
  laboratory: ModelLaboratory,
  settings: Settings,
) => Experiment<Metrics, Question, Answer> | Promise<Experiment<Metrics, Question, Answer>>;

/** Resolves after everything else that waits for this thread has had its turn. Unlike `setTimeout`, browsers do not delay it. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
