import type { WorkContext } from "../../../kit/figure/types.ts";
import { type LineSet, maxNewTokens, type PoemTables } from "../../../subjects/poems/poem.ts";
import { encodePrompt, loadPoemTables } from "../../../subjects/poems/poem-tables.ts";
import { decoders, engineSettings } from "./decoders.ts";
import type { CompareSettings } from "./fields.ts";
import { type Account, type Assignment, account, type Outcome, startOutcome } from "./outcome.ts";
import { write } from "./write.ts";

/** What has come of one decoder, with its numbers; the decoder itself is known by its place. */
export type RaceRow = Omit<Outcome, "decoder"> & Account;

/** Six decoders at work on one prompt. */
export interface Race {
  readonly assignment: Assignment;
  /** In the order of `decoders`. */
  readonly rows: readonly RaceRow[];
  /** Of the lines that the model was trained on: how many, and how often one is claimed that is not among them. Null until the tables are there. */
  readonly lines: Pick<LineSet, "items" | "falsePositiveRate"> | null;
}

/**
 * Lets all decoders write at once, and tells of each token.
 * @param show is given the race whenever something has come
 * @throws EngineError as `encodePrompt` and `loadPoemTables`
 */
export async function race(
  { engine, model, signal }: WorkContext,
  reader: CompareSettings,
  show: (race: Race) => void,
): Promise<void> {
  const { form, title, opening, seed } = reader;
  const prompt = { form, title, opening };
  const ids = await encodePrompt(engine, prompt);
  const assignment = { prompt, seed, names: model.vocabulary, endIds: model.endIds };
  let tables: PoemTables | null = null;
  const weigh = (outcome: Outcome): RaceRow => {
    const { decoder: _, ...row } = outcome;
    return { ...row, ...account(outcome, assignment, tables) };
  };
  let outcomes: readonly Outcome[] = decoders.map((decoder) => startOutcome(decoder, decoder.describe(reader)));
  let now: Race = { assignment, rows: outcomes.map(weigh), lines: null };
  const tell = (change: Partial<Race>): void => {
    now = { ...now, ...change };
    show(now);
  };
  tell({});

  // When one of them fails, the others need not go on.
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const all = decoders.map(async (decoder, index) => {
    const own = engineSettings(decoder, reader, maxNewTokens(prompt), model.endIds);
    const start = performance.now();
    for await (const draft of write(engine, ids, own, decoder.searches, either)) {
      const seconds = (performance.now() - start) / 1000;
      const before = outcomes[index]!;
      const steps = decoder.searches && { drafts: [...(before.drafts ?? []), draft] };
      const outcome = { ...before, draft, seconds, ...steps };
      outcomes = outcomes.with(index, outcome);
      tell({ rows: now.rows.with(index, weigh(outcome)) });
    }
  });
  const reference = loadPoemTables(engine, either).then((loaded) => {
    tables = loaded;
    const { items, falsePositiveRate } = loaded.lines;
    tell({ rows: outcomes.map(weigh), lines: { items, falsePositiveRate } });
  });
  try {
    await Promise.all([...all, reference]);
  } catch (error) {
    failure.abort();
    throw error;
  }
}
