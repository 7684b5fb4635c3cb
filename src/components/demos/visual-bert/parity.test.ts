import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { softmax } from "../../../engine/decoding/softmax.ts";
import { parseSafetensors, toFloat32 } from "../../../engine/files/safetensors.ts";
import { type BertInNode, openBertZh } from "../../../engine/testing/bert-zh.ts";
import { loadFixture } from "../../../engine/testing/load.ts";
import { relativeError } from "../../../engine/testing/relative-error.ts";
import { mark } from "../../subjects/sentences/exam.ts";
import { followProbability } from "../../subjects/sentences/pairs.ts";
import { PLAIN_SENTENCES } from "../../subjects/sentences/plain-sentences.ts";
import { MASK } from "../../subjects/sentences/special-tokens.ts";
import { poolReading, TRACE } from "./features/vectors.ts";
import { dropOf, hideOneMore, maskSentence, watchedToken } from "./fill-mask/sentence.ts";
import { cosines, partCosines } from "./input/vectors.ts";

/** Largest relative error (`relativeError`). */
const TOLERANCE = 1e-4;
/** The texts of `training/bertzh/fixtures.py`. */
const HIDDEN = "猫坐在椅子上。";
const HIDDEN_PLACE = 4;
const PAIR = ["我去超市买[MASK]果。", "苹果五块钱一斤。"] as const;

/** What the demos of this chapter draw is what PyTorch makes of the shipped bert-zh, to the last step behind the model. */
let bert: BertInNode;
let drawn: (name: string) => Float32Array;
beforeAll(async () => {
  bert = await openBertZh();
  const tensors = parseSafetensors(await loadFixture("src/engine/testdata/bert-zh/drawn.safetensors"));
  drawn = (name) => toFloat32(tensors.get(name)!);
});
afterAll(() => bert.dispose());

describe("the sixty sentences", () => {
  interface Evaluation {
    readonly "plain sentences": {
      /** `place` of the best right answer, from 0; null where it is not among the five. */
      readonly sentences: readonly { readonly text: string; readonly best: string[]; readonly place: number | null }[];
    };
  }

  test("have PyTorch's five best tokens, and the right answer in its place", async () => {
    const { "plain sentences": expected } = JSON.parse(
      await readFile("public/models/bert-zh/evaluation.json", "utf8"),
    ) as Evaluation;
    const texts = PLAIN_SENTENCES.map(({ text }) => bert.tokenizer.encode(text));
    const readings = await bert.readTexts(texts.map((text) => ({ ...text, guesses: [text.tokens.indexOf(MASK)] })));
    expect(expected.sentences.map(({ text }) => text)).toEqual(PLAIN_SENTENCES.map(({ text }) => text));
    for (const [i, blank] of PLAIN_SENTENCES.entries()) {
      const logits = readings[i]!.tokens[0]!;
      const { best, place } = expected.sentences[i]!;
      const own = mark(blank, logits, bert.vocabulary);
      // Two tokens of one probability may stand in either order.
      const probabilities = softmax(logits);
      const of = (token: string) => probabilities[bert.vocabulary.indexOf(token)]!;
      for (const [rank, token] of best.entries()) expect(of(own.best[rank]!), blank.text).toBeCloseTo(of(token), 4);
      expect(new Set(own.best), blank.text).toEqual(new Set(best));
      expect(own.place < 5 ? own.place : null, blank.text).toBe(place);
    }
  });
});

test("hiding one token more costs the hidden one what it costs it in PyTorch", async () => {
  const maskId = bert.vocabulary.indexOf(MASK);
  const encoded = bert.tokenizer.encode(HIDDEN);
  const sentence = maskSentence(encoded, [HIDDEN_PLACE], { maskId, longest: bert.contextLength });
  const variants = hideOneMore(sentence, maskId);
  const [plain, ...hidden] = await bert.readTexts([sentence, ...variants.map(({ text }) => text)]);
  const before = plain!.tokens[0]!;
  const token = watchedToken(before, encoded.ids[HIDDEN_PLACE]!);
  const drops = hidden.map(({ tokens }) => dropOf(before, tokens[0]!, token));
  expect(variants.map(({ place }) => encoded.tokens[place]).join("")).toBe("猫坐在子上。");
  expect(relativeError(Float32Array.from(drops), drawn("drops"))).toBeLessThan(TOLERANCE);
});

test("places, and the embeddings of a place, have PyTorch's cosines", async () => {
  const names = ["embed", "token_type_embed", "pos_embed", "embed_sum", "full_embed"] as const;
  const { traces } = await bert.read(bert.tokenizer.encode(...PAIR), { trace: names });
  for (const name of ["embed", "embed_sum", "full_embed"] as const) {
    expect(relativeError(cosines(traces.get(name)!), drawn(`cosines.${name}`)), name).toBeLessThan(TOLERANCE);
  }
  const [words, segments, positions] = names.map((name) => traces.get(name)!);
  const places = Array.from({ length: words!.shape[0]! }, (_, at) => partCosines(words!, segments!, positions!, at));
  expect(relativeError(Float32Array.from(places.flat()), drawn("cosines.parts"))).toBeLessThan(TOLERANCE);
});

test("the second sentence follows with PyTorch's probability", async () => {
  const { nextSentence } = await bert.read(bert.tokenizer.encode(...PAIR));
  expect(followProbability(nextSentence)).toBeCloseTo(drawn("follows")[0]!, 5);
});

test("[CLS] and the mean over the characters are PyTorch's, behind every block", async () => {
  const encoded = bert.tokenizer.encode(HIDDEN);
  const reading = await bert.read(encoded, { trace: TRACE });
  const pooled = poolReading(reading, encoded.ids, bert.tokenizer.specialIds);
  for (const pooling of ["cls", "mean"] as const) {
    const layers = Float32Array.from(pooled[pooling].flatMap((vector) => [...vector]));
    expect(relativeError(layers, drawn(pooling)), pooling).toBeLessThan(TOLERANCE);
  }
});
