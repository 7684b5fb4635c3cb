import { EngineError } from "../../../../engine/errors.ts";
import { DemoTask, refuseIf } from "../../../kit/run/demo-task.svelte.ts";
import type { Architecture } from "../fields.ts";
import { smallOf, type Translator, trainedOf } from "../own.svelte.ts";
import type { Ask, Looked } from "./look.ts";

interface Wanted {
  readonly architecture: Architecture;
  /** Of the small one. */
  readonly steps: number;
  readonly problem: string | undefined;
}

/** What is under way, by translator: two demos may wait for the same, and one that was given up while it began trains on. */
const underWay = new WeakMap<Translator, Promise<void>>();

/** Resolves when the translator is trained, or somebody has paused it since. */
function finish(translator: Translator): Promise<void> {
  const before = underWay.get(translator) ?? Promise.resolve();
  const training = before.then(() => (translator.state === "finished" ? undefined : translator.start()));
  underWay.set(translator, training);
  return training;
}

/** The life of a demo that looks into a translator: the reader's own, or a small one that is trained first, once on a page. */
export class Looking extends DemoTask {
  /** The small one, while it learns. */
  training: Translator | undefined = $state.raw();

  /**
   * @param wanted which translator; `problem` says what is wrong with what was typed
   * @param work what is done with the translator
   */
  start({ architecture, steps, problem }: Wanted, work: (ask: Ask, looked: Looked) => Promise<void>): Promise<void> {
    return this.work("running", async ({ signal }) => {
      refuseIf(problem);
      const translator = trainedOf(architecture) ?? (await this.#small(architecture, steps));
      if (signal.aborted) return;
      const { settings, records, error } = translator;
      if (error) throw new EngineError("bad-input", error.message);
      const looked = { architecture, steps: records.at(-1)?.step ?? 0, digits: settings?.digits ?? 0 };
      const ask: Ask = async (question) => {
        const answer = await translator.ask(question);
        // It does not come from the work's own engine.
        if (signal.aborted) throw new EngineError("cancelled");
        return answer;
      };
      await work(ask, looked);
    });
  }

  override cancel(): void {
    void this.training?.pause();
    super.cancel();
  }

  async #small(architecture: Architecture, steps: number): Promise<Translator> {
    const translator = smallOf(architecture, steps);
    if (translator.state === "finished") return translator;
    this.training = translator;
    try {
      await finish(translator);
    } finally {
      this.training = undefined;
    }
    return translator;
  }
}
