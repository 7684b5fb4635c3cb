import type { SampleUpdate } from "../../../../engine/decoding/sample.ts";
import { type Form, measure, type Poem, type PoemMeasures, type PoemTables } from "../../../subjects/poems/poem.ts";

/** A sampled poem and what is measured of it. */
export interface SampledPoem extends Poem {
  /** Mean natural log-probability of its tokens under the model itself, the end token included. */
  readonly logProbPerToken: number;
  readonly measures: PoemMeasures;
}

interface Growing {
  body: string;
  finished: boolean;
  logProb: number;
  tokens: number;
}

/** Puts the tokens of a batch together: each goes to its own poem. */
export class Collector {
  readonly #growing: readonly Growing[];
  readonly #vocabulary: readonly string[];
  readonly #endIds: readonly number[];

  /** @param opening what every poem of the batch begins with */
  constructor(size: number, opening: string, vocabulary: readonly string[], endIds: readonly number[]) {
    this.#growing = Array.from({ length: size }, () => ({ body: opening, finished: false, logProb: 0, tokens: 0 }));
    this.#vocabulary = vocabulary;
    this.#endIds = endIds;
  }

  add(event: SampleUpdate): void {
    const poem = this.#growing[event.sequence]!;
    if (event.type === "finish") {
      poem.finished = event.reason === "end";
      return;
    }
    poem.logProb += event.logProb;
    poem.tokens++;
    if (!this.#endIds.includes(event.token)) poem.body += this.#vocabulary[event.token];
  }

  /** The poems of the batch, in their order; call it when the batch is over. */
  poems(form: Form, tables: PoemTables): SampledPoem[] {
    return this.#growing.map(({ body, finished, logProb, tokens }) => ({
      body,
      finished,
      logProbPerToken: tokens > 0 ? logProb / tokens : 0,
      measures: measure({ body, finished }, form, tables),
    }));
  }
}
