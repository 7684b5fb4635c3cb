import { CharacterModel } from "../../../../engine/analysis/character-model.ts";
import type { FineTuneAnswer } from "../../../../engine/experiments/fine-tune.ts";
import type { FineTuneSettings } from "../../../../engine/experiments/fine-tune-settings.ts";
import type { FirstFigure, Mark } from "../../../kit/figure/types.ts";
import type { DemoState } from "../../../kit/frame/types.ts";
import { DemoRun } from "../../../kit/run/demo-run.svelte.ts";
import { ExperimentDemo } from "../../../kit/run/experiment-demo.svelte.ts";
import { BERT } from "../chapter-models.ts";
import { type Asked, constantAccuracy, disagreements, type Tuned } from "./outcome.ts";

/** A fine-tuning in the reader's hands: the download before it, the run, and what is asked of it. `RunButtons` is its keyboard. */
export class FineTuning {
  readonly run: ExperimentDemo<"fine-tune">;
  readonly download = new DemoRun(BERT);
  /** What the run makes of its validation texts, as it rests. */
  judged: { readonly settings: FineTuneSettings; readonly verdicts: FineTuneAnswer } | undefined = $state.raw();
  asked: Asked | undefined = $state.raw();

  /** From the press to the run's own beginning. */
  #preparing = $state(false);

  readonly #first: FirstFigure<Tuned>;

  /** @param first what is shown until the reader trains */
  constructor(wanted: () => { readonly settings: FineTuneSettings; readonly seed: number }, first: FirstFigure<Tuned>) {
    this.#first = first;
    this.run = new ExperimentDemo("fine-tune", wanted);
  }

  /** The linear model of the present run: the same texts, trained at once. */
  readonly linear = $derived.by(() => {
    const settings = this.run.settings;
    return settings && new CharacterModel(settings.training, settings.classes.length);
  });

  readonly #characters = $derived.by(() => {
    const { validation } = this.run.settings ?? {};
    return validation && this.linear?.accuracy(validation);
  });

  readonly #parted = $derived.by(() => {
    const { judged, linear } = this;
    const { settings } = this.run;
    // Verdicts of an old run say nothing of this one.
    return settings && judged && linear && judged.settings === settings
      ? disagreements(settings, judged.verdicts, linear)
      : undefined;
  });

  /** What is drawn: of the reader's run, or of the one that was there before it. */
  readonly shown: Tuned = $derived.by(() => {
    const { settings, records } = this.run;
    if (!settings) return this.#first.data;
    return {
      records,
      epochs: settings.epochs,
      classes: settings.classes,
      training: settings.training.length,
      validation: settings.validation.length,
      constant: constantAccuracy(settings),
      characters: this.#characters ?? 0,
      parted: this.#parted,
      asked: this.asked,
    };
  });

  get mark(): Mark {
    return this.run.settings ? "live" : this.#first.provenance;
  }

  get loading(): boolean {
    return this.#preparing || this.download.state === "loading";
  }

  get state(): ExperimentDemo<"fine-tune">["state"] {
    return this.loading ? "starting" : this.run.state;
  }

  get open(): boolean {
    return this.loading || this.run.open;
  }

  get number(): number {
    return this.run.number;
  }

  /** What `DemoFrame` shows. */
  get frame(): DemoState {
    if (this.loading) return "loading";
    return this.download.state === "error" ? "error" : this.run.phase;
  }

  async start(): Promise<void> {
    await this.#loaded(() => this.run.start());
  }

  async step(): Promise<void> {
    await this.#loaded(() => this.run.step());
  }

  async pause(): Promise<void> {
    if (this.loading) this.download.cancel();
    await this.run.pause();
  }

  async stop(): Promise<void> {
    if (this.loading) this.download.cancel();
    await this.run.stop();
  }

  /** As before the first run. */
  async clear(): Promise<void> {
    this.judged = undefined;
    this.asked = undefined;
    await this.run.clear();
  }

  save(fileName: string): void {
    this.run.save(fileName);
  }

  /** What the run takes a sentence for, before fine-tuning and now. */
  async ask(text: string): Promise<void> {
    const [verdict] = (await this.run.ask({ texts: [text] })) ?? [];
    const [characters] = this.linear?.probabilities([text]) ?? [];
    if (verdict && characters) this.asked = { ...verdict, text, characters };
  }

  /** Has the validation texts judged. */
  async judge(): Promise<void> {
    const { settings } = this.run;
    if (!settings) return;
    const verdicts = await this.run.ask({ texts: settings.validation.map(({ text }) => text) });
    if (verdicts) this.judged = { settings, verdicts };
  }

  /** Downloads the model first, where that has not been done yet: the run would do it unseen. */
  async #loaded(go: () => Promise<void>): Promise<void> {
    this.#preparing = true;
    if (!this.download.model) await this.download.start(async () => {});
    const going = this.download.model && go();
    this.#preparing = false;
    await going;
  }
}
