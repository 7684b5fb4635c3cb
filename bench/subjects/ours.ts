import * as Comlink from "comlink";
import type { BackendKind } from "../../src/engine/backends/backend.ts";
import { chooseBackend } from "../../src/engine/backends/select.ts";
import { Engine } from "../../src/engine/engine.ts";
import { Gpt2 } from "../../src/engine/models/gpt2.ts";
import { loss } from "../../src/engine/models/gpt2-plain.ts";
import type { ResilientTree } from "../../src/engine/models/resilient-tree.ts";
import { AdamW } from "../../src/engine/optim/adam-w.ts";
import { Tape } from "../../src/engine/tensor/tape.ts";
import { fetchModel } from "../load.ts";
import {
  ADAMW,
  argmax,
  type Decoded,
  type DecodeOptions,
  firstTokens,
  goesOn,
  type Subject,
  type Trained,
} from "../subject.ts";

interface Loaded {
  readonly engine: Engine;
  readonly folder: string;
  readonly kind: BackendKind;
  readonly id: string;
}

/** This project's engine, as the site's worker runs it. */
class Ours implements Subject {
  #loaded: Loaded | null = null;
  /** The model's other forms that were opened, by the endings of their folders. */
  #forms = new Map<string, Promise<string>>();

  async load(folder: string, kind: BackendKind): Promise<void> {
    const engine = new Engine(new URL("..", folder), kind, () => {});
    const id = new URL(folder).pathname.split("/").at(-2) ?? "";
    await engine.load(id);
    this.#loaded = { engine, folder, kind, id };
  }

  async prefill(prompt: readonly number[]): Promise<number> {
    const tree = await this.#tree();
    const start = performance.now();
    await tree.append(null, prompt);
    const elapsed = performance.now() - start;
    tree.dispose();
    return elapsed;
  }

  async decode(prompt: readonly number[], options: DecodeOptions): Promise<Decoded> {
    const { batch, variant } = options;
    const tree = await this.#tree(variant === "f32" || variant === "i8" ? variant : undefined);
    const root = await tree.append(null, prompt);
    let ids = firstTokens(root.logits, batch);
    let nodes = ids.map(() => root.node);
    const decoded: Decoded = { tokens: [], milliseconds: [] };
    while (goesOn(decoded, options)) {
      const start = performance.now();
      const answers =
        variant === "traced"
          ? (await tree.inspect(nodes[0] ?? null, ids, ["blocks.*.attn.pattern"])).steps
          : await tree.extend(nodes, ids);
      ids = answers.map(({ logits }) => argmax(logits));
      nodes = answers.map(({ node }) => node);
      decoded.milliseconds.push(performance.now() - start);
      decoded.tokens.push(ids);
    }
    tree.dispose();
    return decoded;
  }

  async train(batch: readonly (readonly number[])[], steps: number): Promise<Trained> {
    const { folder, kind } = this.#model;
    const [{ backend }, { config, tensors }] = await Promise.all([chooseBackend(kind), fetchModel(folder)]);
    const model = Gpt2.open(backend, config, tensors, { trainable: () => true });
    const { learningRate, weightDecay, ...settings } = ADAMW;
    const optimizer = new AdamW(backend, [{ parameters: model.parameters.trainable(), weightDecay }], settings);
    const ids = Int32Array.from(batch.flatMap((row) => row.slice(0, -1)));
    const targets = Int32Array.from(batch.flatMap((row) => row.slice(1)));
    const trained: Trained = { losses: [], milliseconds: [] };
    for (let step = 0; step < steps; step++) {
      const start = performance.now();
      const tape = new Tape(backend);
      model.parameters.zeroGradients();
      const value = loss(tape, model, { ids, batch: batch.length }, { targets });
      tape.backward(value);
      optimizer.step(learningRate);
      const [numbers] = await backend.read([{ storage: value.storage, offset: 0, length: 1 }]);
      tape.dispose();
      trained.losses.push(numbers?.[0] ?? Number.NaN);
      trained.milliseconds.push(performance.now() - start);
    }
    backend.dispose();
    return trained;
  }

  get #model(): Loaded {
    if (!this.#loaded) throw new Error("not loaded");
    return this.#loaded;
  }

  async #tree(form?: string): Promise<ResilientTree> {
    const { engine, id } = this.#model;
    if (!form) return engine.tree(id);
    const opened = this.#forms.get(form) ?? this.#open(form);
    this.#forms.set(form, opened);
    return engine.tree(await opened);
  }

  /** Another form of the model, opened like a reader's own files. */
  async #open(form: string): Promise<string> {
    const { engine, folder } = this.#model;
    const files = ["config.json", "tokenizer.json", "model.safetensors"].map(async (name) => {
      const response = await fetch(new URL(name, folder.replace(/\/$/, `-${form}/`)));
      return new File([await response.arrayBuffer()], name);
    });
    return (await engine.load({ files: await Promise.all(files) })).id;
  }
}

Comlink.expose(new Ours());
