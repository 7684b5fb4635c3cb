import { headSpreads, type Spread } from "../../../../engine/analysis/attention.ts";
import { clearestRole, RoleMeter, type RoleScore } from "../../../../engine/analysis/head-roles.ts";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import { LABELLED } from "../features/labelled.ts";
import { ROLE_NAMES, THRESHOLD } from "./names.ts";

export const PATTERNS = "blocks.*.attn.pattern";

/** The texts over which heads are measured: pairs of sentences of one topic and one feeling. */
export const SURVEY_PAIRS: readonly (readonly [string, string])[] = LABELLED.flatMap(({ text }, i) =>
  i % 2 === 0 ? [[text, LABELLED[i + 1]!.text] as const] : [],
);

/** Pairs read at once. */
const BATCH = 10;

/** What was measured of one head. */
export interface HeadFacts extends Spread {
  /** Counted from 0, as are heads. */
  readonly layer: number;
  readonly head: number;
  readonly scores: readonly RoleScore[];
  /** What it seems to do; null where no score reaches the threshold. */
  readonly clearest: RoleScore | null;
}

/** Adds up what every head does, text by text. */
export class Survey {
  readonly #meters: readonly RoleMeter[];
  readonly #sums: readonly { entropy: number; distance: number }[][];
  readonly #heads: number;
  #texts = 0;

  constructor(layers: number, heads: number) {
    this.#heads = heads;
    this.#meters = Array.from({ length: layers }, () => new RoleMeter(heads));
    this.#sums = this.#meters.map(() => Array.from({ length: heads }, () => ({ entropy: 0, distance: 0 })));
  }

  /** @param patterns one for each layer, [heads, tokens, tokens] */
  add(text: Pick<EncodedText, "tokens" | "segments">, patterns: readonly HostTensor[]): void {
    this.#texts++;
    for (const [layer, pattern] of patterns.entries()) {
      this.#meters[layer]!.add(text, pattern);
      for (const [head, { entropy, distance }] of headSpreads(pattern).entries()) {
        const sum = this.#sums[layer]![head]!;
        sum.entropy += entropy;
        sum.distance += distance;
      }
    }
  }

  /** What was measured so far, layer by layer. */
  facts(): HeadFacts[] {
    return this.#meters.flatMap((meter, layer) =>
      Array.from({ length: this.#heads }, (_, head) => {
        const { entropy, distance } = this.#sums[layer]![head]!;
        const scores = meter.scores(head);
        return {
          layer,
          head,
          entropy: entropy / this.#texts,
          distance: distance / this.#texts,
          scores,
          clearest: clearestRole(scores, THRESHOLD),
        };
      }),
    );
  }
}

/** Reads all pairs of the survey, batch by batch. @param onProgress called after each batch, with the pairs that are read */
export async function surveyHeads(
  { engine, model, signal }: WorkContext,
  onProgress: (done: number) => void,
): Promise<HeadFacts[]> {
  const survey = new Survey(model.config.layers, model.config.heads);
  for (let start = 0; start < SURVEY_PAIRS.length; start += BATCH) {
    const pairs = SURVEY_PAIRS.slice(start, start + BATCH);
    const encoded = await Promise.all(pairs.map(([first, second]) => engine.encode(model.id, first, second)));
    const readings = await engine.readTexts(model.id, encoded, { trace: [PATTERNS] });
    if (signal.aborted) return [];
    for (const [i, text] of encoded.entries()) survey.add(text, [...readings[i]!.traces.values()]);
    onProgress(start + pairs.length);
  }
  return survey.facts();
}

/** Everything measured, one line for each head and role. */
export function surveyCsv(facts: readonly HeadFacts[]): CsvTable {
  return {
    columns: ["层", "头", "熵（纳特）", "平均距离（词元）", "看什么", "所占份额", "平均分配时的份额", "得分", "词元数"],
    rows: facts.flatMap(({ layer, head, entropy, distance, scores }) =>
      scores.map(({ role, share, even, score, tokens }) => [
        layer + 1,
        head + 1,
        entropy,
        distance,
        ROLE_NAMES[role],
        share,
        even,
        score,
        tokens,
      ]),
    ),
  };
}
