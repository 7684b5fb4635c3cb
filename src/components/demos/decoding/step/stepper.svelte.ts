import { onDestroy } from "svelte";
import { filterLogits, type Stages } from "../../../../engine/decoding/pipeline.ts";
import type { GenerationSettings } from "../../../../engine/decoding/settings.ts";
import { EngineError } from "../../../../engine/errors.ts";
import type { ModelInfo } from "../../../../engine/worker.ts";
import { Shown } from "../../../kit/figure/shown.svelte.ts";
import { DemoRun, type RunContext } from "../../../kit/run/demo-run.svelte.ts";
import { decide } from "../../../subjects/poems/decide.ts";
import type { PoemPrompt } from "../../../subjects/poems/poem.ts";
import { MODEL } from "../../../subjects/poems/poem-tables.ts";
import { describeStages, type Facts, lastOf, type StageFacts } from "./stages.ts";
import { step } from "./step.figure.ts";
import {
  answerHere,
  before,
  type Choice,
  type Chooser,
  choiceAt,
  endOf,
  goOn,
  goTo,
  type Place,
  pathTo,
  wayWith,
} from "./trail.ts";
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
  /** What the filters make of the model's answer at the end of the text; `null` where nothing can follow. */
  readonly facts: Facts | null = $derived.by(() => factsOf(this.#stagesAt(this.walk.trail)));
  /** Where a token is chosen: where the reader stands, or, where nothing can follow, one token before. */
  readonly fork: Place = $derived.by(() => {
    const { trail } = this.walk;
    return answerHere(trail) ? trail.here : before(trail, trail.here);
  });
  /** What there is to choose from there. */
  readonly chances: Facts | null = $derived.by(
    () => this.facts ?? factsOf(this.#stagesAt(goTo(this.walk.trail, this.fork))),
  );
  /** Where the way ends that the decoder has gone last. */
  #end: Place = $state(0);
  /** The places of the way on which the reader is, to its end: what lies ahead was gone before. */
  readonly way: readonly Place[] = $derived.by(() => {
    const { trail } = this.walk;
    const last = pathTo(trail, this.#end);
    const ison = trail.here === 0 ? last.length > 0 : last.includes(trail.here);
    return ison ? last : pathTo(trail, endOf(trail, trail.here));
  });
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
        for (const token of ids) this.#go(await this.#take(this.walk.trail, token, "link", context));
      } catch (error) {
        if (!context.signal.aborted) this.#leave();
        throw error;
      }
    });
  }

  /** Puts a token of the reader's choice behind the text. */
  async choose(token: number): Promise<void> {
    this.move(this.fork);
    const way = wayWith(this.walk.trail, token);
    if (way === undefined) {
      await this.run.start(async (context) => {
        await this.#root(context);
        this.#go(await this.#take(this.walk.trail, token, "reader", context));
      });
    } else this.move(way);
  }

  /** Lets the decoder choose, `count` times or until the text is over; the reader stands at the end of it then. */
  decide(count: number): Promise<void> {
    return this.run.start(async (context) => {
      await this.#root(context);
      const { here } = this.walk.trail;
      let { trail } = this.walk;
      for (let i = 0; i < count; i++) {
        const stages = this.#stagesAt(trail);
        if (!stages) break;
        const position = pathTo(trail, trail.here).length;
        trail = await this.#take(trail, decide(stages, this.#settings(), position), "decoder", context);
        // What is written stays, also if the rest is given up.
        this.#go(goTo(trail, here));
      }
      this.#end = trail.here;
      this.#go(trail);
    });
  }

  /** Goes along the way on which the reader is, to its token of this number, or to its end. */
  walkTo(length: number): void {
    const place = this.way[Math.min(length, this.way.length) - 1] ?? 0;
    this.#end = this.way.at(-1) ?? 0;
    this.move(place);
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
    this.#end = 0;
    this.shown.reset();
  }

  /** What the filters make of the model's answer where a trail stands; `null` where nothing can follow. */
  #stagesAt(trail: Walk["trail"]): Stages | null {
    const answer = answerHere(trail);
    const tokens = pathTo(trail, trail.here).map((place) => choiceAt(trail, place).token);
    return answer && filterLogits(answer.logits, [...this.walk.promptIds, ...tokens], this.#settings());
  }

  /** The trail with a token more; where that way has been gone before, nothing is computed. @throws EngineError `cancelled` */
  async #take(trail: Walk["trail"], token: number, by: Chooser, { model, signal }: RunContext): Promise<Walk["trail"]> {
    const { tree, promptIds } = this.walk;
    const answer = answerHere(trail);
    const facts = factsOf(this.#stagesAt(trail));
    if (!tree) throw new EngineError("cancelled");
    // Behind a text that is over nothing is taken.
    if (!(answer && facts)) return trail;
    const way = wayWith(trail, token);
    if (way !== undefined) return goTo(trail, way);
    const of = ({ probabilities }: StageFacts): number => probabilities[token] ?? 0;
    const choice = { token, by, probability: of(facts[0]), filtered: of(lastOf(facts)) };
    const length = promptIds.length + pathTo(trail, trail.here).length + 1;
    const next = isLast(token, length, model) ? null : await tree.append(answer.node, [token]);
    // The tree is not the run's: it answers late, too.
    if (signal.aborted) throw new EngineError("cancelled");
    return goOn(trail, choice, next);
  }
}

function factsOf(stages: Stages | null): Facts | null {
  return stages && describeStages(stages);
}

/** Whether nothing can follow a token: it ends the text, or with it the context is full. */
function isLast(token: number, length: number, { endIds, contextLength }: ModelInfo): boolean {
  return endIds.includes(token) || length >= contextLength;
}
