import { describe, expect, test } from "vitest";
import { loadFixture } from "../testing/load.ts";
import { parseJson } from "./json.ts";
import { Tokenizer } from "./tokenizer.ts";

/** What `training/fixtures_tokenizer_parts.py` writes: every part that a tokenizer.json can name, and what Python makes of it. */
interface Fixture {
  readonly texts: readonly string[];
  readonly cuts: readonly {
    readonly part: string;
    readonly config: unknown;
    readonly words: readonly string[];
    readonly ids: readonly (readonly number[])[];
  }[];
  readonly decoders: {
    readonly words: readonly string[];
    readonly tokens: readonly (readonly string[])[];
    readonly decoders: readonly { readonly config: unknown; readonly decoded: readonly string[] }[];
  };
  readonly posts: readonly {
    readonly json: { readonly post_processor: unknown };
    readonly rows: readonly {
      readonly texts: readonly [string, string?];
      readonly ids: readonly number[];
      readonly segments: readonly number[];
    }[];
  }[];
  readonly wholes: readonly {
    readonly json: Readonly<Record<string, unknown>>;
    readonly rows: readonly {
      readonly text: string;
      readonly ids: readonly number[];
      readonly decoded: string;
      readonly plain: string;
    }[];
  }[];
  readonly refused: readonly { readonly part: string; readonly config: unknown }[];
}

const file = await loadFixture("src/engine/testdata/tokenizer-parts.json");
const fixture = parseJson(file, "tokenizer-parts.json") as Fixture;

function wordLevel(words: readonly string[], parts: Readonly<Record<string, unknown>>): Tokenizer {
  const vocab = Object.fromEntries(words.map((word, id) => [word, id]));
  return new Tokenizer({ ...parts, added_tokens: [], model: { type: "WordLevel", unk_token: "[UNK]", vocab } });
}

describe("a text is cut as Python cuts it", () => {
  test.each(fixture.cuts.map((cut) => [`${cut.part} ${JSON.stringify(cut.config).slice(0, 150)}`, cut] as const))(
    "%s",
    (_, { part, config, words, ids }) => {
      const tokenizer = wordLevel(words, { [part]: config });
      const own = fixture.texts.map((text) => tokenizer.encode(text));
      expect(own.map(({ tokens }) => tokens)).toEqual(ids.map((row) => row.map((id) => words[id])));
      expect(own.flatMap(({ unknown }) => unknown)).toEqual([]);
    },
  );
});

test.each(fixture.decoders.decoders)(
  "tokens become the text that Python makes of them: $config",
  ({ config, decoded }) => {
    const { words, tokens } = fixture.decoders;
    const tokenizer = wordLevel(["[UNK]", ...words], { decoder: config });
    expect(tokens.map((row) => tokenizer.decode(row.map((token) => tokenizer.id(token)!)))).toEqual(decoded);
  },
);

test.each(fixture.posts)("one text or two are framed as Python frames them: $json.post_processor", ({ json, rows }) => {
  const tokenizer = new Tokenizer(json);
  for (const { texts, ids, segments } of rows) expect(tokenizer.encode(...texts)).toMatchObject({ ids, segments });
});

describe("a tokenizer reads and writes what Python's reads and writes", () => {
  test.each(
    fixture.wholes.map(({ json, rows }) => {
      const { vocab, merges, ...model } = json.model as Record<string, unknown>;
      return [JSON.stringify([model, json.added_tokens]).slice(0, 250), json, rows] as const;
    }),
  )("%s", (_, json, rows) => {
    const tokenizer = new Tokenizer(json);
    const own = rows.map(({ text }) => tokenizer.encode(text).ids);
    expect(own).toEqual(rows.map(({ ids }) => ids));
    expect(own.map((ids) => tokenizer.decode(ids))).toEqual(rows.map(({ decoded }) => decoded));
    expect(own.map((ids) => tokenizer.decode(ids, { skipSpecial: true }))).toEqual(rows.map(({ plain }) => plain));
  });
});

test.each(fixture.refused)(
  "what Python reads and the engine does not is refused by name: $config",
  ({ part, config }) => {
    expect(() => wordLevel(["[UNK]"], { [part]: config })).toThrow(
      expect.objectContaining({
        code: "unsupported-model",
        detail: expect.stringMatching(/^tokenizer\.json 的 .+：./),
      }),
    );
  },
);
