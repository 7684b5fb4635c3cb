import { onDestroy } from "svelte";
import { filterLogits } from "../../../../engine/decoding/pipeline.ts";
import type { GenerationSettings } from "../../../../engine/decoding/settings.ts";
import type { ModelInfo } from "../../../../engine/worker.ts";
import { Shown } from "../../../kit/figure/shown.svelte.ts";
import { DemoRun, type RunContext } from "../../../kit/run/demo-run.svelte.ts";
import { decide } from "../../../subjects/poems/decide.ts";
import type { PoemPrompt } from "../../../subjects/poems/poem.ts";
import { MODEL } from "../../../subjects/poems/poem-tables.ts";
import { describeStages, type Facts, lastOf, type StageFacts } from "./stages.ts";
import { step } from "./step.figure.ts";
import { answerHere, type Choice, type Chooser, choiceAt, goOn, goTo, type Place, pathTo, wayWith } from "./trail.ts";
import { startWalk, type Walk } from "./walk.ts";

/** A walk through the model's choices, token by token. It holds one tree of tokens in the engine, so that no way is ever computed twice. */
export class Stepper {
  readonly run = new DemoRun(MODEL);
  readonly shown = new Shown<Walk>(step);
  /** How the tokens behind the prompt were chosen, in their order. */
  readonly choices: readonly Choice[] = $derived.by(() => {
    const { trail } = this.walk;
    return pathTo(trail, trail.here).map((place) => choiceAt(trail, place));
  });
  /** How many walks were begun. */
  begun = $state(0);
  readonly #answer = $derived(answerHere(this.walk.trail));
  readonly #stages = $derived.by(() => {
    const ids = [...this.walk.promptIds, ...this.choices.map(({ token }) => token)];
    return this.#answer && filterLogits(this.#answer.logits, ids, this.#settings());
  });
  /** What the filters make of the model's answer at the end of the text; `null` where nothing can follow. */
  readonly facts: Facts | null = $derived(this.#stages && describeStages(this.#stages));
  readonly #settings: () => GenerationSettings;

  /** @param settings those that hold now; asked anew for each token */
  constructor(settings: () => GenerationSettings) {
    this.#settings = settings;
    onDestroy(() => this.clear());
  }

  get walk(): Walk {
    return this.shown.data;
  }

  /** A token as the vocabulary has it. */
  name(token: number): string {
    return this.walk.vocabulary[token] ?? "";
  }

  /** Begins anew behind a prompt. @param followed text whose tokens are chosen at once, in the vocabulary's spelling (from a link) */
  begin(prompt: PoemPrompt, followed: string): Promise<void> {
    this.begun++;
    return this.run.start(async (context) => {
      try {
        await this.#plant(context, prompt);
        const ids = followed === "" ? [] : (await context.engine.encode(MODEL, followed)).ids;
        for (const token of ids) await this.#take(token, "link", context);
      } catch (error) {
        if (!context.signal.aborted) this.#leave();
        throw error;
      }
    });
  }

  /** Puts a token of the reader's choice behind the text. */
  async choose(token: number): Promise<void> {
    const way = wayWith(this.walk.trail, token);
    if (way === undefined) {
      await this.run.start(async (context) => {
        await this.#root(context);
        await this.#take(token, "reader", context);
      });
    } else this.move(way);
  }

  /** Lets the decoder choose, `count` times or until the text is over. */
  decide(count: number): Promise<void> {
    return this.run.start(async (context) => {
      await this.#root(context);
      for (let i = 0; i < count && this.#stages && !context.signal.aborted; i++) {
        await this.#take(decide(this.#stages, this.#settings(), this.choices.length), "decoder", context);
      }
    });
  }

  /** Goes to a place of the trail, and ends what the decoder is about to write. */
  move(place: Place): void {
    if (this.run.state === "running") this.run.cancel();
    this.#go(goTo(this.walk.trail, place));
  }

  /** Forgets everything; a run that still goes on changes nothing any more. */
  clear(): void {
    this.run.cancel();
    this.#leave();
  }

  /** The walk that stood there at first gets a tree: the reader goes on from what was computed before. */
  async #root(context: RunContext): Promise<void> {
    if (!this.walk.tree) await this.#plant(context, this.walk.prompt);
  }

  async #plant(context: RunContext, prompt: PoemPrompt): Promise<void> {
    const walk = await startWalk(context, prompt);
    if (!walk) return;
    this.#leave();
    this.shown.show(walk);
  }

  #go(trail: Walk["trail"]): void {
    // The first walk has no ways to go.
    if (this.shown.live) this.shown.show({ ...this.walk, trail });
  }

  /** Frees the walk's memory in the engine, and shows what was there at first. */
  #leave(): void {
    void this.walk.tree?.dispose();
    this.shown.reset();
  }

  /** Puts a token behind the text; where that way has been gone before, nothing is computed. */
  async #take(token: number, by: Chooser, { model, signal }: RunContext): Promise<void> {
    const { walk, facts } = this;
    const answer = this.#answer;
    if (signal.aborted || !(walk.tree && facts && answer)) return;
    const way = wayWith(walk.trail, token);
    if (way !== undefined) return this.#go(goTo(walk.trail, way));
    const of = ({ probabilities }: StageFacts): number => probabilities[token] ?? 0;
    const choice = { token, by, probability: of(facts[0]), filtered: of(lastOf(facts)) };
    const length = walk.promptIds.length + this.choices.length + 1;
    const next = isLast(token, length, model) ? null : await walk.tree.append(answer.node, [token]);
    if (!signal.aborted) this.#go(goOn(walk.trail, choice, next));
  }
}

/** Whether nothing can follow a token: it is the end token, or with it the context is full. */
function isLast(token: number, length: number, { endId, contextLength }: ModelInfo): boolean {
  return token === endId || length >= contextLength;
}
