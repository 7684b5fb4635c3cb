/** Milliseconds between two things that are said of a run while it goes. */
const INTERVAL = 10_000;

/**
 * What is said aloud of a demo's status: where it starts, pauses and ends, whatever changes while nothing runs, and in between at most every ten
 * seconds. A training changes its status ten times a second, and who listens would hear nothing else.
 */
export class Announcer {
  #told: string;
  #busy = false;
  #at = Number.NEGATIVE_INFINITY;
  #said = "";

  /** @param initial what stands there from the beginning, and is news to nobody */
  constructor(initial: string) {
    this.#told = initial;
  }

  /** What is to be said now, or was said last. @param now milliseconds since whenever */
  hear(sentence: string, busy: boolean, now: number): string {
    const turned = busy !== this.#busy;
    if (sentence === this.#told && !turned) return this.#said;
    if (busy && !turned && now - this.#at < INTERVAL) return this.#said;
    this.#told = sentence;
    this.#busy = busy;
    this.#at = now;
    this.#said = sentence;
    return sentence;
  }
}
