import { DEFAULT_SETTINGS } from "../../../engine/decoding/settings.ts";
import type { WorkContext } from "../../kit/figure/types.ts";
import { seed, text } from "../../kit/state/fields.ts";
import { MAX_OPENING, maxNewTokens } from "../../subjects/poems/poem.ts";
import { encodePrompt, MODEL } from "../../subjects/poems/poem-tables.ts";
import { compose } from "./compose.ts";

export const fields = {
  start: text({ initial: "春", maxLength: MAX_OPENING, label: "开头" }),
  seed: seed(7),
};

/** A token that stood for choice, its probability before and after the filters. */
export interface Candidate {
  readonly id: number;
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** A token of the poem, with what it was chosen from, best first. */
export interface Character {
  readonly id: number;
  readonly name: string;
  readonly probability: number;
  readonly candidates: readonly Candidate[];
}

/** A poem as far as it is written. */
export interface Poem {
  /** What it goes on from. */
  readonly opening: string;
  readonly picks: readonly Character[];
}

/** Writes a poem: as it grows, from its first token on. @throws EngineError as `encodePrompt` */
export async function* writePoem(
  { engine, model: { vocabulary, endIds } }: WorkContext,
  { start, seed }: { readonly start: string; readonly seed: number },
): AsyncGenerator<Poem, void, undefined> {
  const prompt = { form: "五绝", title: "", opening: start } as const;
  const ids = await encodePrompt(engine, prompt);
  const name = (token: number): string => vocabulary[token] ?? "";
  const tree = await engine.tree(MODEL);
  try {
    const limits = { maxNewTokens: maxNewTokens(prompt), endIds };
    const own = { ...DEFAULT_SETTINGS, ...limits, doSample: true, topP: 0.9, seed };
    let picks: readonly Character[] = [];
    for await (const { token, probability, candidates } of compose(tree, ids, own)) {
      const named = candidates.map(({ token: id, ...chances }) => ({ id, name: name(id), ...chances }));
      picks = [...picks, { id: token, name: name(token), probability, candidates: named }];
      yield { opening: start, picks };
    }
  } finally {
    await tree.dispose();
  }
}
