import { afterAll, afterEach, beforeAll, describe } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { describeElementwise } from "./conformance/elementwise.ts";
import { describeHalves } from "./conformance/halves.ts";
import { describeInference } from "./conformance/inference.ts";
import { describeLosses } from "./conformance/losses.ts";
import { describeMemory } from "./conformance/memory.ts";
import { describeOptimizers } from "./conformance/optimizers.ts";
import { describePacked } from "./conformance/packed.ts";
import { describeQuantized } from "./conformance/quantized.ts";
import { describeSequences } from "./conformance/sequences.ts";
import { describeWeightGradients } from "./conformance/weights.ts";
import { Workbench } from "./conformance/workbench.ts";

/** Holds a backend to the contract of `Backend`: every operation against its definition (`conformance/reference*.ts`). */
export function describeBackend(name: string, create: () => Promise<Backend>): void {
  describe(name, () => {
    const bench = new Workbench();
    beforeAll(async () => bench.start(await create()));
    afterEach(() => bench.clear());
    afterAll(() => bench.backend.dispose());
    describeInference(bench);
    describePacked(bench);
    describeHalves(bench);
    describeQuantized(bench);
    describeElementwise(bench);
    describeSequences(bench);
    describeLosses(bench);
    describeWeightGradients(bench);
    describeOptimizers(bench);
    describeMemory(bench, create);
  });
}
