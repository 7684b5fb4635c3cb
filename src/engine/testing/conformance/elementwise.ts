import { describe, test } from "vitest";
import * as reference from "./reference.ts";
import * as gradients from "./reference-gradients.ts";
import { expectEachClose, STALE, type Workbench } from "./workbench.ts";

const LENGTHS = [1, 3, 5, 64, 257, 3001];
/** Parameters for the functions that have any. */
const [P, Q] = [-0.75, 1.5];

/** Functions of one and of two numbers, and their gradients. */
export function describeElementwise(bench: Workbench): void {
  describe("element by element", () => {
    test.each(LENGTHS)("fill %i numbers and leave the rest", async (length) => {
      const out = bench.blank(length + 6);
      bench.backend.fill(out, 2.5, length);
      await bench.expectNumbers(out, [...new Array<number>(length).fill(2.5), ...new Array<number>(6).fill(STALE)]);
    });

    describe.each(reference.UNARY_FUNCTIONS)("map %s", (f) => {
      test.each(LENGTHS)("%i numbers, also in place", async (length) => {
        const x = bench.numbers(length, 4);
        const [source, out] = [bench.place(x), bench.blank(length)];
        bench.backend.map(f, out, source, length, P, Q);
        bench.backend.map(f, source, source, length, P, Q);
        const expected = reference.map(f, x, P, Q);
        await bench.expectNumbers(out, expected);
        await bench.expectNumbers(source, expected);
      });

      test.each(LENGTHS)("its gradient, %i numbers", async (length) => {
        const [x, dy] = [bench.numbers(length, 4), bench.numbers(length)];
        const dx = bench.gradient(length);
        bench.backend.mapGradient(f, dx.storage, bench.place(x), bench.place(dy), length, P, Q);
        await dx.expectAdded(gradients.mapGradient(f, x, dy, P, Q));
      });

      test("takes the first numbers and leaves the rest", async () => {
        const x = bench.numbers(40);
        const [source, out] = [bench.place(x), bench.blank(40)];
        const [before, dx] = [bench.numbers(40), bench.blank(40)];
        bench.backend.upload(dx, before);
        bench.backend.map(f, out, source, 31, P, Q);
        bench.backend.mapGradient(f, dx, source, source, 31, P, Q);
        const [head, dhead] = [x.subarray(0, 31), before.slice()];
        for (const [i, d] of gradients.mapGradient(f, head, head, P, Q).entries()) dhead[i]! += d;
        await bench.expectNumbers(out, [...reference.map(f, head, P, Q), ...new Array<number>(9).fill(STALE)]);
        await bench.expectNumbers(dx, dhead);
      });
    });

    // e^x itself has no value there.
    const bounded = reference.UNARY_FUNCTIONS.filter((f) => f !== "exp");
    test.each(bounded)("%s and its gradient of numbers that saturate it", async (f) => {
      const x = Float32Array.of(-1000, -100, -88.5, -30, -12, 0, 12, 30, 88.5, 100, 1000);
      const dy = new Float32Array(x.length).fill(1);
      const [source, out, dx] = [bench.place(x), bench.blank(x.length), bench.place(new Float32Array(x.length))];
      bench.backend.map(f, out, source, x.length, P, Q);
      bench.backend.mapGradient(f, dx, source, bench.place(dy), x.length, P, Q);
      await bench.expectNumbers(out, reference.map(f, x, P, Q));
      await bench.expectNumbers(dx, gradients.mapGradient(f, x, dy, P, Q));
    });

    test("exp over the whole range", async () => {
      const x = Float32Array.from({ length: 161 }, (_, i) => i - 80);
      const out = bench.blank(x.length);
      bench.backend.map("exp", out, bench.place(x), x.length);
      const [actual] = await bench.readAll(out);
      // WGSL allows an error of 3 + 2|x| units in the last place.
      expectEachClose(actual!, reference.map("exp", x), 2e-5);
    });

    test("more numbers than one axis of a GPU's grid has threads for", async () => {
      const length = 64 * 65535 + 3;
      const x = bench.place(new Float32Array(length).fill(1.5));
      const dx = bench.place(new Float32Array(length).fill(1));
      // Of the kernels with one number for each thread, this one has the smallest workgroups.
      bench.backend.columnSums(dx, x, 1, length);
      bench.backend.map("square", x, x, length);
      const expected = new Float32Array(length);
      await bench.expectNumbers(x, expected.fill(2.25));
      await bench.expectNumbers(dx, expected.fill(1 + 1.5));
    });

    describe.each(reference.BINARY_FUNCTIONS)("combine %s", (f) => {
      test.each(LENGTHS)("%i numbers, also in place of either", async (length) => {
        const [a, b] = [bench.numbers(length), bench.numbers(length)];
        const [placedA, placedB, out] = [bench.place(a), bench.place(b), bench.blank(length)];
        const [inA, inB] = [bench.place(a), bench.place(b)];
        bench.backend.combine(f, out, placedA, placedB, length);
        bench.backend.combine(f, inA, inA, placedB, length);
        bench.backend.combine(f, inB, placedA, inB, length);
        for (const storage of [out, inA, inB]) await bench.expectNumbers(storage, reference.combine(f, a, b));
      });

      test.each(LENGTHS)("its gradients, %i numbers", async (length) => {
        // Small whole numbers, so that a = b now and then.
        const [a, b] = [bench.numbers(length, 3).map(Math.round), bench.numbers(length, 3).map(Math.round)];
        const [placedA, placedB, dy] = [bench.place(a), bench.place(b), bench.numbers(length)];
        const placedDy = bench.place(dy);
        for (const side of ["a", "b"] as const) {
          const d = bench.gradient(length);
          bench.backend.combineGradient(f, side, d.storage, placedA, placedB, placedDy, length);
          await d.expectAdded(gradients.combineGradient(f, side, a, b, dy));
        }
      });

      test("of numbers with themselves, the first of them", async () => {
        const [a, dy] = [bench.numbers(40), bench.numbers(40)];
        const [x, out, d] = [bench.place(a), bench.blank(40), bench.blank(40)];
        bench.backend.combine(f, out, x, x, 31);
        bench.backend.combineGradient(f, "b", d, x, x, bench.place(dy), 31);
        const rest = new Array<number>(9).fill(STALE);
        const slopes = gradients.combineGradient(f, "b", a, a, dy).map((slope) => STALE + slope);
        await bench.expectNumbers(out, [...reference.combine(f, a, a).slice(0, 31), ...rest]);
        await bench.expectNumbers(d, [...slopes.slice(0, 31), ...rest]);
      });
    });
  });
}
