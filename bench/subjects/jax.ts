import { blockUntilReady, defaultDevice, init, jit, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import * as Comlink from "comlink";
import type { BackendKind } from "../../src/engine/backends/backend.ts";
import type { Gpt2Config } from "../../src/engine/files/config.ts";
import { adamW, type TrainingState } from "../jax/adamw.ts";
import { type Cache, loss, type Parameters, parametersOf, prefill, step } from "../jax/gpt2.ts";
import { fetchModel } from "../load.ts";
import {
  argmax,
  type Decoded,
  type DecodeOptions,
  firstTokens,
  goesOn,
  type Subject,
  type Trained,
} from "../subject.ts";

type Output = { logits: np.Array; caches: Cache[] };

interface Model {
  readonly config: Gpt2Config;
  readonly parameters: Parameters;
  readonly prefill: (parameters: Parameters, ids: np.Array) => Output;
  readonly step: (parameters: Parameters, caches: Cache[], ids: np.Array, position: np.Array) => Output;
}

/** jax-js. The model is `../jax/gpt2.ts`; the reader of safetensors and the tokenizer are this project's. */
class JaxJs implements Subject {
  #loaded: Model | null = null;

  async load(folder: string, backend: BackendKind): Promise<void> {
    const device = backend === "cpu" ? "wasm" : "webgpu";
    await init(device);
    defaultDevice(device);
    const { config, tensors } = await fetchModel(folder);
    const parameters = await blockUntilReady(parametersOf(config, tensors));
    this.#loaded = {
      config,
      parameters,
      prefill: jit((weights: Parameters, ids: np.Array) => prefill(weights, ids, config, config.contextLength)),
      step: jit((weights: Parameters, caches: Cache[], ids: np.Array, position: np.Array) =>
        step(weights, caches, ids, position, config),
      ),
    };
  }

  async prefill(prompt: readonly number[]): Promise<number> {
    const { parameters, prefill } = this.#model;
    const start = performance.now();
    const { logits, caches } = prefill(tree.ref(parameters), idsOf([prompt]));
    await logits.data();
    const elapsed = performance.now() - start;
    tree.dispose(caches);
    return elapsed;
  }

  async decode(prompt: readonly number[], options: DecodeOptions): Promise<Decoded> {
    const { parameters, prefill, step } = this.#model;
    const { batch } = options;
    const prompts = Array.from({ length: batch }, () => prompt);
    let { logits, caches } = prefill(tree.ref(parameters), idsOf(prompts));
    let ids = firstTokens((await this.#rows(logits))[0]!, batch);
    const decoded: Decoded = { tokens: [], milliseconds: [] };
    for (let i = 0; goesOn(decoded, options); i++) {
      const start = performance.now();
      const position = np.array(Int32Array.of(prompt.length + i));
      ({ logits, caches } = step(tree.ref(parameters), caches, np.array(Int32Array.from(ids)), position));
      ids = (await this.#rows(logits)).map(argmax);
      decoded.milliseconds.push(performance.now() - start);
      decoded.tokens.push(ids);
    }
    tree.dispose(caches);
    return decoded;
  }

  async train(batch: readonly (readonly number[])[], steps: number): Promise<Trained> {
    const { config, parameters } = this.#model;
    const [leaves, structure] = tree.flatten<np.Array>(parameters);
    const gradient = valueAndGrad(
      jit((weights: np.Array[], ids: np.Array, targets: np.Array) =>
        loss(tree.unflatten(structure, weights) as Parameters, ids, targets, config),
      ),
    );
    const update = jit(adamW);
    let state: TrainingState = {
      parameters: leaves.map(({ ref }) => ref),
      first: leaves.map(({ shape }) => np.zeros(shape)),
      second: leaves.map(({ shape }) => np.zeros(shape)),
    };
    const trained: Trained = { losses: [], milliseconds: [] };
    for (let i = 1; i <= steps; i++) {
      const start = performance.now();
      const ids = idsOf(batch.map((row) => row.slice(0, -1)));
      const targets = np.array(Int32Array.from(batch.flatMap((row) => row.slice(1))));
      const [value, gradients] = gradient(tree.ref(state.parameters), ids, targets);
      state = update(state, gradients as np.Array[], np.array(Float32Array.of(i)));
      await blockUntilReady(state.parameters);
      trained.losses.push(Number(await value.jsAsync()));
      trained.milliseconds.push(performance.now() - start);
    }
    tree.dispose(state);
    return trained;
  }

  get #model(): Model {
    if (!this.#loaded) throw new Error("not loaded");
    return this.#loaded;
  }

  /** The rows of logits [rows, vocabulary]. */
  async #rows(logits: np.Array): Promise<Float32Array[]> {
    const [rows = 0, size = 0] = logits.shape;
    const data = (await logits.data()) as Float32Array;
    return Array.from({ length: rows }, (_, row) => data.subarray(row * size, (row + 1) * size));
  }
}

function idsOf(rows: readonly (readonly number[])[]): np.Array {
  return np.array(Int32Array.from(rows.flat()), { shape: [rows.length, rows[0]?.length ?? 0] });
}

Comlink.expose(new JaxJs());
