import type { ModelInfo } from "../../../engine/worker.ts";
import { Shown } from "../figure/shown.svelte.ts";
import type { FirstFigure } from "../figure/types.ts";
import type { Fields, StateOf, WrittenField } from "../state/fields.ts";
import { type HashState, hashState } from "../state/hash-state.svelte.ts";
import { ModelsRun, type RunContext, type StandIns } from "./demo-run.svelte.ts";
import { refuseIf, until } from "./demo-task.svelte.ts";
import type { Playback } from "./playback.svelte.ts";

/** The models of the site that a demo runs: one, in the role `model`, or several by their roles. */
type Models = string | Readonly<Record<string, string>>;
type RolesOf<M extends Models> = M extends string ? "model" : keyof M & string;

/** What is a demo's own. */
interface Own<F extends Fields, Data, M extends Models> {
  readonly models: M;
  /** Other files that it downloads, of the folder of each model. */
  readonly files?: readonly string[];
  /** Models in the place of those, by what is set. */
  readonly instead?: (set: StateOf<F>) => StandIns<RolesOf<M>>;
  /** What its figure shows before the reader has run anything. */
  readonly first: FirstFigure<Data>;
  /**
   * What a run computes of what is set: a result, or several one after the other, as a generator or by calls of `show`. `before` is what the reader's
   * run before has shown.
   */
  readonly work: (
    context: RunContext<RolesOf<M>>,
    asked: StateOf<F>,
    show: (now: Data) => void,
    before: Data | undefined,
  ) => AsyncGenerator<Data, void, undefined> | Promise<Data> | Promise<void>;
  /** What is wrong with what is set, as a sentence; where it is not given, what its texts' `validate` says. */
  readonly problem?: (asked: StateOf<F>, context: RunContext<RolesOf<M>>) => string | undefined;
  /** Members that only change how a result is shown. */
  readonly views?: readonly (keyof F)[];
  /** Plays what a run has found, from its first result on, when somebody has pressed a button; else all is shown as it comes. */
  readonly playback?: Playback;
  /** Undoes what the reader has chosen besides the settings. */
  readonly forget?: () => void;
}

/**
 * A demo that opens drawn and can be run: its settings, its run and its figure, which belong together. Make it while a component is being initialised;
 * `<DemoFrame {...demo.frame} …>` shows it.
 */
export class DrawnDemo<F extends Fields, Data, M extends Models> {
  readonly settings: HashState<F>;
  readonly run: ModelsRun<RolesOf<M>>;
  readonly shown: Shown<Data>;
  readonly #own: Own<F, Data, M>;

  /** @param name `data-demo`, and prefix in the URL hash */
  constructor(name: string, fields: F, own: Own<F, Data, M>) {
    this.settings = hashState(name, fields, own.views);
    // A single model has one role.
    const ids = (typeof own.models === "string" ? { model: own.models } : own.models) as Record<RolesOf<M>, string>;
    this.run = new ModelsRun(ids, own.files, "component", () => own.instead?.(this.settings.value) ?? {});
    this.shown = new Shown(own.first);
    this.#own = own;
  }

  /** What the figure shows. */
  get data(): Data {
    return this.shown.data;
  }

  /** Whether that is the reader's own. */
  get live(): boolean {
    return this.shown.live;
  }

  get busy(): boolean {
    return this.run.busy;
  }

  /** The tokens of its one model, once that is loaded. */
  get vocabulary(): readonly string[] | undefined {
    const models: Partial<Record<string, ModelInfo>> | undefined = this.run.models;
    return models?.model?.vocabulary;
  }

  /** All that `DemoFrame` shows of it. What stands behind that replaces a part. */
  get frame() {
    return {
      ...this.run.frame,
      settings: this.settings,
      mark: this.shown.mark,
      onrun: (byHand: boolean): void => void this.start(byHand),
      onreset: (): void => this.#reset(),
    };
  }

  /** Runs with what is set. @param byHand somebody has pressed a button */
  start(byHand = true): Promise<void> {
    const { work, problem, playback } = this.#own;
    // A place that came with a link belongs to the first run.
    let toBegin = byHand || this.live;
    return this.run.start(async (context) => {
      const { signal } = context;
      const asked = $state.snapshot(this.settings.value) as StateOf<F>;
      const show = (now: Data): void => {
        if (signal.aborted) return;
        this.shown.show(now);
        if (!toBegin) return;
        toBegin = false;
        if (byHand) playback?.begin();
        else playback?.end();
      };
      refuseIf(problem ? problem(asked, context) : this.#problemOf(asked));
      const results = work(context, asked, show, this.live ? this.data : undefined);
      if ("then" in results) {
        const result = await results;
        if (result) show(result);
      } else for await (const now of until(signal, results)) show(now);
    });
  }

  /** The sentence for the frame's foot while it runs and when it is done; else, here and below, the frame speaks for itself. */
  tell(sentence: string): string | undefined {
    const { state } = this.run;
    return state === "running" || state === "done" ? sentence : undefined;
  }

  /** What is said when it is done. */
  conclude(sentence: string): string | undefined {
    return this.run.state === "done" ? sentence : undefined;
  }

  /** What is said as long as the figure is the reader's own, whether it was finished or not. */
  account(sentence: string): string | undefined {
    const { state } = this.run;
    return state === "loading" || state === "error" || !this.live ? undefined : sentence;
  }

  #problemOf(asked: StateOf<F>): string | undefined {
    for (const [key, field] of Object.entries(this.settings.fields)) {
      // Only a text's field has it.
      const { validate } = field as Partial<WrittenField>;
      const problem = validate?.(asked[key] as string);
      if (problem) return problem;
    }
    return undefined;
  }

  #reset(): void {
    this.run.cancel();
    this.shown.reset();
    this.#own.playback?.end();
    this.#own.forget?.();
  }
}
