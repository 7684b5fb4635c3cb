import { Shown } from "../../../kit/figure/shown.svelte.ts";
import { DemoRun } from "../../../kit/run/demo-run.svelte.ts";
import { BERT } from "../chapter-models.ts";
import { heads } from "./bert-heads.figure.ts";
import { type HeadsReading, readText } from "./read.ts";
import { surveyHeads } from "./survey.ts";

/** Reads the reader's text through all heads, and, once, the texts over which heads are measured. */
export class HeadsDemo {
  readonly run = new DemoRun(BERT);
  readonly shown = new Shown<HeadsReading>(heads);
  /** Pairs of the survey that are read. */
  surveyed = $state(0);

  /** @param second empty: there is only one sentence */
  async read(first: string, second: string): Promise<void> {
    await this.run.start(async (context) => {
      const text = await readText(context, first, second);
      // What the reader's machine has measured once, it need not measure again.
      const known = this.shown.live ? this.shown.data.facts : [];
      this.shown.show({ text, facts: known });
      if (known.length > 0) return;
      this.surveyed = 0;
      const facts = await surveyHeads(context, (done) => {
        this.surveyed = done;
      });
      if (!context.signal.aborted) this.shown.show({ text, facts });
    });
  }

  clear(): void {
    this.run.cancel();
    this.shown.reset();
    this.surveyed = 0;
  }
}
