import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { openNodeEngine } from "../../../../engine/node-engine.ts";
import { bestTokens, maskPlaces } from "../../../subjects/sentences/guesses.ts";

it("what 9.4 says that bert-zh guesses for two gaps, it guesses", async () => {
  const page = await readFile("src/content/docs/gpt-bert/visual-bert/masked-lm.mdx", "utf8");
  const said = /\[(他喜欢打▢▢。)\].*?一个是「(.)」.*?一个是「(.)」.*?合起来是「(..)」/u.exec(page)?.slice(1) ?? [];
  const [sentence = "", first = "", second = "", together] = said;
  const engine = await openNodeEngine("public/models");
  const { id, vocabulary } = await engine.load("bert-zh");
  const encoded = await engine.encode(id, sentence.replaceAll("▢", "[MASK]"));
  const { tokens } = await engine.read(id, encoded, { guesses: maskPlaces(encoded.tokens) });
  expect(tokens.flatMap((logits) => bestTokens(logits, vocabulary, 1))).toEqual([first, second]);
  expect(together).toBe(first + second);
});
