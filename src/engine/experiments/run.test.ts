import { describe, expect, test } from "vitest";
import { EngineError } from "../errors.ts";
import { ExperimentRun, type RecordSource, type RunState } from "./run.ts";

const DESCRIPTION = { experiment: "counting", seed: 3, settings: { to: 5 }, device: "CPU" };

/** Counts from 1; a step ends only when the test has allowed it. */
class Counter implements RecordSource<{ n: number }, string, string> {
  readonly #to: number;
  readonly #failAt: number;
  #n = 0;
  #busy = false;
  #allowed = 0;
  #waiting: (() => void) | null = null;
  returned = 0;

  constructor({ to = Infinity, failAt = Infinity }: { to?: number; failAt?: number } = {}) {
    this.#to = to;
    this.#failAt = failAt;
  }

  allow(steps: number): void {
    this.#allowed += steps;
    this.#waiting?.();
  }

  async next(): Promise<IteratorResult<{ n: number }, void>> {
    if (this.#busy) throw new Error("two steps at once");
    this.#busy = true;
    if (this.#allowed === 0) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
      this.#waiting = null;
    }
    this.#allowed--;
    this.#busy = false;
    if (++this.#n >= this.#failAt) throw new EngineError("device-lost");
    return this.#n > this.#to ? { done: true, value: undefined } : { done: false, value: { n: this.#n } };
  }

  async ask(question: string): Promise<string> {
    if (this.#busy) throw new Error("asked in the middle of a step");
    if (question === "?") throw new EngineError("bad-input");
    return `${question} ${this.#n}`;
  }

  async return(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.returned++;
  }
}

const numbers = (run: ExperimentRun<unknown, { n: number }, string, string>) => run.records.map(({ n }) => n);

describe("a run", () => {
  test("runs to its end, tells every change, and frees what it holds", async () => {
    const states: RunState[] = [];
    const source = new Counter({ to: 3 });
    const run: ExperimentRun<{ to: number }, { n: number }, string, string> = new ExperimentRun(
      DESCRIPTION,
      source,
      () => states.push(run.state),
    );
    const ended = run.start();
    source.allow(4);
    await ended;
    expect(numbers(run)).toEqual([1, 2, 3]);
    expect(states).toEqual(["running", "running", "running", "running", "finished"]);
    expect(run.open).toBe(false);
    expect(await run.ask("so far")).toBe("so far 4");
    await Promise.all([run.stop(), run.stop()]);
    expect([run.state, source.returned]).toEqual(["finished", 1]);
    await expect(run.ask("now")).rejects.toThrow(expect.objectContaining({ code: "cancelled" }));
  });

  test("pauses after the step under way, and goes on", async () => {
    const source = new Counter();
    const run = new ExperimentRun(DESCRIPTION, source);
    const ended = run.start();
    const paused = run.pause();
    source.allow(1);
    await Promise.all([paused, ended]);
    expect([run.state, numbers(run)]).toEqual(["paused", [1]]);
    const goesOn = run.start();
    const stopped = run.stop();
    source.allow(1);
    await Promise.all([goesOn, stopped]);
    expect([run.state, source.returned]).toEqual(["stopped", 1]);
  });

  test("pause and start in quick succession, or many steps at once, never overlap", async () => {
    const source = new Counter();
    const run = new ExperimentRun(DESCRIPTION, source);
    void run.start();
    void run.pause();
    void run.start();
    const paused = run.pause();
    source.allow(1);
    await paused;
    const before = numbers(run).length;
    const steps = [run.step(), run.step(), run.step()];
    source.allow(3);
    await Promise.all(steps);
    expect(run.state).toBe("paused");
    expect(run.records).toHaveLength(before + 3);
  });

  test("a single step from the beginning", async () => {
    const source = new Counter();
    const run = new ExperimentRun(DESCRIPTION, source);
    source.allow(1);
    await run.step();
    expect([run.state, numbers(run)]).toEqual(["paused", [1]]);
  });

  test("stopping drops the steps that wait, and a stopped run stays so", async () => {
    const source = new Counter();
    const run = new ExperimentRun(DESCRIPTION, source);
    const steps = [run.step(), run.step()];
    const stopped = run.stop();
    source.allow(1);
    await Promise.all([...steps, stopped]);
    await run.start();
    await run.step();
    await run.stop();
    expect([run.state, numbers(run), source.returned]).toEqual(["stopped", [], 1]);
  });

  test("whoever stops it, even a second time, waits until everything is free", async () => {
    const source = new Counter();
    const run = new ExperimentRun(DESCRIPTION, source);
    void run.stop();
    await run.stop();
    expect(source.returned).toBe(1);
  });

  test("answers between two steps; a question that fails stops nothing", async () => {
    const source = new Counter();
    const run = new ExperimentRun(DESCRIPTION, source);
    const [step, bad, good] = [run.step(), run.ask("?"), run.ask("so far")];
    source.allow(1);
    await step;
    await expect(bad).rejects.toThrow(expect.objectContaining({ code: "bad-input" }));
    expect(await good).toBe("so far 1");
    expect(run.state).toBe("paused");
  });

  test("a failure ends it with its reason, and keeps what was measured", async () => {
    const source = new Counter({ failAt: 2 });
    const run = new ExperimentRun(DESCRIPTION, source);
    source.allow(2);
    await run.start();
    expect(run.state).toBe("failed");
    expect(run.error?.code).toBe("device-lost");
    expect(run.export()).toEqual({ ...DESCRIPTION, state: "failed", records: [{ n: 1 }] });
  });
});
