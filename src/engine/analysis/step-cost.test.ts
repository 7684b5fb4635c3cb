import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import type { AttentionShape, LinearShape } from "../backends/operations.ts";
import { Gpt2 } from "../models/gpt2.ts";
import { Gpt2Tree } from "../models/gpt2-tree.ts";
import { Random } from "../random.ts";
import { cacheBytes, forwardProducts } from "./step-cost.ts";

const config = {
  architecture: "gpt2",
  vocabularySize: 37,
  contextLength: 16,
  width: 12,
  innerWidth: 40,
  layers: 3,
  heads: 2,
  activation: "geluTanh",
  epsilon: 1e-5,
  tiedHead: true,
  endIds: [],
} as const;

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

/** A backend that adds up what its products cost. */
class Counter {
  products = 0;
  /** How many keys each token of the pass sees: the backend is told in a storage. */
  spans: readonly number[] = [];
  readonly backend: Backend = new Proxy(backend, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        if (name === "linear") {
          const { rows, inner, columns } = args.at(-1) as LinearShape;
          this.products += rows * inner * columns;
        }
        if (name === "attention") {
          const { heads, headWidth } = args.at(-1) as AttentionShape;
          for (const span of this.spans) this.products += 2 * heads * headWidth * span;
        }
        return member.apply(target, args) as unknown;
      };
    },
  });

  begin(spans: readonly number[]): void {
    [this.spans, this.products] = [spans, 0];
  }
}

test("counts the products that a forward pass makes, with a cache and without", async () => {
  const counter = new Counter();
  const model = Gpt2.create(counter.backend, config, new Random(1));
  const tree = new Gpt2Tree(model);
  counter.begin([1, 2, 3, 4, 5]);
  const { node } = await tree.append(null, [1, 2, 3, 4, 5]);
  expect(counter.products).toBe(forwardProducts(config, 0, 5));
  counter.begin([6]);
  await tree.append(node, [6]);
  expect(counter.products).toBe(forwardProducts(config, 5, 1));
  tree.dispose();
  model.dispose();
});

test("a cache holds a key and a value for each token in each layer", () => {
  expect(cacheBytes(config, 7)).toBe(7 * config.layers * 2 * config.width * 4);
});
