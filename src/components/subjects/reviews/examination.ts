import type { EngineCalls } from "../../../engine/client.ts";
import type { SettingsOf } from "../../../engine/experiments/catalog.ts";
import type { RlhfAnswer, RlhfMetrics, RlhfQuestion } from "../../../engine/experiments/rlhf-records.ts";
import type { ExperimentRun } from "../../../engine/experiments/run.ts";

/** Some reviews, each judged, and what they are like in the mean. */
export type Writing = Extract<RlhfAnswer, { readonly kind: "write" }>;

/** Reviews in the table. */
export const SHOWN = 8;
/** Reviews of an examination: a mean over them moves by chance about 0.03. */
export const EXAMINED = 64;
/** The same for every run, so that all write with the same luck. */
export const EXAMINATION_SEED = 2026;

/** A run of RLHF that nobody watches. */
export type RlhfRun = ExperimentRun<SettingsOf<"rlhf">, RlhfMetrics, RlhfQuestion, RlhfAnswer>;

/** Asks such a run; of several kinds the answer is the question's own. */
export async function answerOf<Question extends RlhfQuestion>(
  run: RlhfRun,
  question: Question,
): Promise<Extract<RlhfAnswer, { readonly kind: Question["kind"] }>> {
  const answer = await run.ask(question);
  if (answer.kind !== question.kind) throw new Error("an answer to another question");
  // It is of that kind, which the compiler does not see of a type that is not known yet.
  return answer as Extract<RlhfAnswer, { readonly kind: Question["kind"] }>;
}

/** Works with a run of RLHF, and ends it. @throws EngineError why the run has failed, or could not be made */
export async function withRun<T>(
  engine: EngineCalls,
  settings: SettingsOf<"rlhf">,
  seed: number,
  work: (run: RlhfRun) => Promise<T>,
): Promise<T> {
  const run = await engine.experiment("rlhf", settings, seed);
  try {
    const done = await work(run);
    if (run.error) throw run.error;
    return done;
  } finally {
    await run.stop();
  }
}

/** What a figure keeps of a round: not how long it took, which is never the same twice. */
export function withoutClock(records: readonly RlhfMetrics[]): Omit<RlhfMetrics, "seconds">[] {
  return records.map(({ seconds: _, ...record }) => record);
}

/** What shipped and trained writer write at the end of a run; of the reviews that they are measured by, only those that are shown. */
export async function examined(
  run: RlhfRun,
  reviews: number = EXAMINED,
): Promise<{ readonly before: Writing; readonly now: Writing }> {
  const { prompts } = run.description.settings;
  const write = async (who: "reference" | "policy"): Promise<Writing> =>
    shortened(await answerOf(run, { kind: "write", who, prompts, reviews, seed: EXAMINATION_SEED }));
  return { before: await write("reference"), now: await write("policy") };
}

/** The first reviews of a writing; the means are still those over all. */
export function shortened(writing: Writing): Writing {
  return { ...writing, reviews: writing.reviews.slice(0, SHOWN) };
}
