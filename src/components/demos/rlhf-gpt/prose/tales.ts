import type { BestOfNPoint } from "../../../../engine/experiments/best-of-n.ts";
import { maxOf, minOf } from "../../../../engine/statistics.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { compared, type End } from "../runs/ends.ts";
import { meetsTargets, type RecordedRun, type RecordedRuns, type Sample, TARGETS } from "../runs/runs.ts";

/** What recorded trainings have come to, in words for the prose. Where one comes to something else than the prose goes on to say, the build fails. */

type Runs = Pick<RecordedRuns, "before" | "runs">;

/** What was asked of the default settings before they were run, and how many seeds have done it. */
export function tellTargets({ before, runs }: Runs): string {
  const met = runs.filter(({ after }) => meetsTargets(after, before)).length;
  const verdict = met === runs.length ? `表里的种子都做到了` : `${runs.length} 个种子里有 ${met} 个做到了`;
  return `奖励到 ${TARGETS.reward}，KL 不过 ${TARGETS.kl} 纳特，distinct-2 留下 ${formatPercent(TARGETS.distinct2)}。${verdict}`;
}

/** How much shorter the reviews have become. @throws RangeError where some have not */
export function tellShorter({ before, runs }: Runs): string {
  const lengths = runs.map(({ after }) => after.length);
  if (maxOf(lengths) >= before.length)
    throw new RangeError("some writer has become longer: the text says that all are shorter");
  return `评论从平均 ${formatNumber(before.length, 1)} 个词元短到了 ${rangeOf(lengths, 1)} 个`;
}

/** How much more reward the same seeds get without the penalty. @throws RangeError where one gets less, or none was run with both */
export function tellUnleashed(without: Runs, leashed: Runs): string {
  const gains = without.runs.flatMap(({ seed, after }) => {
    const twin = leashed.runs.find((run) => run.seed === seed);
    return twin ? [after.reward - twin.after.reward] : [];
  });
  if (gains.length === 0) throw new RangeError("no seed was run with the penalty and without");
  if (minOf(gains) <= 0) throw new RangeError("a run without the penalty has less reward: the text says that it wins");
  return `奖励高 ${rangeOf(gains, 2)}`;
}

/** From the least to the most; one number where they are printed alike. */
function rangeOf(values: readonly number[], digits: number): string {
  const [least, most] = [minOf(values), maxOf(values)].map((value) => formatNumber(value, digits));
  return least === most ? `${least}` : `${least} 到 ${most}`;
}

/** Reviews of each run that are quoted. */
const QUOTED = 2;

/** Of each run the reviews that the sentiment model likes best, the best first. */
export function bestSamples(runs: readonly Pick<RecordedRun, "seed" | "samples">[]): (Sample & { seed: number })[] {
  return runs.flatMap(({ seed, samples }) =>
    samples
      .toSorted((a, b) => b.reward - a.reward)
      .slice(0, QUOTED)
      .map((sample) => ({ ...sample, seed })),
  );
}

/**
 * Trainings at their ends beside the best of n: at the same KL divergence as far as the curve goes, and no comparison beyond it.
 * @throws RangeError where one is better than the curve
 */
export function tellEnds(ends: readonly End[], points: readonly BestOfNPoint[]): string {
  const most = points.at(-1);
  if (!most) throw new RangeError("no curve to compare with");
  const all = ends.map((end) => ({ ...compared(end, points), beta: formatNumber(end.klWeight) }));
  const near = all.filter(({ choosing }) => choosing !== null);
  const far = all.filter(({ choosing }) => choosing === null);
  if (near.some(({ choosing, reward }) => reward >= (choosing ?? 0)))
    throw new RangeError("a training is better than best-of-n at the same KL divergence: the text says that none is");
  const told = near.map(
    ({ beta, kl, reward, choosing }) =>
      `β = ${beta} 走了 ${formatNumber(kl, 2)} 纳特，奖励 ${formatNumber(reward, 3)}，best-of-n 在同样的 KL 上是 ${formatNumber(choosing ?? 0, 3)}`,
  );
  const beyond = far.map(({ beta, kl }) => `β = ${beta} 走到 ${formatNumber(kl, 2)} 纳特`).join("，");
  const reach = `曲线只到 ${formatNumber(most.kl, 2)} 纳特（n = ${most.n}）`;
  return [
    ...(told.length > 0 ? [`${told.join("；")}。曲线够得到的地方，best-of-n 都更高`] : []),
    ...(beyond === "" ? [] : [`${beyond}，${reach}，不能在同样的 KL 上比`]),
  ].join("。");
}

/**
 * How many reviews are to be chosen from to be worth as much as a training.
 * @throws RangeError where no n that was measured is
 */
export function tellAsGood(end: End, points: readonly BestOfNPoint[]): string {
  const { n, kl, reward } = compared(end, points);
  const point = points.find((other) => other.n === n);
  if (!point)
    throw new RangeError("the training is worth more than the best of all n: the text says that choosing catches up");
  return `β = ${formatNumber(end.klWeight)} 的终点，奖励 ${formatNumber(reward, 3)}，KL ${formatNumber(kl, 2)} 纳特；${n} 条里挑一条，奖励就有 ${formatNumber(point.reward, 3)}，KL 至多 ${formatNumber(point.kl, 2)} 纳特`;
}
