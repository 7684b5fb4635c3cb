import { headWeights } from "../../../../engine/analysis/attention.ts";
import { logOdds, occlusions } from "../../../../engine/analysis/occlusion.ts";
import { kendall, spearman } from "../../../../engine/analysis/rank-correlation.ts";
import { attentionRollout, meanOverHeads } from "../../../../engine/analysis/rollout.ts";
import { EngineError } from "../../../../engine/errors.ts";
import type { UnknownCharacter } from "../../../../engine/files/tokenizer.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import { type Column, csvOf } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import { choice, integer, type StateOf, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";

export const MODEL = "sentiment-zh";
/** Tokens that the figure has room for. */
const MAX_TOKENS = 40;

export const fields = {
  text: text({
    label: "一句话",
    initial: "房间不大，但很干净，老板也好",
    maxLength: 40,
    validate: (value) => (value.trim() === "" ? "先写几个字。" : undefined),
  }),
  what: choice({
    label: "哪种注意力",
    initial: "mean",
    options: named({ head: "一个头", mean: "一层平均", rollout: "连乘" }),
  }),
  layer: integer({ label: "第几层", initial: 6, min: 1, max: 6 }),
  head: integer({ label: "第几个头", initial: 1, min: 1, max: 4 }),
};
export type Settings = StateOf<typeof fields>;
export const VIEWS = ["what", "layer", "head"] as const;

/** What the classifier makes of a text, and of the text with one character hidden after the other. */
export interface Attended {
  readonly tokens: readonly string[];
  readonly unknown: readonly UnknownCharacter[];
  /** Log-odds of "good". */
  readonly odds: number;
  /** What the log-odds lose where a token is hidden. */
  readonly occlusion: readonly number[];
  /** One for each layer, [heads, tokens, tokens], the marks included. */
  readonly patterns: readonly HostTensor[];
}

// #region attended
/** @throws EngineError `bad-input` for a text with nothing to hide, or with too many tokens */
export async function readAttended({ engine, model }: WorkContext, text: string): Promise<Attended> {
  const good = model.config.architecture === "bert" ? model.config.classNames.indexOf("good") : -1;
  const encoded = await engine.encode(model.id, text);
  const places = [...encoded.ids.keys()].slice(1, -1);
  if (good < 0 || places.length === 0) throw new EngineError("bad-input", "这句话里没有可以遮的字");
  if (encoded.ids.length > MAX_TOKENS) {
    throw new EngineError("bad-input", `这句话是 ${encoded.ids.length} 个词元，图上最多放 ${MAX_TOKENS} 个`);
  }
  const { classes, traces } = await engine.read(model.id, encoded, { trace: ["blocks.*.attn.pattern"] });
  const odds = logOdds(classes!, good);
  const hidden = occlusions(encoded, places, model.vocabulary.indexOf("[MASK]"));
  const readings = await engine.readTexts(model.id, hidden);
  const nameOf = (place: number): string =>
    encoded.unknown.find(({ index }) => index === place)?.char ?? model.vocabulary[encoded.ids[place]!] ?? "";
  return {
    tokens: places.map(nameOf),
    unknown: encoded.unknown,
    odds,
    occlusion: readings.map(({ classes: rest }) => odds - logOdds(rest!, good)),
    patterns: [...traces.values()],
  };
}
// #endregion

/** What [CLS], from which the class is read, takes from each token, with the marks left out. */
export function attentionOf(
  { patterns }: Pick<Attended, "patterns">,
  { what, layer, head }: Pick<Settings, "what" | "layer" | "head">,
): number[] {
  const pattern = patterns[layer - 1]!;
  const length = pattern.shape[1]!;
  const weights =
    what === "head"
      ? headWeights(pattern, head - 1)
      : what === "mean"
        ? meanOverHeads(pattern)
        : attentionRollout(patterns.slice(0, layer)).at(-1)!;
  return [...weights.subarray(1, length - 1)];
}

/** How much two orders agree: rank correlations of attention with the size of what occlusion finds. */
export function agreement(attention: readonly number[], occlusion: readonly number[]) {
  const sizes = occlusion.map(Math.abs);
  return { tau: kendall(attention, sizes), rho: spearman(attention, sizes) };
}

interface Line {
  readonly place: number;
  readonly token: string;
  readonly occlusion: number;
  readonly layers: readonly number[];
}

/** Tokens with what occlusion finds, and what every layer gives them on average. */
export function tableOf(attended: Attended): CsvTable {
  const layers = attended.patterns.map((_, i) => attentionOf(attended, { what: "mean", layer: i + 1, head: 1 }));
  const columns: Column<Line>[] = [
    { head: "位置", cell: ({ place }) => place },
    { head: "词元", cell: ({ token }) => token },
    { head: "遮挡", cell: ({ occlusion }) => occlusion },
    ...layers.map((_, i): Column<Line> => ({ head: `第 ${i + 1} 层平均的注意力`, cell: (line) => line.layers[i] })),
  ];
  return csvOf(
    columns,
    attended.tokens.map((token, i) => ({
      ...{ place: i + 1, token, occlusion: attended.occlusion[i]! },
      layers: layers.map((own) => own[i]!),
    })),
  );
}
