import { SAID, type SaidText } from "./said.ts";

/** What a row compares: a method that shares out a verdict, or numbers from within a model. */
export type Kind =
  | "occlusion"
  | "gradient"
  | "integrated"
  | "lime"
  | "lime-own"
  | "shapley"
  | "kernel"
  | "kernel-own"
  | "heads"
  | "lens";

export interface Row {
  /** Its function in `training/peers.py`, by its region, and what it has said. */
  readonly region: string;
  readonly peer: string;
  /** As the package is called. */
  readonly tool: string;
  /** What of it is called, and what that is. */
  readonly call: string;
  readonly title: string;
  /** Where there is little room. */
  readonly short: string;
  readonly kind: Kind;
  readonly model: "sentiment-zh" | "gpt-zh" | "bert-zh";
  /** Why the two may differ. */
  readonly why: "rounding" | "sampling" | "definition";
}

const classifier = { model: "sentiment-zh", why: "rounding" } as const;
const same = (peer: string): Pick<Row, "peer" | "region"> => ({ peer, region: peer });

/** A tool at one of its methods, beside ours. */
export const ROWS = {
  "captum-occlusion": {
    ...{ ...same("captum-occlusion"), ...classifier, tool: "captum", call: "FeatureAblation" },
    ...{ title: "遮挡", short: "captum 遮挡", kind: "occlusion" },
  },
  "captum-gradient": {
    ...{ ...same("captum-gradient"), ...classifier, tool: "captum", call: "LayerGradientXActivation" },
    ...{ title: "梯度×输入", short: "captum 梯度×输入", kind: "gradient" },
  },
  "captum-integrated": {
    ...{ ...same("captum-integrated"), ...classifier, tool: "captum", call: "LayerIntegratedGradients" },
    ...{ title: "积分梯度", short: "captum 积分梯度", kind: "integrated" },
  },
  "shap-exact": {
    ...{ ...same("shap-exact"), ...classifier, tool: "shap", call: "ExactExplainer" },
    ...{ title: "精确的 Shapley 值", short: "shap 精确", kind: "shapley" },
  },
  "shap-kernel": {
    ...{ ...same("shap-kernel"), ...classifier, tool: "shap", call: "KernelExplainer" },
    ...{ title: "KernelSHAP，同样的样本", short: "shap Kernel", kind: "kernel" },
  },
  "kernel-own": {
    ...{ ...same("shap-kernel"), ...classifier, tool: "shap", call: "KernelExplainer", why: "sampling" },
    ...{ title: "KernelSHAP，各抽各的", short: "shap Kernel，各抽各的", kind: "kernel-own" },
  },
  "shap-partition": {
    ...{ ...same("shap-partition"), ...classifier, tool: "shap", call: "PartitionExplainer", why: "definition" },
    ...{ title: "Owen 值，和 Shapley 值比", short: "shap Partition", kind: "shapley" },
  },
  "lime-text": {
    ...{ ...same("lime-text"), ...classifier, tool: "lime", call: "LimeTextExplainer" },
    ...{ title: "LIME，同样的样本", short: "lime", kind: "lime" },
  },
  "lime-own": {
    ...{ ...same("lime-text"), ...classifier, tool: "lime", call: "LimeTextExplainer", why: "sampling" },
    ...{ title: "LIME，各抽各的", short: "lime，各抽各的", kind: "lime-own" },
  },
  "bertviz-gpt": {
    ...{ peer: "bertviz-gpt", region: "bertviz", tool: "bertviz", call: "head_view", why: "rounding" },
    ...{ title: "GPT 的注意力", short: "BertViz，GPT", kind: "heads", model: "gpt-zh" },
  },
  "bertviz-bert": {
    ...{ peer: "bertviz-bert", region: "bertviz", tool: "bertviz", call: "head_view", why: "rounding" },
    ...{ title: "BERT 的注意力", short: "BertViz，BERT", kind: "heads", model: "bert-zh" },
  },
  lens: {
    ...{ ...same("lens"), tool: "transformer-lens", call: "logit_lens", why: "rounding" },
    ...{ title: "logit lens", short: "TransformerLens", kind: "lens", model: "gpt-zh" },
  },
  "hidden-states": {
    ...{ ...same("hidden-states"), tool: "transformers", call: "output_hidden_states", why: "rounding" },
    ...{ title: "logit lens，自己写", short: "transformers", kind: "lens", model: "gpt-zh" },
  },
} as const satisfies Readonly<Record<string, Row>>;

export type RowId = keyof typeof ROWS;
export const ROW_IDS = Object.keys(ROWS) as readonly RowId[];

/** @throws RangeError for a row of which nothing was said */
export function saidBy(id: RowId): readonly SaidText[] {
  const { peer } = ROWS[id];
  const texts = SAID.peers[peer];
  if (!texts || texts.length === 0) throw new RangeError(`training/tools.json has nothing of ${peer}`);
  return texts;
}

/** What a tool says of one of its texts, counted from 1; of the last one where it has fewer. */
export function saidOf(id: RowId, sentence: number): SaidText {
  const texts = saidBy(id);
  return texts[Math.min(sentence, texts.length) - 1]!;
}

/** The tool with its version. */
export function toolName(id: RowId): string {
  const { tool } = ROWS[id];
  return `${tool} ${SAID.made.versions[tool] ?? ""}`;
}
