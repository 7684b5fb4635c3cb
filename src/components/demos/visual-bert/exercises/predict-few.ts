import { FINE_TUNE_DEFAULTS } from "../../../../engine/experiments/fine-tune-settings.ts";
import type { NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { right, unusable, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import type { OwnTuning } from "../fine-tune/own.svelte.ts";
import { SETS } from "../fine-tune/sets/sets.ts";

/** Sentences to train on: two of each topic. */
const FEW = 8;
/** How far a guess may be off, in percentage points. */
const NEAR = 10;

/** Whether it is the run that was asked for: few sentences of the topics, all else as it was. */
function isAsked({ settings }: OwnTuning): boolean {
  const { classes, training, blocks, pooling, learningRate, epochs, batch } = settings;
  const set = JSON.stringify({ blocks, pooling, learningRate, epochs, batch });
  const { classes: topics } = SETS.topics;
  return set === JSON.stringify(FINE_TUNE_DEFAULTS) && training.length === FEW && classes.join() === topics.join();
}

/** A guess of how many validation texts a fine-tuning on few sentences gets right. @param own the reader's, once it is over */
export function fewQuestion(own: OwnTuning | undefined): NumberQuestion {
  return {
    label: "考试答对百分之几",
    example: 60,
    kind: "percent",
    check: (guess) => {
      const kept = `猜的是 ${formatNumber(guess)}%，先放在这里。`;
      if (!own) return unusable(`${kept}点演示里的「开始」，训练完了再来检查。`);
      const measured = own.records.findLast((record) => record.validationAccuracy !== null)?.validationAccuracy;
      if (!isAsked(own) || typeof measured !== "number")
        return unusable(`${kept}刚才训练的不是 ${FEW} 句话题、别的设置不动的那一种，照题目设好，再训练一次。`);
      const said = `微调后考试答对 ${formatPercent(measured)}；同样的句子，逐字统计答对 ${formatPercent(own.characters)}`;
      if (Math.abs(guess - 100 * measured) <= NEAR) return right(`${said}。和你猜的相差不到 ${NEAR} 个百分点。`);
      return wrong(`${said}。你猜得太${guess < 100 * measured ? "低" : "高"}了。`);
    },
  };
}
