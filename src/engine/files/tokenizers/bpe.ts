import { EngineError } from "../../errors.ts";
import type { JsonObject } from "../json.ts";
import { fallbackTokens } from "./byte-level.ts";
import { type Merge, type Merges, mergeSymbols } from "./merge.ts";
import { refuse } from "./refuse.ts";
import type { Model, ModelToken } from "./token.ts";

/**
 * Byte-pair encoding (Sennrich et al. 2016): characters are merged pair by pair, in the order in which the pairs were learned.
 * @throws EngineError `bad-file`: a merge of or to a token that is not there; `unsupported-model` for a tokenizer that throws dice
 */
export function readBpe(json: JsonObject, vocabulary: ReadonlyMap<string, number>, spelling: Model["spelling"]): Model {
  if (json.number("dropout", 0) > 0) refuse("model", "BPE 的 dropout 大于 0，每次切出来的都不一样");
  const prefix = json.string("continuing_subword_prefix", "");
  const suffix = json.string("end_of_word_suffix", "");
  const [fuses, bytes, whole] = ["fuse_unk", "byte_fallback", "ignore_merges"].map((key) => json.boolean(key, false));
  const unknownName = json.has("unk_token") ? json.string("unk_token") : null;
  const merges = readMerges(json, vocabulary, prefix.length);
  const unknown = (text: string): ModelToken => {
    const id = vocabulary.get(unknownName ?? "");
    if (id === undefined) throw new EngineError("bad-input", `词表里没有「${text}」，也没有「${unknownName}」`);
    return { id, text, unknown: true };
  };
  const known = (text: string, id: number): ModelToken => ({ id, text, unknown: false });

  /** A token for each character, or for its bytes; of what is not in the vocabulary, where nothing stands for the unknown, nothing remains. */
  const symbolsOf = (text: string): ModelToken[] => {
    const symbols: ModelToken[] = [];
    let waiting: string | null = null;
    const characters = Array.from(text);
    for (const [i, character] of characters.entries()) {
      const spelled = (i > 0 ? prefix : "") + character + (i === characters.length - 1 ? suffix : "");
      const id = vocabulary.get(spelled);
      if (id !== undefined) {
        if (waiting !== null) symbols.push(unknown(waiting));
        waiting = null;
        symbols.push(known(character, id));
        continue;
      }
      const own = bytes ? fallbackTokens(spelled).map((token) => ({ token, id: vocabulary.get(token) })) : [];
      if (bytes && own.every((byte) => byte.id !== undefined)) {
        for (const byte of own) symbols.push(known(byte.token, byte.id!));
      } else if (unknownName !== null) {
        if (waiting !== null && !fuses) symbols.push(unknown(waiting));
        waiting = fuses ? (waiting ?? "") + character : character;
      }
    }
    if (waiting !== null) symbols.push(unknown(waiting));
    return symbols;
  };

  return {
    vocabulary,
    spelling,
    cut: (text) => {
      const own = whole ? vocabulary.get(text) : undefined;
      if (own !== undefined) return [known(text, own)];
      const symbols = symbolsOf(text);
      const merged = mergeSymbols(
        symbols.map(({ id }) => id),
        merges,
      );
      // What was merged is spelled as the vocabulary has it; what was not, may be unknown.
      return merged.map(({ id, from, to }) => (to - from === 1 ? symbols[from]! : known(spelling[id] ?? "", id)));
    },
  };
}

/** Files have a merge as `"a b"`, or as `["a", "b"]`. */
function readMerges(json: JsonObject, vocabulary: ReadonlyMap<string, number>, prefixLength: number): Merges {
  const list = json.value("merges");
  if (!Array.isArray(list)) json.fail("merges", "应是数组");
  const merges = new Map<number, Map<number, Merge>>();
  for (const [rank, entry] of (list as unknown[]).entries()) {
    const pair: unknown = typeof entry === "string" ? entry.split(" ") : entry;
    const [left, right] = Array.isArray(pair) && pair.length === 2 ? (pair as unknown[]) : [];
    if (typeof left !== "string" || typeof right !== "string") return json.fail("merges", `第 ${rank + 1} 行不是一对`);
    const [a, b] = [vocabulary.get(left), vocabulary.get(right)];
    const id = vocabulary.get(left + right.slice(prefixLength));
    if (a === undefined || b === undefined || id === undefined) {
      return json.fail("merges", `第 ${rank + 1} 行的「${left}」「${right}」或两者合成的词元不在词表里`);
    }
    const following = merges.get(a) ?? new Map<number, Merge>();
    merges.set(a, following.set(b, { rank, id }));
  }
  return merges;
}
