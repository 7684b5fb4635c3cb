import { headWeights } from "../../../engine/analysis/attention.ts";
import * as roles from "../../../engine/analysis/causal-roles.ts";
import { attentionRollout, meanOverHeads } from "../../../engine/analysis/rollout.ts";
import { nextTurn } from "../../../engine/experiments/experiment.ts";
import type { EncodedText } from "../../../engine/files/tokenizer.ts";
import { Random } from "../../../engine/random.ts";
import type { HostTensor } from "../../../engine/tensor/trace.ts";
import type { Column } from "../../figures/data-table.ts";
import type { WorkContext } from "../../kit/figure/types.ts";
import { choice, integer, type StateOf, seed, text } from "../../kit/state/fields.ts";
import { named } from "../../kit/state/options.ts";
import { formatPercent } from "../../kit/text/format.ts";
import { writtenProblem } from "../../kit/text/format-marks.ts";
import { encodeText, MAX_TOKENS } from "./own/encode.ts";
import { MOST, whose } from "./own/whose.ts";

export const MODEL = "gpt-zh";

/** The share of its attention that a head must give to one thing, or nothing is said of it. */
export const CLEAR = 0.3;

/** On what heads are measured: neither the fifty most common characters nor the rare ones; ids go by frequency, behind six marks. */
export const REPEATED = { from: 56, to: 2000, length: 25, times: 4 } as const;
/** So many such texts: on a single one a head that does one thing in a third of all cases may do it in a quarter. */
const TEXTS = 4;

const NAMES: Readonly<Record<roles.CausalRole, string>> = {
  previous: "前一个",
  self: "自己",
  first: "第一个",
  duplicate: "同一个字",
  induction: "归纳",
};

/** What the reader can set. Layers, heads and tokens are counted from 1; `query` 0 is all of them. */
export const fields = {
  model: whose,
  text: text({ label: "一段话", initial: "我家的小狗叫阿黄。邻居也喜欢阿", maxLength: 60, validate: writtenProblem }),
  what: choice({ label: "看", initial: "head", options: named({ head: "一个头", mean: "平均", rollout: "连乘" }) }),
  layer: integer({ label: "层", initial: 6, min: 1, max: MOST.layers }),
  head: integer({ label: "头", initial: 1, min: 1, max: MOST.heads }),
  view: choice({ label: "画成", initial: "arcs", options: named({ arcs: "弧线", matrix: "矩阵" }) }),
  query: integer({ initial: 16, min: 0, max: MAX_TOKENS }),
  seed: seed(1),
};
type Settings = StateOf<typeof fields>;
type Look = Pick<Settings, "what" | "layer" | "head">;

/** One head: what it gives to what, on random characters that come back and on the reader's text. Counted from 1. */
export interface HeadFacts {
  readonly layer: number;
  readonly head: number;
  /** What it clearly does on the former, if there is such a thing. */
  readonly role: roles.CausalRole | null;
  readonly random: roles.RoleShares;
  readonly own: roles.RoleShares;
}

export interface Reading extends EncodedText {
  /** One for each layer, [heads, tokens, tokens]. */
  readonly patterns: readonly HostTensor[];
  readonly facts: readonly HeadFacts[];
  /** How many random characters, and how often. */
  readonly repeated: { readonly length: number; readonly times: number };
  /** What even attention would give on the random characters. */
  readonly even: roles.RoleShares;
}

/** Reads the reader's text, and the texts of random characters, through all heads. Errors are those of `encodeText` and of the engine. */
export async function read(
  { engine, model, signal }: WorkContext,
  settings: Pick<Settings, "text" | "seed">,
): Promise<Reading> {
  const encoded = await encodeText({ engine, model }, settings.text);
  const patternsOf = async (ids: readonly number[]): Promise<HostTensor[]> => [
    ...(await engine.traces(model.id, ids, ["blocks.*.attn.pattern"])).values(),
  ];
  // There may be many layers: the page can be used meanwhile.
  const sharesOf = async (ids: readonly number[], patterns: readonly HostTensor[]): Promise<roles.RoleShares[][]> => {
    const layers: roles.RoleShares[][] = [];
    for (const pattern of patterns) {
      layers.push(roles.causalRoleShares(ids, pattern));
      await nextTurn();
      signal.throwIfAborted();
    }
    return layers;
  };
  const patterns = await patternsOf(encoded.ids);
  const onText = await sharesOf(encoded.ids, patterns);

  const random = new Random(settings.seed);
  const mark = encoded.ids.slice(0, encoded.front);
  const repeating = repeatingOf(model, mark.length);
  const onRandom: roles.RoleShares[][][] = [];
  let repeated: readonly number[] = [];
  for (let i = 0; i < TEXTS; i++) {
    const drawn = roles.repeatedTokens(random, repeating);
    repeated = [...mark, ...drawn.map((place) => repeating.ids?.[place] ?? place)];
    onRandom.push(await sharesOf(repeated, await patternsOf(repeated)));
  }
  const facts = onText.flatMap((heads, layer) =>
    heads.map((own, head): HeadFacts => {
      const shares = roles.meanRoleShares(onRandom.map((layers) => layers[layer]![head]!));
      const role = roles.clearestCausalRole(shares, CLEAR);
      return { layer: layer + 1, head: head + 1, role, random: shares, own };
    }),
  );
  const [even] = roles.causalRoleShares(repeated, roles.evenCausal(repeated.length));
  const { length, times } = repeating;
  return { ...encoded, patterns, facts, repeated: { length, times }, even: even! };
}

/**
 * What `repeatedTokens` draws from a model's vocabulary. Of a model of the reader's own, which orders its tokens otherwise, places among those that stand for a text;
 * and no more than it can read, behind its mark.
 */
function repeatingOf({ entry, vocabulary, specialIds, contextLength }: WorkContext["model"], mark: number) {
  if (entry) return { ...REPEATED, ids: undefined };
  const ids = [...vocabulary.keys()].filter((id) => !specialIds.has(id));
  const room = contextLength - mark;
  const length = Math.min(REPEATED.length, ids.length, Math.max(1, Math.floor(room / REPEATED.times)));
  const to = Math.min(REPEATED.to, ids.length);
  const from = to - REPEATED.from >= length ? REPEATED.from : 0;
  return { from, to, length, times: Math.min(REPEATED.times, Math.floor(room / length)), ids };
}

export const roleName = ({ role }: Pick<HeadFacts, "role">): string => (role ? NAMES[role] : "看不出");

export const nameOf = ({ layer, head }: Pick<HeadFacts, "layer" | "head">): string => `${layer}·${head}`;

export const columns: readonly Column<HeadFacts>[] = [
  { head: "层·头", cell: nameOf },
  { head: "像什么", cell: roleName },
  ...roles.CAUSAL_ROLES.flatMap((role): Column<HeadFacts>[] => [
    {
      head: NAMES[role],
      cell: ({ random }) => random[role],
      print: formatPercent,
      bar: {
        length: ({ random }) => random[role] ?? undefined,
        color: (fact) => `var(--vl-attention-${fact.role === role ? 4 : 2})`,
      },
    },
    { head: `${NAMES[role]}，这段话`, cell: ({ own }) => own[role], only: "csv" },
  ]),
];

/** What is to be seen, [tokens × tokens], and what it is, in words: of a head with the numbers that name it. */
export function sight(reading: Reading, { what, layer, head }: Look): [Float32Array, string] {
  const { facts, patterns, even } = reading;
  if (what === "mean") return [meanOverHeads(patterns[layer - 1]!), `第 ${layer} 层几个头的平均`];
  if (what === "rollout") {
    const words = `从第 1 层连乘到第 ${layer} 层：每一层一半留给自己，一半照几个头的平均去取`;
    return [attentionRollout(patterns.slice(0, layer)).at(-1)!, words];
  }
  const weights = headWeights(patterns[layer - 1]!, head - 1);
  const { role, random: shares, own } = facts.find((fact) => fact.layer === layer && fact.head === head)!;
  const name = `第 ${layer} 层第 ${head} 个头：${roleName({ role })}`;
  if (!role) return [weights, `${name}，五样里没有一样到 ${100 * CLEAR}%`];
  const [random, chance, here] = [shares, even, own].map((all) => formatPercent(all[role] ?? 0));
  const inText = own[role] === null ? "这段话里没有这样的地方" : `在这段话上给了 ${here}`;
  const measured = `在随机的字上，它把 ${random} 的注意力给了那里，平均分配只有 ${chance}`;
  return [weights, `${name}。${measured}；${inText}`];
}
