import type { LearntToken, PretrainingAnswer, PretrainingMetrics } from "../../../../engine/experiments/pretraining.ts";
import { PRETRAINING_RANGES, type PretrainingSettings } from "../../../../engine/experiments/pretraining-settings.ts";
import { choice, integer, type StateOf, seed, setting, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { MAX_CHARACTERS } from "../snapshot.ts";

const sentence = (label: string, initial: string) =>
  text({
    ...{ label, initial, maxLength: MAX_CHARACTERS },
    validate: (value) => (value.trim() === "" ? `${label}是空的，先写几个字。` : undefined),
  });

export const fields = {
  first: sentence("第一句", "他走进厨房，打开了冰箱。"),
  second: sentence("第二句", "里面只剩下一个鸡蛋。"),
  follows: choice({
    label: "标准答案：第二句",
    initial: "yes",
    options: named({ yes: "接着第一句", no: "不接第一句" }),
  }),
  percent: integer({ label: "选中几成", initial: 15, min: 5, max: 80, step: 5, unit: "%" }),
  steps: setting(PRETRAINING_RANGES.steps, { initial: 5, max: 20, unit: "步" }),
  learningRate: setting(PRETRAINING_RANGES.learningRate, {
    ...{ initial: 1e-4, min: 1e-5, max: 1e-2, step: 1e-5, scale: "log" },
  }),
  seed: seed(1),
};
export type Settings = StateOf<typeof fields>;

/** What the experiment is started with. */
export function settingsOf({ first, second, follows, percent, steps, learningRate }: Settings): PretrainingSettings {
  return { first, second, follows: follows === "yes", share: percent / 100, steps, learningRate };
}

/** Steps, and what they have taught. */
export interface Taught {
  readonly records: readonly PretrainingMetrics[];
  readonly answer: PretrainingAnswer;
}

/** What is asked at one place, or of both sentences. */
export interface Question {
  readonly id: string;
  /** Where, and what the model sees there. */
  readonly asked: string;
  /** The right answer. */
  readonly answer: string;
  readonly before: number;
  readonly after: number;
}

const FATES: Readonly<Record<LearntToken["fate"], string>> = { masked: "遮住", swapped: "换掉", kept: "不动" };

/** The chosen tokens, and behind them the question about the second sentence. */
export function questionsOf({ chosen, follows }: PretrainingAnswer): Question[] {
  return [
    ...chosen.map(({ place, fate, sight, token, before, after }) => ({
      id: String(place),
      asked: `位置 ${place}，${FATES[fate]}，看到「${sight}」`,
      answer: token,
      ...{ before, after },
    })),
    { id: "follows", asked: "第二句接不接", answer: follows.claimed ? "接" : "不接", ...follows },
  ];
}

/** Both losses, at first and by now, in a sentence. */
export function tell(records: readonly PretrainingMetrics[]): string {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) return "";
  const two = (value: number): string => formatNumber(value, 2);
  if (last.step === 0) return `还没有走：填空的损失 ${two(first.tokenLoss)}，下一句的 ${two(first.followLoss)}。`;
  return `走了 ${last.step} 步：填空的损失从 ${two(first.tokenLoss)} 到 ${two(last.tokenLoss)}，下一句的从 ${two(first.followLoss)} 到 ${two(last.followLoss)}。`;
}
