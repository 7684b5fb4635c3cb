import type { ProbeMetrics, ProbeSettings } from "../../../../engine/experiments/probe.ts";
import type { ProjectionMetrics, ProjectionSettings } from "../../../../engine/experiments/projection.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import type { StateOf } from "../../../kit/state/fields.ts";
import { FOLDS, type fields, sourceOf } from "./fields.ts";
import { LABELLED, ownSentences } from "./labelled.ts";
import { readSentences } from "./read.ts";
import { allRepresentations, joinParts, partsOf, type SentenceVectors } from "./vectors.ts";

type Settings = StateOf<typeof fields>;

/** Sentences that were read, the built-in ones first. */
export interface ReadSentences {
  /** The reader's own. */
  readonly own: readonly string[];
  readonly vectors: readonly SentenceVectors[];
  /** Of the model. */
  readonly layers: number;
}

/** Everything that is shown of the sentences. */
export interface Featured extends Pick<ReadSentences, "own" | "layers"> {
  /** What was measured so far. */
  readonly probes: readonly ProbeMetrics[];
  /** Of the map; undefined until there is one. */
  readonly map: ProjectionMetrics | undefined;
  /** Where its points are, [n × 2]. */
  readonly positions: Float32Array | undefined;
}

/** Which representation tells the classes apart; the reader's own sentences have none. */
export function probeSettings({ vectors, layers }: ReadSentences, { task, repeats }: Settings): ProbeSettings {
  return {
    representations: allRepresentations(vectors.slice(0, LABELLED.length), layers),
    labels: Uint8Array.from(LABELLED, (sentence) => sentence.labels[task]),
    folds: FOLDS,
    repeats,
  };
}

export function mapSettings(
  { vectors }: ReadSentences,
  { source, pooling, method, perplexity, steps }: Settings,
): ProjectionSettings {
  return { points: joinParts(partsOf(vectors, sourceOf(source), pooling)), method, perplexity, steps };
}

/**
 * Reads the built-in sentences and the reader's own.
 * @param known what was read before, which is added to
 * @param onProgress called with the number of sentences that are read, of so many
 */
export async function readAll(
  context: WorkContext,
  lines: string,
  known = new Map<string, SentenceVectors>(),
  onProgress: (done: number, total: number) => void = () => {},
): Promise<ReadSentences> {
  const own = ownSentences(lines);
  const texts = [...LABELLED.map(({ text }) => text), ...own];
  await readSentences(context, texts, known, (done) => onProgress(done, texts.length));
  // What was given up half way is of no use to anybody.
  context.signal.throwIfAborted();
  return { own, vectors: texts.map((text) => known.get(text)!), layers: context.model.config.layers };
}

/** All of it at once: reads, measures and draws. */
export async function feature(context: WorkContext, settings: Settings): Promise<Featured> {
  const { engine } = context;
  const sentences = await readAll(context, settings.own);
  const probe = await engine.experiment("probe", probeSettings(sentences, settings), settings.seed);
  const map = await engine.experiment("projection", mapSettings(sentences, settings), settings.seed);
  try {
    await probe.start();
    await map.start();
    const { own, layers } = sentences;
    return { own, layers, probes: probe.records, map: map.records.at(-1), positions: await map.ask(null) };
  } finally {
    await probe.stop();
    await map.stop();
  }
}
