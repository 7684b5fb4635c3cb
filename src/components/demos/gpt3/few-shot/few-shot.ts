import { EngineError } from "../../../../engine/errors.ts";
import { Random, shuffled } from "../../../../engine/random.ts";
import { indexOfLargest } from "../../../../engine/statistics.ts";
import { type Column, shareColumns } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { integer, type StateOf, seed } from "../../../kit/state/fields.ts";
import { type Estimate, shareEstimate } from "../../../kit/text/statistics.ts";
import { answersOf, mostFrequent, TASKS, type Task } from "./tasks.ts";

export const MODEL = "gpt-zh";

/** Numbers of examples in the prompt. */
export const SHOTS: readonly number[] = [0, 1, 2, 4, 8];

/** What answers the examples have: their own, or ones drawn from all of the task's (Min et al. 2022). */
export const LABELS = ["own", "drawn"] as const;
export type Labels = (typeof LABELS)[number];
export const LABEL_NAMES: Readonly<Record<Labels, string>> = { own: "答案是对的", drawn: "答案是乱的" };

export const fields = {
  items: integer({ initial: 24, min: 1, max: 24, label: "每项任务的题", unit: "道" }),
  seed: seed(1),
};
type Settings = StateOf<typeof fields>;

/** How the model did on a task with so many examples. */
export interface Score {
  /** Id of the task. */
  readonly task: string;
  readonly shots: number;
  readonly labels: Labels;
  readonly right: number;
  readonly asked: number;
}

/** So many of them, each at most once. */
function someOf<T>(items: readonly T[], count: number, random: Random): T[] {
  return shuffled(items, random).slice(0, count);
}

// #region prompt
/**
 * A prompt: examples with their answers, then an input without. The examples are other items than the one that is asked, or, where a task is about
 * copying, it stands among them.
 *
 * @param asked which item
 * @param random draws the examples, and, where they are not to be their own, their answers
 */
export function promptOf(task: Task, asked: number, shots: number, labels: Labels, random: Random): string {
  const item = task.items[asked]!;
  const others = task.items.filter((own) => own !== item);
  const answers = answersOf(task);
  const shown = task.shown && shots > 0 ? [item, ...someOf(others, shots - 1, random)] : someOf(others, shots, random);
  const examples = shuffled(shown, random).map(([input, answer]) => {
    const told = labels === "own" ? answer : answers[Math.floor(random.uniform() * answers.length)]!;
    return `${task.ask(input)}${told}。`;
  });
  return `${examples.join("")}${task.ask(item[0])}`;
}
// #endregion

/** The tokens of a task's answers. @throws EngineError `bad-input` for an answer that is not one token of the model */
async function tokensOf({ engine, model }: WorkContext, answers: readonly string[]): Promise<number[]> {
  const tokens: number[] = [];
  for (const answer of answers) {
    const { ids } = await engine.encode(model.id, answer);
    const [id] = ids;
    if (id === undefined || ids.length > 1) throw new EngineError("bad-input", `${model.id} 没有词元「${answer}」`);
    tokens.push(id);
  }
  return tokens;
}

/**
 * Asks the model all tasks with more and more examples; of the task's answers it gives the one that it takes to be the likeliest next token.
 * @returns after each number of examples all that has come so far
 */
export async function* askAll(
  context: WorkContext,
  settings: Pick<Settings, "items" | "seed">,
): AsyncGenerator<readonly Score[], void, undefined> {
  const { engine, model } = context;
  let scores: readonly Score[] = [];
  for (const [t, task] of TASKS.entries()) {
    const answers = answersOf(task);
    const tokens = await tokensOf(context, answers);
    const places = someOf([...task.items.keys()], settings.items, new Random(settings.seed + t));
    for (const shots of SHOTS) {
      for (const labels of LABELS) {
        // Without examples there is no answer that could be another one.
        if (shots === 0 && labels === "drawn") continue;
        let right = 0;
        // Every item has a stream of its own: with either kind of answers its examples are the same ones.
        for (const [i, place] of places.entries()) {
          const prompt = promptOf(task, place, shots, labels, new Random(1000 * settings.seed + 100 * t + i));
          const { ids } = await engine.encode(model.id, `[END]${prompt}`);
          const logits = await engine.next(model.id, ids);
          const said = answers[indexOfLargest(tokens.map((token) => logits[token]!))];
          if (said === task.items[place]![1]) right += 1;
        }
        scores = [...scores, { task: task.id, shots, labels, right, asked: places.length }];
        yield scores;
      }
    }
  }
}

const nameOf = (id: string): string => TASKS.find((task) => task.id === id)?.name ?? id;

export const columns: readonly Column<Score>[] = [
  { head: "任务", cell: ({ task }) => nameOf(task) },
  { head: "例子", cell: ({ shots }) => shots },
  { head: "例子的答案", cell: ({ shots, labels }) => (shots === 0 ? "没有" : LABEL_NAMES[labels]) },
  { head: "题", cell: ({ asked }) => asked },
  ...shareColumns<Score>("答对", ({ right, asked }) => shareEstimate(right, asked)),
];

/** What stands in a plot of a task. */
export interface TaskScores {
  readonly task: Task;
  /** Right for whoever always says the most frequent answer, as a share. */
  readonly baseline: number;
  readonly scores: readonly Score[];
}

export function byTask(scores: readonly Score[]): readonly TaskScores[] {
  return TASKS.map((task) => ({
    task,
    baseline: mostFrequent(task),
    scores: scores.filter((score) => score.task === task.id),
  }));
}

/** What the numbers of a task say, as far as intervals lie apart: whether examples help, whether their answers matter, and whether it is more than one answer always. */
export function verdictOf({ baseline, scores }: TaskScores): string {
  const share = (shots: number, labels: Labels): Estimate | null | undefined => {
    const score = scores.find((own) => own.shots === shots && own.labels === labels);
    return score && shareEstimate(score.right, score.asked);
  };
  const none = share(0, "own");
  const some = SHOTS.filter((shots) => shots > 0).map((shots) => ({
    shots,
    own: share(shots, "own"),
    drawn: share(shots, "drawn"),
  }));
  if (!none || some.some(({ own, drawn }) => !own || !drawn)) return "还没有问完";
  const above = (a: Estimate | null | undefined, b: Estimate | null | undefined): boolean =>
    a != null && b != null && a.low > b.high;
  const where = (holds: (own: (typeof some)[number]) => boolean, says: string): string[] => {
    const shots = some.filter(holds).map((own) => own.shots);
    return shots.length > 0 ? [`给 ${shots.join("、")} 个例子${says}`] : [];
  };
  const sentences = [
    [...where(({ own }) => above(own, none), "比不给好"), ...where(({ own }) => above(none, own), "比不给差")].join(
      "，",
    ) || "例子有没有用，区间分不开",
    [
      ...where(({ own, drawn }) => above(own, drawn), "时，答案要对才行"),
      ...where(({ own, drawn }) => above(drawn, own), "时，答案乱了反而好"),
    ].join("，") || "例子的答案对不对，区间分不开",
    where(({ own }) => own != null && own.low > baseline, "时，比总说同一个答案好")[0] ??
      "给多少例子都不能说比总说同一个答案好",
  ];
  return sentences.join("；");
}
