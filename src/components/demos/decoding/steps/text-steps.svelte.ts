import { filterLogits } from "../../../../engine/decoding/pipeline.ts";
import { DEFAULT_SETTINGS, type GenerationSettings } from "../../../../engine/decoding/settings.ts";
import { DemoRun, type RunContext } from "../../../kit/run/demo-run.svelte.ts";
import { refuseIf } from "../../../kit/run/demo-task.svelte.ts";
import type { PoemPrompt } from "../../../subjects/poems/poem.ts";
import { encodePrompt, MODEL } from "../../../subjects/poems/poem-tables.ts";
import { describeStages } from "../step/stages.ts";
import { type FilteredStep, filteredStep } from "./filtered-step.ts";

/** A token of the text, and what the model expected in its place. */
interface TextStep {
  readonly token: number;
  /** [vocabularySize] */
  readonly logits: Float32Array;
}

/** A text that the model reads token by token, so that a filter can be looked at in all its places at once. */
export class TextSteps {
  readonly run = new DemoRun(MODEL);
  #read: readonly TextStep[] = $state.raw([]);

  /** What the filters of these settings do at every place of the text. */
  filtered(settings: Partial<GenerationSettings>): FilteredStep[] {
    const all = { ...DEFAULT_SETTINGS, ...settings, doSample: true };
    return this.#read.map(({ token, logits }, place) =>
      filteredStep(place, token, this.name(token), describeStages(filterLogits(logits, [], all))),
    );
  }

  /** A token as the vocabulary has it. */
  name(token: number): string {
    return this.run.model?.vocabulary[token] ?? "";
  }

  /** Reads the opening of a prompt. */
  read(prompt: PoemPrompt): Promise<void> {
    return this.run.start((context) => this.#walk(prompt, context));
  }

  clear(): void {
    this.run.cancel();
    this.#read = [];
  }

  async #walk(prompt: PoemPrompt, { engine }: RunContext): Promise<void> {
    refuseIf(prompt.opening === "" ? "请写至少一个字" : undefined);
    const ids = await encodePrompt(engine, prompt);
    // One token is one character.
    const start = ids.length - [...prompt.opening].length;
    this.#read = [];
    const tree = await engine.tree(MODEL);
    try {
      let step = await tree.append(null, ids.slice(0, start));
      for (const [place, token] of ids.slice(start).entries()) {
        this.#read = [...this.#read, { token, logits: step.logits }];
        if (start + place + 1 < ids.length) step = await tree.append(step.node, [token]);
      }
    } finally {
      await tree.dispose();
    }
  }
}
