import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import { DemoRun } from "../../../kit/run/demo-run.svelte.ts";
import { BERT } from "../chapter-models.ts";
import { type HeadFacts, PATTERNS, surveyHeads } from "./survey.ts";

/** The reader's text, read. */
export interface ReadText extends EncodedText {
  /** One for each layer, [heads, tokens, tokens]. */
  readonly patterns: readonly HostTensor[];
}

/** Reads the reader's text through all heads, and, once, the texts over which heads are measured. */
export class HeadsDemo {
  readonly run = new DemoRun(BERT);
  text: ReadText | undefined = $state.raw();
  /** Empty until all texts of the survey are read. */
  facts: readonly HeadFacts[] = $state.raw([]);
  /** Pairs of the survey that are read. */
  surveyed = $state(0);

  /** @param second empty: there is only one sentence */
  async read(first: string, second: string): Promise<void> {
    await this.run.start(async (context) => {
      const { engine, model, signal } = context;
      const encoded = await engine.encode(model.id, first, second === "" ? undefined : second);
      const { traces } = await engine.read(model.id, encoded, { trace: [PATTERNS] });
      if (signal.aborted) return;
      this.text = { ...encoded, patterns: [...traces.values()] };
      if (this.facts.length > 0) return;
      this.surveyed = 0;
      const facts = await surveyHeads(context, (done) => {
        this.surveyed = done;
      });
      if (!signal.aborted) this.facts = facts;
    });
  }

  clear(): void {
    this.run.cancel();
    this.text = undefined;
    this.facts = [];
    this.surveyed = 0;
  }
}
