import { describe, expect, test } from "vitest";
import { loadFixture } from "../../../engine/testing/load.ts";
import { Bloom } from "./bloom.ts";
import { FORMS, type Form, linesOf, measure, readFinals } from "./poem.ts";

/** A row of poems.json, which `python3 -m training fixtures gpt-poem` writes with metrics.py. */
interface Row {
  readonly form: `[${Form}]`;
  readonly text: string;
  readonly form_ok: boolean;
  readonly rhyme_ok: boolean;
  readonly distinct_2: number;
  readonly repeated_share: number;
  readonly known_lines: readonly boolean[];
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await loadFixture(path))) as T;
}

const [{ poems }, finals, lines] = await Promise.all([
  readJson<{ poems: readonly Row[] }>("src/engine/testdata/gpt-poem/poems.json"),
  readJson<Record<string, string>>("public/models/gpt-poem/finals.json").then(readFinals),
  loadFixture("public/models/gpt-poem/lines.bloom").then((file) => new Bloom(file)),
]);

describe("real, sampled and broken poems are measured as in Python", () => {
  test.each(poems.map((row) => [row.form, row.text, row] as const))("%s %s", (_, text, row) => {
    const form = FORMS.find((name) => `[${name}]` === row.form)!;
    // A text that did not end in time has a "…" behind it there, which no form has.
    const measures = measure({ body: text, finished: true }, form, { finals, lines });
    expect(measures.form).toBe(row.form_ok);
    expect(measures.rhyme).toBe(row.rhyme_ok);
    expect(measures.distinct2 ?? 0).toBeCloseTo(row.distinct_2, 6);
    expect(measures.repeated ?? 0).toBeCloseTo(row.repeated_share, 6);
    expect(linesOf(text).map((line) => lines.has(line))).toEqual(row.known_lines);
  });

  test("and are of all kinds", () => {
    for (const key of ["form_ok", "rhyme_ok"] as const) expect(new Set(poems.map((row) => row[key])).size).toBe(2);
    expect(new Set(poems.flatMap((row) => row.known_lines)).size).toBe(2);
  });
});
