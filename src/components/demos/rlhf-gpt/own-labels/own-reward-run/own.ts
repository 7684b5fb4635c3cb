import type { EngineCalls } from "../../../../../engine/client.ts";
import { RLHF_DEFAULTS, type RlhfSettings } from "../../../../../engine/experiments/rlhf-settings.ts";
import type { RewardHead } from "../../../../../engine/experiments/text-features.ts";
import { mean } from "../../../../../engine/statistics.ts";
import type { StateOf } from "../../../../kit/state/fields.ts";
import {
  answerOf,
  EXAMINATION_SEED,
  type RlhfRun,
  shortened,
  type Writing,
  withoutClock,
  withRun,
} from "../../../../subjects/reviews/examination.ts";
import type { Round } from "../../../../subjects/reviews/metrics.ts";
import { agreement } from "../../../../subjects/reviews/reward/agreement.ts";
import { sentimentsOf } from "../../../../subjects/reviews/reward/sentiment.ts";
import type { fields } from "./fields.ts";

/** What the reader has set of it. */
export type OwnFields = Readonly<StateOf<typeof fields>>;

/** A round of PPO, and what the built-in reward would have said of the same reviews. */
export type TwiceJudgedRound = Round & { readonly sentiment: number };

/** What a writer writes, judged by both. */
export interface TwiceJudgedWriting {
  readonly writing: Writing;
  /** Mean of the built-in reward. */
  readonly sentiment: number;
  readonly agreement: number | null;
}

export interface Examination {
  readonly before: TwiceJudgedWriting;
  readonly now: TwiceJudgedWriting;
  readonly rounds: number;
}

/** Reviews that each writes. */
export const EXAMINED = 32;

/** What PPO against a reward model begins with. */
export function ownSettings({ seed: _, ...set }: OwnFields, head: RewardHead): RlhfSettings {
  return { ...RLHF_DEFAULTS, ...set, reward: { kind: "preference", head } };
}

/** What both writers are asked, with the same seed. */
export function examinationOf(who: "reference" | "policy", { prompts }: Pick<RlhfSettings, "prompts">) {
  return { kind: "write", who, prompts, reviews: EXAMINED, seed: EXAMINATION_SEED } as const;
}

/** A writing that one reward has judged, judged by the other, too. */
export async function judgedTwice(
  writing: Writing,
  engine: Parameters<typeof sentimentsOf>[1],
): Promise<TwiceJudgedWriting> {
  const texts = writing.reviews.map(({ text }) => text);
  const sentiments = await sentimentsOf(texts, engine);
  const own = writing.reviews.map(({ reward }) => reward ?? 0);
  return { writing, sentiment: mean(sentiments), agreement: agreement(own, sentiments) };
}

/** A whole training and its examination, while nobody watches. @throws EngineError why it has failed */
export async function trainOwn(
  engine: EngineCalls,
  fields: OwnFields,
  head: RewardHead,
): Promise<{ readonly rounds: readonly TwiceJudgedRound[]; readonly examination: Examination }> {
  return withRun(engine, ownSettings(fields, head), fields.seed, async (run) => {
    const sentiments: number[] = [];
    for (let round = 0; round < fields.iterations && run.open; round++) {
      await run.step();
      const { reviews } = await answerOf(run, { kind: "round" });
      const texts = reviews.map(({ text }) => text);
      sentiments.push(mean(await sentimentsOf(texts, engine)));
    }
    const rounds = withoutClock(run.records).map((record, i) => ({ ...record, sentiment: sentiments[i]! }));
    const [before, now] = [await examine(engine, run, "reference"), await examine(engine, run, "policy")];
    return { rounds, examination: { before, now, rounds: rounds.length } };
  });
}

async function examine(engine: EngineCalls, run: RlhfRun, who: "reference" | "policy"): Promise<TwiceJudgedWriting> {
  const writing = await answerOf(run, examinationOf(who, run.description.settings));
  const judged = await judgedTwice(writing, engine);
  return { ...judged, writing: shortened(writing) };
}
