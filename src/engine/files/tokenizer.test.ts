import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { loadFixture } from "../testing/load.ts";
import { parseJson } from "./json.ts";
import { Tokenizer } from "./tokenizer.ts";

const special = ["[END]", "[UNK]", "[五绝]", "[七绝]", "[五律]", "[七律]", "[诗]"];
const tokens = [...special, ..."，。春江花月夜𠮷"];

/** A tokenizer of the kind that gpt-poem has: a token per character, and special tokens. */
function tokenizerJson() {
  return {
    added_tokens: special.map((content, id) => ({ id, content, special: true, normalized: false })),
    normalizer: null,
    pre_tokenizer: { type: "Split", pattern: { Regex: "[\\s\\S]" }, behavior: "Isolated", invert: false },
    post_processor: null,
    decoder: { type: "Fuse" },
    model: {
      type: "WordLevel",
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])) as Record<string, unknown>,
      unk_token: "[UNK]",
    },
  };
}

const tokenizer = new Tokenizer(tokenizerJson());

test("characters become their ids, and special tokens in the text become theirs", () => {
  expect(tokenizer.encode("[五绝]春夜[诗]春江，月。[END]")).toEqual({
    ids: [2, 9, 13, 6, 9, 10, 7, 12, 8, 0],
    segments: Array(10).fill(0),
    tokens: ["[五绝]", "春", "夜", "[诗]", "春", "江", "，", "月", "。", "[END]"],
    unknown: [],
  });
  expect(tokenizer.encode("")).toEqual({ ids: [], segments: [], tokens: [], unknown: [] });
});

test("a character outside the vocabulary is the unknown token, and named with its place", () => {
  expect(tokenizer.encode("春x江 月\n")).toMatchObject({
    ids: [9, 1, 10, 1, 12, 1],
    tokens: ["春", "[UNK]", "江", "[UNK]", "月", "[UNK]"],
    unknown: [
      { index: 1, char: "x" },
      { index: 3, char: " " },
      { index: 5, char: "\n" },
    ],
  });
});

test("half a special token is a few characters; the unknown token itself may be written", () => {
  expect(tokenizer.encode("[五 绝]").unknown.map(({ char }) => char)).toEqual(["[", "五", " ", "绝", "]"]);
  expect(tokenizer.encode("[UNK]")).toMatchObject({ ids: [1], tokens: ["[UNK]"], unknown: [] });
});

test("a surrogate pair is one character, known or not", () => {
  expect(tokenizer.encode("𠮷𠮶")).toMatchObject({
    ids: [14, 1],
    tokens: ["𠮷", "[UNK]"],
    unknown: [{ index: 1, char: "𠮶" }],
  });
});

test("an emoji of several code points is reported once", () => {
  const { ids, unknown } = tokenizer.encode("👍🏽😀春👨‍👩‍👧🇨🇳🇺🇳鑫");
  expect(ids.length).toBe([..."👍🏽😀春👨‍👩‍👧🇨🇳🇺🇳鑫"].length);
  expect(unknown).toEqual([
    { index: 0, char: "👍🏽" },
    { index: 2, char: "😀" },
    { index: 4, char: "👨‍👩‍👧" },
    { index: 9, char: "🇨🇳" },
    { index: 11, char: "🇺🇳" },
    { index: 13, char: "鑫" },
  ]);
});

test("decode gives the text back, with or without its special tokens", () => {
  const text = "[五绝]春夜[诗]春江，花月。𠮷[END]";
  const { ids } = tokenizer.encode(text);
  expect(tokenizer.decode(ids)).toBe(text);
  expect(tokenizer.decode(ids, { skipSpecial: true })).toBe("春夜春江，花月。𠮷");
  expect(tokenizer.decode([])).toBe("");
  expect(tokenizer.decode([0, 1], { skipSpecial: true })).toBe("");
});

test("encode undoes decode, for any ids", () => {
  const random = new Random(3);
  for (let i = 0; i < 50; i++) {
    const ids = Array.from({ length: random.uint32() % 40 }, () => random.uint32() % tokens.length);
    expect(tokenizer.encode(tokenizer.decode(ids))).toMatchObject({
      ids,
      tokens: ids.map((id) => tokens[id]),
      unknown: [],
    });
  }
});

test("the vocabulary can be asked", () => {
  expect(tokenizer.size).toBe(tokens.length);
  expect([...tokenizer.specialIds]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(tokens.map((token) => tokenizer.id(token))).toEqual(tokens.map((_, id) => id));
  expect(tokens.map((_, id) => tokenizer.token(id))).toEqual(tokens);
  expect(tokenizer.id("鑫")).toBeUndefined();
  for (const id of [-1, tokens.length, 0.5, NaN]) {
    expect(() => tokenizer.token(id)).toThrow(expect.objectContaining({ code: "bad-input" }));
    expect(() => tokenizer.decode([9, id])).toThrow(expect.objectContaining({ code: "bad-input" }));
  }
});

test("WordPiece names the words that it has no pieces for, in one text and in two", () => {
  const vocabulary = ["[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "##b", "春", "，"];
  const id = (token: string) => vocabulary.indexOf(token);
  const frame = (...parts: object[]) => [{ SpecialToken: { id: "[CLS]", type_id: 0 } }, ...parts];
  const end = { SpecialToken: { id: "[SEP]", type_id: 0 } };
  const text = (part: string, type_id: number) => ({ Sequence: { id: part, type_id } });
  const json = {
    added_tokens: vocabulary.slice(0, 4).map((content, i) => ({ id: i, content, special: true, normalized: false })),
    normalizer: { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, lowercase: true },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: frame(text("A", 0), end),
      pair: frame(text("A", 0), end, text("B", 1), end),
      special_tokens: {
        "[CLS]": { id: "[CLS]", ids: [1], tokens: ["[CLS]"] },
        "[SEP]": { id: "[SEP]", ids: [2], tokens: ["[SEP]"] },
      },
    },
    decoder: { type: "WordPiece", prefix: "##" },
    model: {
      type: "WordPiece",
      continuing_subword_prefix: "##",
      vocab: Object.fromEntries(vocabulary.map((t, i) => [t, i])),
      unk_token: "[UNK]",
    },
  };
  const words = new Tokenizer(json);
  expect(words.encode("春龘[MASK]，AB 😀")).toEqual({
    ids: ["[CLS]", "春", "[UNK]", "[MASK]", "，", "a", "##b", "[UNK]", "[SEP]"].map(id),
    segments: Array(9).fill(0),
    tokens: ["[CLS]", "春", "[UNK]", "[MASK]", "，", "a", "##b", "[UNK]", "[SEP]"],
    unknown: [
      { index: 2, char: "龘" },
      { index: 7, char: "😀" },
    ],
  });
  // What was written as the unknown token is no character that the vocabulary lacks.
  expect(words.encode("[UNK]𠮷", "x春").unknown).toEqual([
    { index: 2, char: "𠮷" },
    { index: 4, char: "x" },
  ]);
});

test("ten thousand characters, all known or all unknown", () => {
  expect(tokenizer.encode("春江花月夜".repeat(2000)).ids.length).toBe(10_000);
  expect(tokenizer.encode("😀鑫".repeat(5000)).unknown.length).toBe(10_000);
});

test("words of the object prototype are ordinary words", () => {
  const json = tokenizerJson();
  json.model.vocab = JSON.parse(`{"[UNK]": 0, "__proto__": 1, "constructor": 2, "7": 3}`);
  json.added_tokens = [];
  json.pre_tokenizer = { ...json.pre_tokenizer, pattern: { Regex: "\\s" }, behavior: "Removed" };
  const words = new Tokenizer(json);
  expect(words.encode("constructor __proto__ toString 7")).toMatchObject({
    ids: [2, 1, 0, 3],
    unknown: [{ index: 2, char: "toString" }],
  });
});

test.each<[what: string, change: (json: ReturnType<typeof tokenizerJson>) => void, code: string]>([
  ["an id is missing", (json) => delete json.model.vocab.春, "bad-file"],
  ["an id occurs twice", (json) => (json.model.vocab.春 = 10), "bad-file"],
  ["an id is no integer", (json) => (json.model.vocab.春 = "9"), "bad-file"],
  ["the unknown token is not in the vocabulary", (json) => (json.model.unk_token = "<unk>"), "bad-file"],
  ["the model is of another kind", (json) => (json.model.type = "Syllables"), "unsupported-model"],
  ["a component is new", (json) => (json.decoder.type = "Telepathy"), "unsupported-model"],
])("the file is refused when %s", (_, change, code) => {
  const json = tokenizerJson();
  change(json);
  expect(() => new Tokenizer(json)).toThrow(expect.objectContaining({ code }));
});

/** What `training/fixtures_tokenizer.py` writes: texts and what Python makes of them. */
interface Fixture {
  readonly name: string;
  /** A small tokenizer.json. */
  readonly json?: unknown;
  /** Path of a shipped one. */
  readonly file?: string;
  readonly cases: readonly Case[];
}

interface Case {
  readonly text: string;
  readonly ids: readonly number[];
  readonly tokens: readonly string[];
  readonly decoded: string;
  readonly plain: string;
  readonly pair: { readonly second: string; readonly ids: readonly number[]; readonly segments: readonly number[] };
}

const fixtures = parseJson(await loadFixture("src/engine/testdata/tokenizer.json"), "tokenizer.json") as Fixture[];

test.each(fixtures)("$name: equal to PreTrainedTokenizerFast", async ({ json, file, cases }) => {
  const source = file === undefined ? json : parseJson(await loadFixture(file), file);
  const tokenizer = new Tokenizer(source);
  for (const { text, ids, tokens, decoded, plain, pair } of cases) {
    expect(tokenizer.encode(text)).toMatchObject({ ids, tokens });
    expect(tokenizer.encode(text, pair.second)).toMatchObject({ ids: pair.ids, segments: pair.segments });
    expect(tokenizer.decode(ids)).toBe(decoded);
    expect(tokenizer.decode(ids, { skipSpecial: true })).toBe(plain);
  }
});

test.each([
  ["gpt2", "hello 猫"],
  ["bert", "我爱猫"],
])("an old file, which does not say of what kind it is, reads as the new one: %s", async (folder, text) => {
  const file = await loadFixture(`src/engine/testdata/folders/${folder}/tokenizer.json`);
  const { model, ...json } = parseJson(file, folder) as {
    model: { vocab: object; unk_token: string; merges?: string[][] };
  };
  const merges = model.merges?.map((pair) => pair.join(" "));
  const own = new Tokenizer({ ...json, model });
  // Only what such a file must have.
  const { vocab, unk_token } = model;
  const old = new Tokenizer({ ...json, model: { vocab, unk_token, ...(merges && { merges }) } });
  const { ids } = own.encode(text);
  expect(old.encode(text)).toEqual(own.encode(text));
  expect(old.decode(ids)).toBe(own.decode(ids));
});
