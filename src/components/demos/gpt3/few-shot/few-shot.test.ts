import { describe, expect, it } from "vitest";
import { readModel } from "../../../../engine/node.ts";
import { Random } from "../../../../engine/random.ts";
import { byTask, LABELS, promptOf, type Score, SHOTS, verdictOf } from "./few-shot.ts";
import { answersOf, mostFrequent, TASKS } from "./tasks.ts";

describe.each(TASKS)("$name", (task) => {
  it("has two dozen different items, each with an answer that another one may have", () => {
    expect(task.items).toHaveLength(24);
    expect(new Set(task.items.map(([input]) => input)).size).toBe(24);
  });

  it("is written in characters that the model has, its answers in one each; its longest prompt fits", async () => {
    const { tokenizer, config } = await readModel(
      new URL("../../../../../public/models/gpt-zh", import.meta.url).pathname,
    );
    for (const answer of answersOf(task)) expect(tokenizer.encode(answer).ids, answer).toHaveLength(1);
    for (const [place, [input]] of task.items.entries()) {
      expect(tokenizer.encode(task.ask(input)).unknown, input).toEqual([]);
      const prompt = promptOf(task, place, SHOTS.at(-1)!, "own", new Random(place));
      expect(tokenizer.encode(`[END]${prompt}`).ids.length).toBeLessThanOrEqual(config.contextLength);
    }
  });

  it("shows the item that it asks only where that is the point, and the same examples with other answers", () => {
    for (const [place, [input]] of task.items.entries()) {
      const [own, drawn] = LABELS.map((labels) => promptOf(task, place, 8, labels, new Random(7)));
      const asked = task.ask(input);
      expect(own!.endsWith(asked)).toBe(true);
      expect(`。${own!.slice(0, -asked.length)}`.includes(`。${asked}`)).toBe(task.shown === true);
      expect(own!.split("。").length).toBe(drawn!.split("。").length);
    }
    expect(promptOf(task, 0, 0, "own", new Random(1))).toBe(task.ask(task.items[0]![0]));
  });
});

it("knows what one gets for the same answer always", () => {
  expect(TASKS.map(mostFrequent)).toEqual([1 / 24, 1 / 24, 1 / 2, expect.any(Number), 1 / 6]);
});

describe("what is said of the numbers", () => {
  const task = TASKS[2]!.id;
  /** With one example otherwise than with all other numbers of them. */
  const scored = (none: number, one: readonly [number, number], more: readonly [number, number]): readonly Score[] => [
    { task, shots: 0, labels: "own", right: none, asked: 24 },
    ...SHOTS.slice(1).flatMap((shots) =>
      LABELS.map((labels, i) => ({ task, shots, labels, right: (shots === 1 ? one : more)[i]!, asked: 24 })),
    ),
  ];
  it.each([
    [12, [13, 12], [12, 13], /^例子有没有用，区间分不开；例子的答案对不对，区间分不开；给多少例子都不能说/],
    [5, [23, 22], [5, 5], /^给 1 个例子比不给好；.*分不开；给 1 个例子时，比总说/],
    [22, [8, 22], [21, 21], /^给 1 个例子比不给差；给 1 个例子时，答案乱了反而好/],
    [3, [3, 3], [23, 4], /^给 2、4、8 个例子比不给好；给 2、4、8 个例子时，答案要对才行/],
  ] as const)("%i without, %j with one, %j with more", (none, one, more, says) => {
    expect(verdictOf(byTask(scored(none, one, more))[2]!)).toMatch(says);
  });
  it("is nothing before all were asked", () => {
    expect(verdictOf(byTask([])[0]!)).toBe("还没有问完");
  });
});
