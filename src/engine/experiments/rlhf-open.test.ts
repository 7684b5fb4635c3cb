import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import type { ParsedModel } from "../files/loader.ts";
import { Random } from "../random.ts";
import { withRoomFor } from "../testing/limited-backend.ts";
import { tinyFiles } from "../testing/tiny-models.ts";
import { BestOfNExperiment } from "./best-of-n.ts";
import type { ModelLaboratory } from "./experiment.ts";
import { REWARD_MODEL_DEFAULTS, RewardModelExperiment } from "./reward-model.ts";
import { RlhfExperiment } from "./rlhf.ts";
import { type RewardSettings, RLHF_DEFAULTS, type RlhfSettings } from "./rlhf-settings.ts";

const WRITING = { prompts: [{ category: "酒店", opening: "房间" }], length: 6, temperature: 1 };
const SMALL: RlhfSettings = { ...RLHF_DEFAULTS, ...WRITING, iterations: 1, batch: 4, minibatch: 2 };
const RANKINGS = [
  ["好大", "坏小"],
  ["好快", "坏慢"],
];

let backend: Backend;
let open: (id: string) => Promise<ParsedModel>;
beforeAll(async () => {
  backend = await createCpuBackend();
  open = await tinyFiles(backend);
});
afterAll(() => backend.dispose());

const laboratory = (room = backend): ModelLaboratory => ({ backend: room, random: new Random(1), open });

const preference: RewardSettings = {
  kind: "preference",
  head: { model: "bert-zh", weights: new Array<number>(16).fill(0.1), bias: 0 },
};

describe("models of the site", () => {
  test("sentiment judges by the probability of good", async () => {
    const experiment = await RlhfExperiment.open(laboratory(), SMALL);
    const { value } = await experiment.run().next();
    expect(value!.reward).toBeGreaterThan(0);
    expect(value!.reward).toBeLessThan(1);
    const long = await experiment.ask({ kind: "judge", texts: ["好".repeat(600), "", "👍🏽"] });
    if (long.kind !== "judge") throw new Error(long.kind);
    for (const reward of long.rewards) expect(reward).toBeGreaterThan(0);
    experiment.dispose();
    expect(backend.memory.storages).toBe(0);
  });

  test("rankings train a reward model, and that judges the same texts alike in PPO and in best-of-n", async () => {
    const settings = { ...REWARD_MODEL_DEFAULTS, rankings: RANKINGS, heldOut: 0, steps: 20 };
    const model = await RewardModelExperiment.open(laboratory(), settings);
    for await (const _ of model.run());
    const answer = await model.ask({ kind: "head" });
    const scores = await model.ask({ kind: "score", texts: RANKINGS.flat() });
    if (answer.kind !== "head" || scores.kind !== "score") throw new Error("other answers");
    model.dispose();
    const reward = { kind: "preference", head: answer.head } as const;
    const experiment = await RlhfExperiment.open(laboratory(), { ...SMALL, reward });
    const judged = await experiment.ask({ kind: "judge", texts: RANKINGS.flat() });
    if (judged.kind !== "judge") throw new Error(judged.kind);
    for (const [i, score] of scores.scores.entries()) {
      expect(judged.rewards[i]).toBeCloseTo(1 / (1 + Math.exp(-score)), 5);
    }
    expect(judged.rewards[0]!).toBeGreaterThan(judged.rewards[1]!);
    experiment.dispose();
    const choosing = await BestOfNExperiment.open(laboratory(), { ...WRITING, reward, reviews: 4 });
    expect((await choosing.run().next()).value).toMatchObject({ prompt: 1 });
    choosing.dispose();
    expect(backend.memory.storages).toBe(0);
  });

  test("a reward model that does not fit is refused", async () => {
    const head = { model: "bert-zh", weights: new Array<number>(7).fill(0), bias: 0 } as const;
    await expect(RlhfExperiment.open(laboratory(), { ...SMALL, reward: { kind: "preference", head } })).rejects.toThrow(
      "奖励模型有 7 个权重，要 16 个",
    );
    expect(backend.memory.storages).toBe(0);
  });
});

const MAKERS: Record<string, (room: Backend) => Promise<{ dispose(): void }>> = {
  "RLHF against sentiment": (room) => RlhfExperiment.open(laboratory(room), SMALL),
  "RLHF against a reward model": (room) => RlhfExperiment.open(laboratory(room), { ...SMALL, reward: preference }),
  "a reward model": (room) =>
    RewardModelExperiment.open(laboratory(room), { ...REWARD_MODEL_DEFAULTS, rankings: RANKINGS }),
  "best of n": (room) => BestOfNExperiment.open(laboratory(room), { ...WRITING, reward: preference, reviews: 4 }),
};

test.each(Object.keys(MAKERS))("%s that does not fit leaves nothing behind, wherever memory ends", async (name) => {
  const make = MAKERS[name]!;
  const whole = await make(backend);
  const { storages } = backend.memory;
  whole.dispose();
  expect(backend.memory.storages).toBe(0);
  expect(storages).toBeGreaterThan(0);
  for (let room = 0; room < storages; room++) {
    await expect(make(withRoomFor(backend, room))).rejects.toThrow(expect.objectContaining({ code: "out-of-memory" }));
    expect(backend.memory.storages, `with room for ${room} of ${storages} storages`).toBe(0);
  }
});

test("a round that does not fit leaves nothing behind, wherever memory ends", async () => {
  // Room for the models, and for ever more of what a round needs.
  for (let extra = 0; extra < 400; extra += 23) {
    const whole = await RlhfExperiment.open(laboratory(), SMALL);
    const { storages } = backend.memory;
    whole.dispose();
    const experiment = await RlhfExperiment.open(laboratory(withRoomFor(backend, storages + extra)), SMALL);
    await expect(experiment.run().next()).rejects.toThrow(expect.objectContaining({ code: "out-of-memory" }));
    experiment.dispose();
    expect(backend.memory.storages, `with room for ${extra} more`).toBe(0);
  }
});
