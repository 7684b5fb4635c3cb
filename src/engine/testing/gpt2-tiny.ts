import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { type Gpt2Config, parseConfig } from "../files/config.ts";
import { parseSafetensors, type TensorView, toFloat32 } from "../files/safetensors.ts";
import { Gpt2 } from "../models/gpt2.ts";
import type { PositionRows } from "../models/gpt2-batch.ts";
import { embedTokens, type LossOptions, logits, loss, type PlainOptions } from "../models/gpt2-plain.ts";
import { Gpt2Tree } from "../models/gpt2-tree.ts";
import type { CheckpointOptions } from "../models/model-options.ts";
import { padSequences } from "../models/token-batch.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import { weightedSum } from "../tensor/ops/losses.ts";
import { Tape } from "../tensor/tape.ts";
import { type HostTensor, Trace } from "../tensor/trace.ts";
import { loadFixture } from "./load.ts";
import { inHalves, toInt8 } from "./narrow.ts";
import { relativeError, visible } from "./relative-error.ts";
import { describeTraining } from "./training-run.ts";

const TRAINING = "src/engine/testdata/training/gpt2-tiny";

/**
 * Holds a tiny GPT-2 with random weights, on one backend, against PyTorch (`training/fixtures_gpt2.py`), and its two ways through the
 * same weights against each other.
 *
 * @param gradientTolerance largest relative error of a gradient
 */
export function describeTinyGpt2(name: string, createBackend: () => Promise<Backend>, gradientTolerance: number): void {
  describeTraining(
    name,
    "gpt2-tiny",
    createBackend,
    (backend, config: unknown, weights) => {
      const model = new Gpt2(backend, parseConfig(config) as Gpt2Config, weights, { trainable: () => true });
      return {
        parameters: model.parameters,
        loss: (tape, { ids, lengths, weights }) =>
          loss(
            tape,
            model,
            { ids: Int32Array.from(ids!), batch: lengths!.length, lengths: Int32Array.from(lengths!) },
            {
              weights: Float32Array.from(weights!),
            },
          ),
      };
    },
    gradientTolerance,
  );

  describe(`a tiny GPT-2 on ${name}`, () => {
    let backend: Backend;
    let config: Gpt2Config;
    let checkpoint: Map<string, TensorView>;
    let expected: Map<string, TensorView>;
    let model: Gpt2;
    let ids: number[];

    beforeAll(async () => {
      backend = await createBackend();
      const run = JSON.parse(new TextDecoder().decode(await loadFixture(`${TRAINING}.json`)));
      config = parseConfig(run.config) as Gpt2Config;
      const weights = parseSafetensors(await loadFixture(`${TRAINING}.safetensors`));
      checkpoint = new Map([...weights].map(([key, view]) => [key.replace(/^weight\./, ""), view]));
      expected = parseSafetensors(await loadFixture("src/engine/testdata/gpt2-tiny/forward.safetensors"));
      model = Gpt2.open(backend, config, checkpoint);
      ids = integers("ids");
    });
    afterAll(() => {
      model.dispose();
      backend.dispose();
    });

    const view = (key: string): TensorView => {
      const found = expected.get(key);
      if (!found) throw new Error(`The fixture has no ${key}.`);
      return found;
    };
    const integers = (key: string): number[] => [...new Int32Array(view(key).data.slice().buffer)];
    const errorOf = (actual: ArrayLike<number> | undefined, key: string): number =>
      relativeError(visible(actual ?? []), visible(toFloat32(view(key))));

    /** Both ways: the fused one through a tree, the plain one through a tape. */
    const fast = async (names: readonly string[], positions: PositionRows = "own", of = model) => {
      const tree = new Gpt2Tree(of, { positions });
      try {
        const { steps, traces } = await tree.inspect(null, ids, names);
        return { logits: steps.flatMap((step) => [...step.logits]), traces };
      } finally {
        tree.dispose();
      }
    };
    const plain = async (names: readonly string[], positions: PositionRows = "own", of = model) => {
      const tape = new Tape(backend, "off");
      try {
        const trace = new Trace(names, of.traceNames);
        const options: PlainOptions = { positions, trace };
        const out = logits(tape, of, { ids: Int32Array.from(ids), batch: 1 }, options);
        const all = { storage: out.storage, offset: 0, length: out.storage.length };
        const [data, ...traced] = await backend.read([all, ...trace.spans]);
        return { logits: [...data!], traces: trace.tensors(traced) };
      } finally {
        tape.dispose();
      }
    };

    describe.each([
      ["fused", fast, 0],
      ["plain", plain, 1],
    ] as const)("the %s path", (_, run, batchAxes) => {
      test("every intermediate equals PyTorch's, in shape and numbers", async () => {
        const { traces } = await run(model.traceNames);
        expect([...traces.keys()].sort()).toEqual([...model.traceNames].sort());
        for (const [key, { shape, data }] of traces) {
          expect(shape.slice(batchAxes), key).toEqual(view(`trace.${key}`).shape);
          expect(errorOf(data, `trace.${key}`), key).toBeLessThan(1e-5);
        }
      });

      test("a trace of everything changes no logit, to the last bit", async () => {
        const [silent, traced] = [await run([]), await run(model.traceNames)];
        expect(silent.traces.size).toBe(0);
        expect(traced.logits).toEqual(silent.logits);
      });

      test("positions may be shuffled or left out", async () => {
        const rows = Int32Array.from(integers("rows"));
        expect(errorOf((await run([], rows)).logits, "shuffled")).toBeLessThan(1e-5);
        const none = await run(["pos_embed"], "none");
        expect(errorOf(none.logits, "none")).toBeLessThan(1e-5);
        expect(new Set(none.traces.get("pos_embed")?.data)).toEqual(new Set([0]));
        await expect(run([], rows.slice(1))).rejects.toMatchObject({ code: "bad-input" });
      });
    });

    test("both paths give the same, also after the weights were trained", async () => {
      const trained = Gpt2.open(backend, config, checkpoint, { trainable: () => true });
      const optimizer = new AdamW(backend, decayMatrices(trained.parameters, 0.1), { maxNorm: 1 });
      const before = (await fast([], "own", trained)).logits;
      for (let step = 0; step < 3; step++) {
        const tape = new Tape(backend);
        trained.parameters.zeroGradients();
        tape.backward(loss(tape, trained, { ids: Int32Array.from(ids), batch: 1 }));
        optimizer.step(0.01);
        tape.dispose();
      }
      const after = (await fast([], "own", trained)).logits;
      expect(relativeError(after, (await plain([], "own", trained)).logits)).toBeLessThan(1e-5);
      expect(relativeError(after, before)).toBeGreaterThan(0.1);
      optimizer.dispose();
      trained.dispose();
    });

    test("what a continuation traces are the last rows of what one pass traces", async () => {
      const names = [
        "blocks.1.attn.q",
        "blocks.*.attn.scores",
        "blocks.*.attn.pattern",
        "blocks.1.resid_post",
        "logits",
      ];
      const whole = (await fast(names)).traces;
      const tree = new Gpt2Tree(model);
      const { node } = await tree.append(null, ids.slice(0, 6));
      const { traces } = await tree.inspect(node, ids.slice(6), names);
      tree.dispose();
      for (const [key, { shape, data }] of traces) {
        const axis = key.includes(".attn.") && !key.endsWith(".q") ? 1 : 0;
        const tail = lastRows(whole.get(key)!, axis, ids.length - 6);
        expect(shape, key).toEqual(tail.shape);
        expect(relativeError(visible(data), visible(tail.data)), key).toBeLessThan(1e-5);
      }
    });

    test("a loss counts the tokens that it is told to count, and no padding", async () => {
      const lossOf = async (texts: readonly (readonly number[])[], options: LossOptions = {}): Promise<number> => {
        const tape = new Tape(backend, "off");
        const { storage } = loss(tape, model, padSequences(texts, 0), options);
        const [data] = await backend.read([{ storage, offset: 0, length: 1 }]);
        tape.dispose();
        return data![0]!;
      };
      const [long, short] = [ids, ids.slice(2, 5)];
      const mean = ((await lossOf([long])) * (long.length - 1) + (await lossOf([short])) * (short.length - 1)) / 10;
      expect(await lossOf([long, short])).toBeCloseTo(mean, 5);
      const last = Float32Array.from(ids, (_, i) => (i === ids.length - 2 ? 3 : 0));
      const targets = Int32Array.from(ids, (_, i) => (i === ids.length - 2 ? ids.at(-1)! : -1));
      expect(await lossOf([ids], { weights: last })).toBeCloseTo(await lossOf([ids], { targets }), 5);
      await expect(lossOf([[7]])).rejects.toMatchObject({ code: "bad-input" });
    });

    test("the logit lens reads every layer, and at the end it reads the logits", async () => {
      const { traces, logits: final } = await fast(["blocks.*.resid_post"]);
      for (let layer = 0; layer < config.layers; layer++) {
        const lens = await model.logitLens(traces.get(`blocks.${layer}.resid_post`)!);
        expect(lens.shape).toEqual([ids.length, config.vocabularySize]);
        expect(errorOf(lens.data, `lens.${layer}`)).toBeLessThan(1e-5);
        if (layer === config.layers - 1) expect(relativeError(lens.data, final)).toBeLessThan(1e-6);
      }
      const wrong = { shape: [1, 3], data: new Float32Array(3) };
      await expect(model.logitLens(wrong)).rejects.toMatchObject({ code: "bad-input" });
    });

    test("the gradient of a logit by the token embeddings equals PyTorch's, with frozen weights", async () => {
      const tape = new Tape(backend);
      const batch = { ids: Int32Array.from(ids), batch: 1 };
      const embedded = tape.leaf(embedTokens(tape, model, batch));
      const out = logits(tape, model, batch, { embedded });
      const last = toFloat32(view("trace.logits")).slice(-config.vocabularySize);
      const chosen = new Float32Array(ids.length * config.vocabularySize);
      chosen[chosen.length - config.vocabularySize + last.indexOf(Math.max(...last))] = 1;
      tape.backward(weightedSum(tape, out, chosen));
      const gradient = embedded.gradient!;
      const [data] = await backend.read([{ storage: gradient, offset: 0, length: gradient.length }]);
      tape.dispose();
      expect(errorOf(data, "input.gradient")).toBeLessThan(gradientTolerance);
    });

    /** Opens a checkpoint as it is, with wide weights, and to be trained; all compute the same, on both paths. @returns bytes of the first two */
    const sizesOf = async (stored: Map<string, TensorView>) => {
      const opened = (options: CheckpointOptions) => {
        const before = backend.memory.bytes;
        const own = Gpt2.open(backend, config, stored, options);
        return { own, bytes: backend.memory.bytes - before };
      };
      const [kept, wide, trained] = [opened({}), opened({ packed: false }), opened({ trainable: () => true })];
      expect(trained.bytes).toBe(2 * wide.bytes);
      const expectedLogits = (await fast([], "own", wide.own)).logits;
      expect(relativeError((await fast([], "own", kept.own)).logits, expectedLogits)).toBeLessThan(1e-5);
      expect(relativeError((await plain([], "own", kept.own)).logits, expectedLogits)).toBeLessThan(1e-5);
      expect(errorOf(expectedLogits, "trace.logits")).toBeLessThan(0.05);
      for (const { own } of [kept, wide, trained]) own.dispose();
      return { kept: kept.bytes, wide: wide.bytes };
    };

    test("8-bit weights stay that where nothing is trained, and compute what they stand for", async () => {
      const { kept, wide } = await sizesOf(int8Checkpoint(checkpoint));
      expect(kept).toBeLessThan(0.4 * wide);
    });

    test("halves stay that where the backend is fastest so, and are floats elsewhere", async () => {
      const { kept, wide } = await sizesOf(inHalves(checkpoint));
      expect(kept < 0.6 * wide).toBe(backend.prefersHalves);
      expect(kept === wide).toBe(!backend.prefersHalves);
    });

    test("a name that is not there is refused, with those that are near", async () => {
      const refused = fast(["logits", "blocks.*.atn.patern"]);
      await expect(refused).rejects.toMatchObject({ code: "bad-input" });
      await expect(refused).rejects.toThrow("没有叫 blocks.*.atn.patern 的中间结果");
      await expect(refused).rejects.toThrow("blocks.*.attn.pattern");
      await expect(fast([`blocks.${config.layers}.resid_post`])).rejects.toThrow("blocks.*.resid_post");
    });

    test("a model that only decodes has no gradients, and one that is trained has them for what is trained", () => {
      const bytes = (trainable?: (name: string) => boolean): number => {
        const before = backend.memory.bytes;
        const opened = Gpt2.open(backend, config, checkpoint, trainable && { trainable });
        const taken = backend.memory.bytes - before;
        opened.dispose();
        expect(backend.memory.bytes).toBe(before);
        return taken;
      };
      const frozen = bytes();
      expect(bytes(() => true)).toBe(2 * frozen);
      expect(bytes((key) => key.includes(".h.1."))).toBeLessThan(1.6 * frozen);
    });
  });
}

/** The same checkpoint with its matrices in 8 bits, a scale for each output. */
function int8Checkpoint(tensors: ReadonlyMap<string, TensorView>): Map<string, TensorView> {
  const quantized = [...tensors].flatMap(([name, tensor]): [string, TensorView][] => {
    const [rows = 0, columns = 0] = tensor.shape;
    if (columns === 0) return [[name, tensor]];
    const channels = name.includes(".h.") ? "columns" : "rows";
    const { values, scales } = toInt8(toFloat32(tensor), columns, channels);
    const scaleName = `${name}.scale`;
    const scaleShape = channels === "columns" ? [1, columns] : [rows, 1];
    return [
      [name, { name, dtype: "I8", shape: tensor.shape, data: new Uint8Array(values.buffer) }],
      [scaleName, { name: scaleName, dtype: "F32", shape: scaleShape, data: new Uint8Array(scales.buffer) }],
    ];
  });
  return new Map(quantized);
}

/** The last rows along an axis. */
function lastRows({ shape, data }: HostTensor, axis: 0 | 1, rows: number): HostTensor {
  const [groups, all] = axis === 0 ? [1, shape[0]!] : [shape[0]!, shape[1]!];
  const width = data.length / (groups * all);
  const kept = Array.from({ length: groups }, (_, group) => [
    ...data.subarray((group * all + all - rows) * width, (group + 1) * all * width),
  ]);
  return { shape: shape.map((size, i) => (i === axis ? rows : size)), data: Float32Array.from(kept.flat()) };
}
