import * as Comlink from "comlink";
import type { BackendKind } from "../../src/engine/backends/backend.ts";
import { chooseBackend } from "../../src/engine/backends/select.ts";
import { Gpt2 } from "../../src/engine/models/gpt2.ts";
import { Gpt2Tree } from "../../src/engine/models/gpt2-tree.ts";
import { fetchModel } from "../load.ts";
import { argmax, type Decoded, type DecodeOptions, largest, type Subject } from "../subject.ts";

/** This project's engine, as its worker runs it. */
class Ours implements Subject {
  #loaded: Gpt2 | null = null;

  async load(folder: string, kind: BackendKind): Promise<void> {
    const [{ backend }, { config, tensors }] = await Promise.all([chooseBackend(kind), fetchModel(folder)]);
    this.#loaded = Gpt2.open(backend, config, tensors);
  }

  async prefill(prompt: readonly number[]): Promise<number> {
    const tree = new Gpt2Tree(this.#model);
    const start = performance.now();
    await tree.append(null, prompt);
    const elapsed = performance.now() - start;
    tree.dispose();
    return elapsed;
  }

  async decode(prompt: readonly number[], { batch, steps, traced = false }: DecodeOptions): Promise<Decoded> {
    const tree = new Gpt2Tree(this.#model);
    const root = await tree.append(null, prompt);
    let ids = largest(root.logits, batch);
    let nodes = ids.map(() => root.node);
    const decoded: Decoded = { tokens: [], milliseconds: [] };
    for (let step = 0; step < steps; step++) {
      const start = performance.now();
      const answers = traced
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

  async train(): Promise<null> {
    return null;
  }

  get #model(): Gpt2 {
    if (!this.#loaded) throw new Error("not loaded");
    return this.#loaded;
  }
}

Comlink.expose(new Ours());
