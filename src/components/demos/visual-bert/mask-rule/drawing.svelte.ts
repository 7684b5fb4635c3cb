import { Random } from "../../../../engine/random.ts";
import { Shown } from "../../../kit/figure/shown.svelte.ts";
import { DemoRun } from "../../../kit/run/demo-run.svelte.ts";
import { until } from "../../../kit/run/demo-task.svelte.ts";
import { BERT } from "../chapter-models.ts";
import { drawn } from "./drawing.figure.ts";
import { type Drawn, type DrawSettings, drawMore, NOTHING_DRAWN } from "./drawing.ts";

/** Replays the rule of pre-training, draw after draw, and keeps the score. */
export class RuleReplay {
  readonly run = new DemoRun(BERT);
  readonly shown = new Shown<Drawn>(drawn);
  #key = "";
  #random = new Random(0);

  /** Draws so many times more; with other settings than before the score begins anew. */
  more(times: number, settings: DrawSettings): Promise<void> {
    return this.run.start(async (context) => {
      const key = JSON.stringify(settings);
      const goesOn = key === this.#key;
      if (!goesOn) this.#random = new Random(settings.seed);
      const before = goesOn ? this.shown.data : NOTHING_DRAWN;
      // The lots that a draw took are gone: a run that is ended before it has read them begins anew.
      this.#key = "";
      for await (const now of until(context.signal, drawMore(context, before, { ...settings, times }, this.#random)))
        this.shown.show(now);
      if (!context.signal.aborted) this.#key = key;
    });
  }

  clear(): void {
    this.shown.reset();
    this.#key = "";
  }
}
