import { DemoRun } from "../../kit/run/demo-run.svelte.ts";
import { getEngine } from "../../kit/run/engine.ts";
import { parseState } from "../../kit/state/hash-state.ts";
import { fields, type Settings } from "./fields.ts";
import { readWeights, type Weights } from "./parts.ts";
import { MODEL, referenceFor, type Sentences, type Snapshot, takeSnapshot } from "./snapshot.ts";
import type { Space } from "./views.ts";

/** Readings that are kept to compare with: of the longest text one takes some 10 MB. */
const KEPT = 4;

/** The page's one reading of the model, and the one before it: every island shows a part of them. */
class Bench {
  readonly run = new DemoRun(MODEL, [], "page");
  /** The latest reading. */
  current: Snapshot | undefined = $state.raw();
  /** The reading that the current one is compared with. */
  reference: Snapshot | undefined = $state.raw();
  /** What the reader has set; the input puts its own here, which is mirrored in the address. */
  settings: Settings = $state(parseState("", "bert", fields));
  /** The column of each space at which the reader looks. */
  columns: Record<Space, number> = $state({ residual: 0, head: 0, inner: 0, keys: 0 });
  #earlier: Snapshot[] = [];
  #weights: Promise<Weights> | undefined;
  /** What is to be read next. */
  #wanted: Sentences | undefined;
  #working = false;

  /** Place of the chosen token in the current reading. */
  get token(): number {
    return Math.min(this.settings.token, (this.current?.tokens.length ?? 1) - 1);
  }

  get layers(): number {
    return this.#config?.layers ?? fields.layer.initial;
  }

  get heads(): number {
    return this.#config?.heads ?? fields.head.initial;
  }

  /** The chosen layer and head, counted from 0. */
  get layer(): number {
    return Math.min(this.settings.layer, this.layers) - 1;
  }

  get head(): number {
    return Math.min(this.settings.head, this.heads) - 1;
  }

  get #config() {
    const config = this.run.model?.config;
    return config?.architecture === "bert" ? config : undefined;
  }

  /** Reads the sentences. While one reading is under way, only the latest wish is kept. */
  async read(sentences: Sentences): Promise<void> {
    this.#wanted = sentences;
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#wanted) {
        const next: Sentences = this.#wanted;
        this.#wanted = undefined;
        await this.run.start(async ({ engine, model, signal }) => {
          const snapshot = await takeSnapshot(engine, next, model.contextLength);
          if (!signal.aborted) this.#take(snapshot);
        });
      }
    } finally {
      this.#working = false;
    }
  }

  #take(snapshot: Snapshot): void {
    if (this.current && this.current.ids.join() !== snapshot.ids.join()) {
      this.#earlier = [...this.#earlier, this.current].slice(-KEPT);
    }
    this.current = snapshot;
    this.reference = referenceFor(
      snapshot,
      this.#earlier.filter(({ ids }) => ids.join() !== snapshot.ids.join()),
    );
  }

  /** What the model's file says of its tensors; it has been downloaded already, and is read again only once. */
  weights(): Promise<Weights> {
    this.#weights ??= getEngine()
      .file(MODEL, "model.safetensors")
      .then(readWeights)
      .catch((error: unknown) => {
        this.#weights = undefined;
        throw error;
      });
    return this.#weights;
  }

  /** Ends the reading under way, and what was to follow it; what is shown stays. */
  cancel(): void {
    this.#wanted = undefined;
    this.run.cancel();
  }

  /** As if the page had just been opened; the model stays loaded. */
  reset(): void {
    this.cancel();
    this.#earlier = [];
    this.current = undefined;
    this.reference = undefined;
  }
}

export const bench = new Bench();
