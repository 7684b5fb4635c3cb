import { expect, test } from "vitest";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { newWeights } from "../nn/weights.ts";
import { Random } from "../random.ts";
import { entropy } from "../tensor/ops/losses.ts";
import { Tape } from "../tensor/tape.ts";
import { describePolicy } from "../testing/policy-parity.ts";
import { PolicyAndValue } from "./policy.ts";

describePolicy("the CPU, in Node", createCpuBackend, 1e-4);

test("a new policy finds all actions about equally likely, and a new value function does not say zero", async () => {
  const backend = await createCpuBackend();
  const config = { observationSize: 4, actions: 3, width: 64 };
  const networks = new PolicyAndValue(backend, config, newWeights(new Random(1)));
  const tape = new Tape(backend, "off");
  const observations = tape.constant(Float32Array.of(0.1, -2, 0.3, 1, 3, 0, -1, 0.5), [2, 4]);
  const bits = entropy(tape, networks.policy(tape, observations));
  const values = networks.value(tape, observations);
  expect(values.shape).toEqual([2]);
  const [entropies, returns] = await backend.read(
    [bits, values].map(({ storage }) => ({ storage, offset: 0, length: 2 })),
  );
  for (const nats of entropies!) expect(nats).toBeCloseTo(Math.log(3), 3);
  for (const value of returns!) expect(Math.abs(value)).toBeGreaterThan(0.01);
  tape.dispose();
  networks.dispose();
  expect(backend.memory.storages).toBe(0);
  backend.dispose();
});
