import type { FirstFigure, Mark } from "../../kit/figure/types.ts";
import { DemoRun, type RunContext } from "../../kit/run/demo-run.svelte.ts";
import { referenceFor, type Snapshot } from "./snapshot.ts";
import type { Space } from "./views.ts";

/** What a reader sets of a reading: a page's own settings have more. */
export interface ReadingSettings {
  /** Counted from 1, as people do. */
  layer: number;
  head: number;
  /** Place of the chosen token, counted from 0. */
  token: number;
}

/** A reading that stands there before the reader has run anything: of the traces only those that the page shows first. */
export interface FirstReading<S extends Snapshot> {
  readonly snapshot: S;
  /** Of the model. */
  readonly layers: number;
  readonly heads: number;
}

/** Readings that are kept to compare with: of the longest text one takes some 10 MB. */
const KEPT = 4;

/**
 * One reading of a model that many figures of a page show, and the one before it. A page makes one of them, in a module that all its islands import:
 * an input asks it to `read`, and stations show parts of `current` (`TensorStation`, `StationFrame`).
 */
export class Reading<Input, S extends Snapshot, Settings extends ReadingSettings> {
  readonly run: DemoRun;
  /** The latest reading; before the reader's own the first one. */
  current: S = $state.raw()!;
  /** It is the reader's own, with everything that can be traced. */
  live = $state(false);
  /** The reading that the current one is compared with. */
  reference: S | undefined = $state.raw();
  /** What the reader has set; the input puts its own here, which is mirrored in the address. */
  settings: Settings;
  /** The column of each space at which the reader looks. */
  columns: Record<Space, number> = $state({ residual: 0, head: 0, inner: 0, keys: 0 });
  readonly #first: FirstFigure<FirstReading<S>>;
  readonly #take: (context: RunContext, input: Input) => Promise<S>;
  #earlier: S[] = [];
  /** What is to be read next. */
  #wanted: { readonly input: Input; readonly before: Input | undefined } | undefined;
  #working = false;

  /** @param take reads one input, with everything that is shown of it */
  constructor(
    modelId: string,
    settings: Settings,
    first: FirstFigure<FirstReading<S>>,
    take: (context: RunContext, input: Input) => Promise<S>,
  ) {
    this.run = new DemoRun(modelId, [], "page");
    this.settings = $state(settings);
    this.#first = first;
    this.current = first.data.snapshot;
    this.#take = take;
  }

  /** Place of the chosen token in the current reading. */
  get token(): number {
    return Math.min(this.settings.token, this.current.tokens.length - 1);
  }

  /** Where the numbers of the current reading are from. */
  get mark(): Mark {
    return this.live ? "live" : this.#first.provenance;
  }

  get layers(): number {
    return this.run.model?.config.layers ?? this.#first.data.layers;
  }

  get heads(): number {
    return this.run.model?.config.heads ?? this.#first.data.heads;
  }

  /** The chosen layer and head, counted from 0. */
  get layer(): number {
    return Math.min(this.settings.layer, this.layers) - 1;
  }

  get head(): number {
    return Math.min(this.settings.head, this.heads) - 1;
  }

  /**
   * Reads an input. While one reading is under way, only the latest wish is kept.
   * @param before what the very first reading is compared with
   */
  async read(input: Input, before?: Input): Promise<void> {
    this.#wanted = { input, before };
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#wanted) {
        const next: { readonly input: Input; readonly before: Input | undefined } = this.#wanted;
        this.#wanted = undefined;
        await this.run.start(async (context) => {
          const earlier = this.live || !next.before ? undefined : await this.#take(context, next.before);
          const snapshot = await this.#take(context, next.input);
          if (context.signal.aborted) return;
          if (earlier) this.#show(earlier);
          this.#show(snapshot);
        });
      }
    } finally {
      this.#working = false;
    }
  }

  #show(snapshot: S): void {
    // The first reading lacks most traces: there is nothing to compare with.
    if (this.live && this.current.ids.join() !== snapshot.ids.join()) {
      this.#earlier = [...this.#earlier, this.current].slice(-KEPT);
    }
    this.current = snapshot;
    this.live = true;
    this.reference = referenceFor(
      snapshot,
      this.#earlier.filter(({ ids }) => ids.join() !== snapshot.ids.join()),
    );
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
    this.current = this.#first.data.snapshot;
    this.live = false;
    this.reference = undefined;
  }
}

/** A reading as stations see it, whatever was read. */
export type AnyReading = Pick<
  Reading<never, Snapshot, ReadingSettings>,
  "current" | "reference" | "live" | "mark" | "settings" | "columns" | "token" | "layer" | "head"
>;
