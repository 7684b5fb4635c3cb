import { expect, test } from "vitest";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { Tape } from "../tensor/tape.ts";
import { describeActorCritic } from "../testing/actor-critic-parity.ts";
import { tinyWriter } from "../testing/tiny-models.ts";
import { ReviewRollout } from "./rlhf-rollout.ts";
import { encodePrompt, writeReviews } from "./rlhf-writing.ts";

describeActorCritic("the CPU, in Node", createCpuBackend, 1e-4);

test.each([0.5, 1, 1.7])(
  "what a token was drawn with is what the loss computes of it, at temperature %d",
  async (temperature) => {
    const backend = await createCpuBackend();
    const parts = tinyWriter(backend, null, { blocks: 1 });
    const prompts = ["房间", ""].map((opening) => encodePrompt(parts.tokenizer, { category: "酒店", opening }, 12, 40));
    const reviews = await writeReviews(
      parts.policy.actor,
      parts.tokenizer,
      prompts,
      { length: 12, temperature },
      new Random(3),
    );
    const rollout = await ReviewRollout.record(parts, reviews, temperature, 1);
    const tape = new Tape(backend, "off");
    // Backwards, so that it is not the order in which they were written.
    const { logProbs, entropies } = rollout.evaluate(tape, Int32Array.of(1, 0));
    const spans = [logProbs, entropies].map(({ storage }) => ({ storage, offset: 0, length: storage.length }));
    const [computed, spread] = await backend.read(spans);
    const backwards = reviews.toReversed();
    for (const [i, logProb] of backwards.flatMap((review) => review.logProbs).entries()) {
      expect(computed![i]).toBeCloseTo(logProb, 4);
    }
    for (const [i, nats] of backwards.flatMap((review) => review.entropies).entries()) {
      expect(spread![i]).toBeCloseTo(nats, 4);
    }
    // The reference is the same model still.
    for (const [i, logProb] of reviews.flatMap((review) => review.logProbs).entries()) {
      expect(rollout.reference[i]).toBeCloseTo(logProb, 4);
    }
    tape.dispose();
    rollout.dispose();
    parts.policy.dispose();
    parts.reference.dispose();
    expect(backend.memory.storages).toBe(0);
    backend.dispose();
  },
);
