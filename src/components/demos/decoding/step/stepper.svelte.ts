import { onDestroy } from "svelte";
import type { RemoteTree } from "../../../../engine/client.ts";
import { filterLogits } from "../../../../engine/decoding/pipeline.ts";
import type { GenerationSettings } from "../../../../engine/decoding/settings.ts";
import type { ModelInfo } from "../../../../engine/worker.ts";
import { DemoRun, type RunContext } from "../../../kit/run/demo-run.svelte.ts";
import { decide } from "../../../subjects/poems/decide.ts";
import type { PoemPrompt } from "../../../subjects/poems/poem.ts";
import { encodePrompt, MODEL } from "../../../subjects/poems/poem-tables.ts";
import { describeStages, type Facts, lastOf, type StageFacts } from "./stages.ts";
import {
  answerHere,
  type Choice,
  type Chooser,
  choiceAt,
  goOn,
  goTo,
  type Place,
  pathTo,
  startTrail,
  type Trail,
  wayWith,
} from "./trail.ts";

/** What the reader walks on: a prompt, and the ways gone from it. */
export interface Walk {
  /** Where the model's answers come from; each walk has its own, so that a new one never asks the tree of an old one. */
  readonly tree: RemoteTree;
  readonly prompt: PoemPrompt;
  readonly promptIds: readonly number[];
  readonly trail: Trail;
}

/** A walk through the model's choices, token by token. It holds one tree of tokens in the engine, so that no way is ever computed twice. */
export class Stepper {
  readonly run = new DemoRun(MODEL);
  walk: Walk | undefined = $state.raw();
  /** How the tokens behind the prompt were chosen, in their order. */
  readonly choices: readonly Choice[] = $derived.by(() => {
    const trail = this.walk?.trail;
    return trail ? pathTo(trail, trail.here).map((place) => choiceAt(trail, place)) : [];
  });
  /** How many walks were begun. */
  begun = $state(0);
  readonly #answer = $derived(this.walk ? answerHere(this.walk.trail) : null);
  readonly #stages = $derived.by(() => {
    const ids = [...(this.walk?.promptIds ?? []), ...this.choices.map(({ token }) => token)];
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

  /** A token as the vocabulary has it. */
  name(token: number): string {
    return this.run.model?.vocabulary[token] ?? "";
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
    const way = this.walk && wayWith(this.walk.trail, token);
    if (way === undefined) await this.run.start((context) => this.#take(token, "reader", context));
    else this.move(way);
  }

  /** Lets the decoder choose, `count` times or until the text is over. */
  decide(count: number): Promise<void> {
    return this.run.start(async (context) => {
      for (let i = 0; i < count && this.#stages && !context.signal.aborted; i++) {
        await this.#take(decide(this.#stages, this.#settings(), this.choices.length), "decoder", context);
      }
    });
  }

  /** Goes to a place of the trail, and ends what the decoder is about to write. */
  move(place: Place): void {
    if (this.run.state === "running") this.run.cancel();
    if (this.walk) this.walk = { ...this.walk, trail: goTo(this.walk.trail, place) };
  }

  /** Forgets everything; a run that still goes on changes nothing any more. */
  clear(): void {
    this.run.cancel();
    this.#leave();
  }

  /** A new walk on a tree of its own. */
  async #plant({ engine, signal }: RunContext, prompt: PoemPrompt): Promise<void> {
    const promptIds = await encodePrompt(engine, prompt);
    const tree = await engine.tree(MODEL);
    try {
      const answer = await tree.append(null, promptIds);
      if (signal.aborted) return;
      this.#leave();
      this.walk = { tree, prompt, promptIds, trail: startTrail(answer) };
    } finally {
      if (this.walk?.tree !== tree) await tree.dispose();
    }
  }

  /** Frees the walk's memory in the engine. */
  #leave(): void {
    void this.walk?.tree.dispose();
    this.walk = undefined;
  }

  /** Puts a token behind the text; where that way has been gone before, nothing is computed. */
  async #take(token: number, by: Chooser, { model, signal }: RunContext): Promise<void> {
    const { walk, facts } = this;
    const answer = this.#answer;
    if (signal.aborted || !(walk && facts && answer)) return;
    const way = wayWith(walk.trail, token);
    if (way !== undefined) {
      this.walk = { ...walk, trail: goTo(walk.trail, way) };
      return;
    }
    const of = ({ probabilities }: StageFacts): number => probabilities[token] ?? 0;
    const choice = { token, by, probability: of(facts[0]), filtered: of(lastOf(facts)) };
    const length = walk.promptIds.length + this.choices.length + 1;
    const next = isLast(token, length, model) ? null : await walk.tree.append(answer.node, [token]);
    if (!signal.aborted) this.walk = { ...walk, trail: goOn(walk.trail, choice, next) };
  }
}

/** Whether nothing can follow a token: it is the end token, or with it the context is full. */
function isLast(token: number, length: number, { endId, contextLength }: ModelInfo): boolean {
  return token === endId || length >= contextLength;
}
