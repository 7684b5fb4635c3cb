/** Counts the seconds in which something is at work. Made while a component is being initialised. */
export class Stopwatch {
  seconds = $state(0);
  #since = 0;

  constructor(working: () => boolean) {
    $effect(() => {
      if (!working()) return;
      this.#since = performance.now();
      const timer = setInterval(() => this.#count(), 250);
      return () => {
        clearInterval(timer);
        this.#count();
      };
    });
  }

  reset(): void {
    this.seconds = 0;
    this.#since = performance.now();
  }

  #count(): void {
    const now = performance.now();
    this.seconds += (now - this.#since) / 1000;
    this.#since = now;
  }
}
