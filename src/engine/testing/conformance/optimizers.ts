import { describe, expect, test } from "vitest";
import * as reference from "./reference-optimizers.ts";
import type { Workbench } from "./workbench.ts";

const LENGTHS = [1, 5, 64, 3001];
/** Below every norm here, and above every one. */
const CLIPPING = [0.25, Number.POSITIVE_INFINITY];

/** The optimisers, and the norm by which they clip. */
export function describeOptimizers(bench: Workbench): void {
  describe("optimisers", () => {
    test.each([1, 3, 257, 100_003])("squares of %i numbers are added up", async (length) => {
      const [x, total] = [bench.numbers(length), bench.place(Float32Array.of(2))];
      bench.backend.addSquares(total, bench.place(x), length);
      bench.backend.addSquares(total, bench.place(x), length);
      await bench.expectNumbers(total, [x.reduce((sum, value) => sum + 2 * value * value, 2)]);
    });

    describe.each(CLIPPING)("gradients at most %d long", (maxNorm) => {
      test.each(LENGTHS)("SGD: %i numbers, three steps", async (length) => {
        const start = bench.numbers(length);
        const [parameter, velocity] = [bench.place(start), bench.place(new Float32Array(length))];
        const [wantedParameter, wantedVelocity] = [Float64Array.from(start), new Float64Array(length)];
        const settings = { learningRate: 0.1, momentum: 0.9, weightDecay: 0.05, maxNorm };
        for (let step = 1; step <= 3; step++) {
          const { gradient, placed, squares, placedSquares } = await gradientOfStep(length);
          bench.backend.sgd(parameter, placed, velocity, placedSquares, settings);
          reference.sgd(wantedParameter, gradient, wantedVelocity, squares, settings);
        }
        await bench.expectNumbers(velocity, wantedVelocity);
        await bench.expectNumbers(parameter, wantedParameter);
      });

      test.each(LENGTHS)("AdamW: %i numbers, three steps", async (length) => {
        const start = bench.numbers(length);
        const zeros = new Float32Array(length);
        const [parameter, first, second] = [bench.place(start), bench.place(zeros), bench.place(zeros)];
        const wanted = [Float64Array.from(start), new Float64Array(length), new Float64Array(length)] as const;
        for (let step = 1; step <= 3; step++) {
          const settings = {
            learningRate: 0.1,
            beta1: 0.9,
            beta2: 0.95,
            epsilon: 1e-6,
            weightDecay: 0.1,
            step,
            maxNorm,
          };
          const { gradient, placed, squares, placedSquares } = await gradientOfStep(length);
          bench.backend.adamW(parameter, placed, first, second, placedSquares, settings);
          reference.adamW(wanted[0], gradient, wanted[1], wanted[2], squares, settings);
        }
        for (const [i, storage] of [parameter, first, second].entries()) await bench.expectNumbers(storage, wanted[i]!);
      });
    });

    test("a gradient of zero moves nothing but by decay and momentum", async () => {
      const start = bench.numbers(9);
      const [sgdParameter, adamWParameter] = [bench.place(start), bench.place(start)];
      const zeros = new Float32Array(9);
      const [gradient, squares] = [bench.place(zeros), bench.place(Float32Array.of(0))];
      const state = [bench.place(zeros), bench.place(zeros), bench.place(zeros)] as const;
      const shared = { learningRate: 0.1, weightDecay: 0, maxNorm: 1 };
      bench.backend.sgd(sgdParameter, gradient, state[0], squares, { ...shared, momentum: 0.9 });
      const settings = { ...shared, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: 1 };
      bench.backend.adamW(adamWParameter, gradient, state[1], state[2], squares, settings);
      expect(await bench.readAll(sgdParameter, adamWParameter, ...state)).toEqual([start, start, zeros, zeros, zeros]);
    });

    /** A gradient, longer than 1 in all, and its squares added up by the backend. */
    async function gradientOfStep(length: number) {
      const gradient = bench.numbers(length, 2).map((value) => value + Math.sign(value));
      const [placed, placedSquares] = [bench.place(gradient), bench.place(Float32Array.of(0))];
      bench.backend.addSquares(placedSquares, placed, length);
      const squares = gradient.reduce((sum, value) => sum + value * value, 0);
      return { gradient: Float64Array.from(gradient), placed, squares, placedSquares };
    }
  });
}
