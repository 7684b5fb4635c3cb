import { afterAll, afterEach, beforeAll, describe } from "vitest";
import type { Backend } from "./backend.ts";
import { describeMemory } from "./conformance/memory.ts";
import { describeOperations } from "./conformance/operations.ts";
import { Workbench } from "./conformance/workbench.ts";

/** Holds a backend to the contract of `Backend`. */
export function describeBackend(name: string, create: () => Promise<Backend>): void {
  describe(name, () => {
    const bench = new Workbench();
    beforeAll(async () => bench.start(await create()));
    afterEach(() => bench.clear());
    afterAll(() => bench.backend.dispose());
    describeOperations(bench);
    describeMemory(bench, create);
  });
}
