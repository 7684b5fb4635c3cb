/** What is played. */
interface Track {
  /** How many steps there are by now. */
  readonly length: () => number;
  /** Milliseconds from one to the next. */
  readonly every: number;
  /** The least that is shown. */
  readonly first?: number;
  /** Whether more steps are to come: who has caught up with them waits. */
  readonly growing?: () => boolean;
  /** Where the place is kept, if not here; whatever lies beyond the last step stands for it. */
  readonly place?: { readonly get: () => number; readonly set: (step: number) => void };
}

/** The place of all steps, those that are still to come included. */
const END = Number.POSITIVE_INFINITY;

/**
 * What a model does in a moment, played step by step at a pace that one can follow: a poem being written, a tree that grows. It can be stopped, and
 * gone through by hand (`Player`); at all other times everything is shown. Make it while a component is being initialised.
 */
export class Playback {
  playing = $state(false);
  readonly first: number;
  readonly #track: Track;
  #own = $state(END);

  constructor(track: Track) {
    this.#track = track;
    this.first = track.first ?? 1;
    $effect(() => {
      if (!this.playing) return;
      const timer = setInterval(() => this.#advance(), track.every);
      return () => clearInterval(timer);
    });
  }

  get length(): number {
    return this.#track.length();
  }

  /** How many of the steps are shown. */
  get place(): number {
    return Math.min(this.#track.place?.get() ?? this.#own, this.length);
  }

  /** Something that has just begun to come is played from a step on, unless the reader wants less motion: then all is shown as it comes. */
  begin(from = this.first): void {
    this.playing = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#put(this.playing ? from : END);
  }

  /** Shows everything. */
  end(): void {
    this.playing = false;
    this.#put(END);
  }

  /** Plays, from the beginning if all was shown; or stops. */
  toggle(): void {
    if (!this.playing && this.place === this.length) this.#put(this.first);
    this.playing = !this.playing;
  }

  /** Goes to a step, and stays there. */
  seek(step: number): void {
    this.playing = false;
    this.#put(step < this.length ? step : END);
  }

  #advance(): void {
    const next = this.place + 1;
    if (next < this.length) this.#put(next);
    else if (this.#track.growing?.()) this.#put(Math.min(next, this.length));
    else this.end();
  }

  #put(step: number): void {
    if (this.#track.place) this.#track.place.set(step);
    else this.#own = step;
  }
}
