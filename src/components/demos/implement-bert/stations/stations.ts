import type { Station } from "../../../subjects/reading/views.ts";

const tokens = { space: "residual", form: "tokens" } as const;
const head = { space: "head", form: "head" } as const;

/** The way through BERT, as the chapter goes it. */
export const STATIONS = {
  embeddings: {
    title: "三种嵌入",
    panels: [
      { origin: "models/bert.ts#embed", label: "词", ...tokens },
      { origin: "models/bert.ts#token_type_embed", label: "段", ...tokens },
      { origin: "models/bert.ts#pos_embed", label: "位置", ...tokens },
      { origin: "models/bert.ts#embed_sum", label: "三者之和", ...tokens },
    ],
  },
  "embedding-norm": {
    title: "第一次层归一化",
    panels: [
      { origin: "models/bert.ts#full_embed", label: "之后", ...tokens },
      { origin: "models/bert.ts#embed_sum", label: "之前", ...tokens },
    ],
  },
  "query-key-value": {
    title: "查询、键、值",
    panels: [
      { origin: "nn/attention.ts#blocks.*.attn.q", label: "查询 q", ...head },
      { origin: "nn/attention.ts#blocks.*.attn.k", label: "键 k", ...head },
      { origin: "nn/attention.ts#blocks.*.attn.v", label: "值 v", ...head },
    ],
  },
  scores: {
    title: "分数",
    panels: [{ origin: "nn/attention.ts#blocks.*.attn.scores", label: "分数", space: "keys", form: "scores" }],
  },
  pattern: {
    title: "注意力权重",
    panels: [{ origin: "nn/attention.ts#blocks.*.attn.pattern", label: "权重", space: "keys", form: "weights" }],
  },
  mixed: {
    title: "混合后的值",
    panels: [{ origin: "nn/attention.ts#blocks.*.attn.z", label: "混合 z", ...head }],
  },
  "attention-output": {
    title: "输出投影、残差、层归一化",
    panels: [
      { origin: "nn/transformer-block.ts#blocks.*.attn_out", label: "投影", ...tokens },
      { origin: "nn/transformer-block.ts#blocks.*.resid_mid", label: "加上残差", ...tokens },
      { origin: "nn/transformer-block.ts#blocks.*.ln1.normalized", label: "归一化", ...tokens },
    ],
  },
  "feed-forward": {
    title: "前馈网络",
    panels: [
      { origin: "nn/feed-forward.ts#blocks.*.mlp.pre", label: "放宽", space: "inner", form: "tokens" },
      { origin: "nn/feed-forward.ts#blocks.*.mlp.post", label: "GELU", space: "inner", form: "tokens" },
      { origin: "nn/transformer-block.ts#blocks.*.mlp_out", label: "收窄", ...tokens },
    ],
  },
  "block-output": {
    title: "块的输出",
    panels: [
      { origin: "nn/transformer-block.ts#blocks.*.normalized_resid_post", label: "归一化", ...tokens },
      { origin: "nn/transformer-block.ts#blocks.*.resid_post", label: "加上残差", ...tokens },
    ],
  },
  pooler: {
    title: "pooler",
    panels: [{ origin: "models/bert.ts#pooler_out", label: "[CLS]", space: "residual", form: "sequence" }],
  },
} as const satisfies Readonly<Record<string, Station>>;

export type StationId = keyof typeof STATIONS;
