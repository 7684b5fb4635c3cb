/** What `python3 -m training tools` has written: what other tools say of the models of this book. */
import said from "../../../../../training/tools.json" with { type: "json" };

/** What a tool says of one text. */
export interface SaidText {
  readonly text: string;
  readonly ids: readonly number[];
  /** All of its numbers, one after the other. */
  readonly values: readonly number[];
  /** Where it has sampled: which characters could be read, `1` or `0` for each, and how much that text counts; else none. */
  readonly masks: readonly string[];
  readonly weights: readonly number[];
  /** Next tokens that a logit lens speaks of; else none. */
  readonly asked: readonly number[];
  /** How long it took. */
  readonly seconds: number;
}

/** A tool that was tried, and is not in the table of those that agree. */
export interface Tried {
  readonly tool: string;
  readonly version: string;
  readonly tried: string;
  /** What became of it. */
  readonly came: string;
}

interface Said {
  readonly made: {
    readonly command: string;
    readonly date: string;
    readonly python: string;
    readonly versions: Readonly<Record<string, string>>;
  };
  /** Of integrated gradients, and of what samples. */
  readonly steps: number;
  readonly samples: number;
  readonly peers: Readonly<Record<string, readonly SaidText[]>>;
  readonly tried: readonly Tried[];
}

export const SAID: Said = said;
