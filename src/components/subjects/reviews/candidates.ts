import type { EngineCalls } from "../../../engine/client.ts";
import type { JudgedReview, RlhfQuestion } from "../../../engine/experiments/rlhf-records.ts";
import { type ReviewPrompt, RLHF_DEFAULTS, type RlhfSettings } from "../../../engine/experiments/rlhf-settings.ts";
import { inBatches } from "../../kit/run/in-batches.ts";
import { answerOf, type Writing, withRun } from "./examination.ts";

/** As many prompts, and so reviews, as go into one question. */
const AT_ONCE = 64;

/** Nobody judges here; the run takes no step, it only answers what its reference would write. */
export function candidateSettings(length: number): RlhfSettings {
  return { ...RLHF_DEFAULTS, reward: { kind: "stars" }, length };
}

/** One review for each prompt, from whom `ask` asks. */
export async function candidatesBy(
  ask: (question: Extract<RlhfQuestion, { readonly kind: "write" }>) => Promise<Writing>,
  prompts: readonly ReviewPrompt[],
  seed: number,
): Promise<JudgedReview[]> {
  const reviews: JudgedReview[] = [];
  for (const some of inBatches(prompts, AT_ONCE)) {
    const batch = { prompts: some, reviews: some.length, seed: seed + reviews.length };
    const written = await ask({ kind: "write", who: "reference", ...batch });
    for (const review of written.reviews) reviews.push(review);
  }
  return reviews;
}

/** The same by an engine whose run nobody watches. @param length most tokens of a review */
export function writeCandidates(
  engine: EngineCalls,
  prompts: readonly ReviewPrompt[],
  length: number,
  seed: number,
): Promise<JudgedReview[]> {
  return withRun(engine, candidateSettings(length), 0, (run) =>
    candidatesBy((question) => answerOf(run, question), prompts, seed),
  );
}
