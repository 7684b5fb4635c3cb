import { DEFAULT_SETTINGS, type GenerationSettings } from "../../../../engine/decoding/settings.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { type LineSet, maxNewTokens } from "../../../subjects/poems/poem.ts";
import { encodePrompt, loadPoemTables } from "../../../subjects/poems/poem-tables.ts";
import { type Baseline, loadBaseline } from "./baseline.ts";
import { Collector } from "./collect.ts";
import { rangeOf, type SweepSettings } from "./fields.ts";
import { makeRow, type Row } from "./metrics.ts";
import { type Axis, planBatches, valuesOf } from "./plan.ts";

/** A sweep as far as it has come. */
export interface Sweep {
  readonly axis: Axis;
  readonly seed: number;
  /** All settings that a number depends on; with the same ones a stopped sweep goes on. */
  readonly key: string;
  readonly rows: readonly Row[];
  /** Batches there are, and those that are in the rows. */
  readonly batches: number;
  readonly finished: number;
  /** Poems that were asked for. */
  readonly asked: number;
  /** Seconds of work so far. */
  readonly seconds: number;
  /** Of the lines that the model was trained on. */
  readonly lines: Pick<LineSet, "items" | "falsePositiveRate">;
  readonly baseline: Baseline;
}

/** The values that are compared. */
export function valuesFor(reader: SweepSettings): number[] {
  return valuesOf(reader.axis, ...rangeOf(reader), reader.values);
}

/** What the numbers depend on. */
export function keyOf(reader: SweepSettings): string {
  const { form, title, opening, axis, poems, seed } = reader;
  return JSON.stringify({ form, title, opening, axis, values: valuesFor(reader), poems, seed });
}

/**
 * Writes and measures poems at every value, batch after batch.
 * @param before a sweep that was stopped: with the same settings it goes on
 * @throws EngineError as `encodePrompt`, `loadPoemTables` and `loadBaseline`
 */
export async function* measure(
  { engine, model, signal }: WorkContext,
  reader: SweepSettings,
  before?: Sweep,
): AsyncGenerator<Sweep, void, undefined> {
  const { form, title, opening, axis, poems, seed } = reader;
  const prompt = { form, title, opening };
  const values = valuesFor(reader);
  const key = keyOf(reader);
  const batches = planBatches(values.length, poems, seed);
  const [ids, tables, baseline] = await Promise.all([
    encodePrompt(engine, prompt),
    loadPoemTables(engine, signal),
    loadBaseline(engine, model, form, signal),
  ]);
  const { items, falsePositiveRate } = tables.lines;
  const goesOn = before?.key === key && before.finished < before.batches;
  let sweep: Sweep = goesOn
    ? before
    : {
        ...{ axis, seed, key, baseline, batches: batches.length, lines: { items, falsePositiveRate } },
        ...{ rows: values.map((value) => makeRow(value, [])), finished: 0, seconds: 0 },
        asked: batches.reduce((sum, { size }) => sum + size, 0),
      };
  yield sweep;
  for (const batch of batches.slice(sweep.finished)) {
    const start = performance.now();
    const collector = new Collector(batch.size, opening, model.vocabulary, model.endIds);
    const generation: GenerationSettings = {
      ...DEFAULT_SETTINGS,
      ...{ doSample: true, endIds: model.endIds, seed: batch.seed },
      ...{ numReturnSequences: batch.size, maxNewTokens: maxNewTokens(prompt) },
      ...setting(axis, values[batch.value]!),
    };
    for await (const event of engine.sample(model.id, ids, generation)) collector.add(event);
    const row = sweep.rows[batch.value]!;
    const written = makeRow(row.value, [...row.poems, ...collector.poems(form, tables)]);
    sweep = {
      ...sweep,
      rows: sweep.rows.with(batch.value, written),
      finished: sweep.finished + 1,
      seconds: sweep.seconds + (performance.now() - start) / 1000,
    };
    yield sweep;
  }
}

function setting(axis: Axis, value: number): Partial<GenerationSettings> {
  return axis === "temperature" ? { temperature: value } : axis === "top-p" ? { topP: value } : { topK: value };
}
