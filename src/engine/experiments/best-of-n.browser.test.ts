import { expect, test } from "vitest";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { shareOf, tinyWriter } from "../testing/tiny-models.ts";
import { graphicsCard } from "../testing/webgpu.ts";
import { type BestOfNAnswer, BestOfNExperiment } from "./best-of-n.ts";

test("the best of n on WebGPU are those on the CPU", { timeout: 240_000 }, async () => {
  const backends = [await createCpuBackend(), await graphicsCard()];
  const answers: BestOfNAnswer[][] = [];
  for (const backend of backends) {
    const { policy, reference: model, tokenizer } = tinyWriter(backend, null);
    policy.dispose();
    const experiment = new BestOfNExperiment(
      { backend, random: new Random(2) },
      { model, tokenizer, judge: shareOf("好大高快新热") },
      {
        prompts: [
          { category: "酒店", opening: "房间" },
          { category: "外卖", opening: "" },
        ],
        length: 6,
        temperature: 1,
        reward: { kind: "sentiment" },
        reviews: 4,
      },
    );
    for await (const _ of experiment.run());
    answers.push([await experiment.ask({ kind: "curve" }), await experiment.ask({ kind: "best" })]);
    experiment.dispose();
    expect(backend.memory.storages).toBe(0);
    backend.dispose();
  }
  const [cpu, gpu] = answers;
  expect(cpu?.[0]).toMatchObject({ points: { length: 4 } });
  // The same tokens were drawn, so that there is nothing to round.
  expect(gpu).toEqual(cpu);
});
