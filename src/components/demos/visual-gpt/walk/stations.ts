import { BENDS } from "./bends.ts";
import type { Sizes, Source, Station } from "./station.ts";

const width = (sizes: Sizes): number => sizes.width;
const inner = (sizes: Sizes): number => sizes.innerWidth;
const headWidth = ({ width, heads }: Sizes): number => width / heads;
const matrix = (name: string, rows: (sizes: Sizes) => number, columns: (sizes: Sizes) => number): Source => ({
  weights: (sizes) => `${name} [${rows(sizes)} × ${columns(sizes)}]`,
});

/** What becomes of a dot product before it is a score. */
function divided(sizes: Sizes): string {
  const { byWidth, byLayer } = sizes.scaling ?? { byWidth: true, byLayer: false };
  const root = `√${headWidth(sizes)}`;
  if (!byWidth && !byLayer) return `这个模型不除以 ${root}，就这样用`;
  const divisors = [byWidth && ` ${root}`, byLayer && "这一块的编号"].filter(Boolean);
  return `再除以${divisors.join("，又除以")}，免得数太大`;
}

/** The way through a GPT-2, from characters to probabilities. Between `ln1` and `post` each layer goes it anew. */
export const STATIONS = [
  {
    id: "tokens",
    title: "字变成编号",
    short: "字和编号",
    form: "ids",
    origin: "files/tokenizer.ts#Tokenizer.encode",
    says: ({ vocabularySize, characters, mark }) => {
      const token = characters ? "一个词元就是一个字" : "一个词元可以是几个字，也可以只是一个字的几个字节";
      const front = mark
        ? `最前面的 ${mark} 表示文章从这里开始。`
        : "这个模型没有表示文章开头的记号，文字前面什么也不加。";
      return `词表里有 ${vocabularySize} 个词元，这个模型的${token}。模型读到的只有编号。${front}`;
    },
    from: [],
  },
  {
    id: "embed",
    title: "词元嵌入",
    short: "词元嵌入",
    form: "rows",
    columns: width,
    origin: "models/gpt2.ts#embed",
    says: ({ width }) =>
      `按编号去查一张学来的表，取出一行 ${width} 个数。同一个字不管在哪里，取出来的都一样：找两个相同的字，比比它们的两行。`,
    from: [{ station: "tokens" }, matrix("嵌入表", ({ vocabularySize }) => vocabularySize, width)],
  },
  {
    id: "pos",
    title: "位置嵌入",
    short: "位置嵌入",
    form: "rows",
    columns: width,
    origin: "models/gpt2.ts#pos_embed",
    says: ({ contextLength }) =>
      `另一张学来的表按位置查，第几个词元就取第几行，不管那里是什么字。表有 ${contextLength} 行，所以模型最多读 ${contextLength} 个词元。`,
    from: [matrix("位置表", ({ contextLength }) => contextLength, width)],
  },
  {
    id: "input",
    title: "相加：残差流从这里开始",
    short: "⊕ 相加",
    form: "rows",
    columns: width,
    origin: "models/gpt2.ts#blocks.*.resid_pre",
    says: () =>
      "两行数逐个相加。每个词元从此有一行自己的数，叫残差流（residual stream）。后面的每一步都只往这一行上加，从不擦掉它。",
    from: [{ station: "embed" }, { station: "pos" }],
    sign: "+",
  },
  {
    id: "ln1",
    title: "第一次层归一化",
    short: "层归一化",
    form: "rows",
    columns: width,
    origin: "models/gpt2.ts#blocks.*.ln1.normalized",
    says: () =>
      "残差流的副本先归一化再交给注意力：每一行减去自己的均值，除以自己的标准差，再乘学来的增益，加学来的偏置。残差流本身不变。",
    from: [{ station: "stream" }],
  },
  {
    id: "q",
    title: "查询：这个字在找什么",
    short: "查询 q",
    form: "head",
    origin: "models/gpt2.ts#blocks.*.attn.q",
    says: (sizes) =>
      `每一行乘一个学来的矩阵，得到这个头的查询（query），${headWidth(sizes)} 个数。它要拿去和所有的键比。`,
    from: [{ station: "ln1" }, matrix("W_Q", width, headWidth)],
    sign: "×",
    role: "query",
  },
  {
    id: "k",
    title: "键：这个字拿什么给人找",
    short: "键 k",
    form: "head",
    origin: "models/gpt2.ts#blocks.*.attn.k",
    says: () => "同样的输入乘另一个矩阵，得到键（key）。一个字的查询和另一个字的键越合得来，前者就越看后者。",
    from: [{ station: "ln1" }, matrix("W_K", width, headWidth)],
    sign: "×",
    role: "key",
  },
  {
    id: "v",
    title: "值：看到以后拿走什么",
    short: "值 v",
    form: "head",
    origin: "models/gpt2.ts#blocks.*.attn.v",
    says: () => "再乘第三个矩阵，得到值（value）。查询和键只决定看谁，拿走的是值。",
    from: [{ station: "ln1" }, matrix("W_V", width, headWidth)],
    sign: "×",
    role: "value",
  },
  {
    id: "scores",
    title: "分数：查询和键的点积",
    short: "分数",
    form: "square",
    origin: "tensor/derived.ts#attentionScores",
    says: (sizes) => `每个查询和每个键做点积，${divided(sizes)}。一行是一个字在看，一列是一个被看的字。`,
    from: [{ station: "q" }, { station: "k" }],
    sign: "×",
    role: "attention",
  },
  {
    id: "mask",
    title: "掩码：后面的不许看",
    short: "掩码",
    form: "square",
    origin: "models/gpt2.ts#blocks.*.attn.scores",
    says: () =>
      "右上角是还没有出现的字，分数一律改成 −∞。训练的时候整句话一次算完，没有这一步，模型就会偷看它要猜的字。",
    from: [{ station: "scores" }],
    role: "attention",
  },
  {
    id: "pattern",
    title: "softmax：分数变成注意力权重",
    short: "softmax",
    form: "square",
    origin: "models/gpt2.ts#blocks.*.attn.pattern",
    says: () =>
      "每一行分别做 softmax：都变成正数，加起来是 1。−∞ 变成 0。这就是注意力矩阵，一行说的是一个字的注意力怎样分给前面的字。",
    from: [{ station: "mask" }],
    role: "attention",
  },
  {
    id: "mixed",
    title: "按权重把值加起来",
    short: "加权和 z",
    form: "head",
    origin: "models/gpt2.ts#blocks.*.attn.z",
    says: () => "每个字按自己的权重，把看得到的字的值加起来。前面的字的消息，就是在这里搬到这个字上来的。",
    from: [{ station: "pattern" }, { station: "v" }],
    sign: "×",
    role: "value",
  },
  {
    id: "heads",
    title: "几个头并排",
    short: "各头并排",
    form: "rows",
    columns: width,
    origin: "models/gpt2.ts#blocks.*.attn.z",
    says: (sizes) =>
      `${sizes.heads} 个头各做各的，结果并排放回一行，每个头占 ${headWidth(sizes)} 个数，合起来又是 ${sizes.width} 个。`,
    from: [{ station: "mixed" }],
  },
  {
    id: "project",
    title: "输出投影",
    short: "投影",
    form: "rows",
    columns: width,
    origin: "models/gpt2.ts#blocks.*.attn_out",
    says: () => "再乘一个矩阵，各个头的结果混在一起，变成可以加回残差流的样子。",
    from: [{ station: "heads" }, matrix("W_O", width, width)],
    sign: "×",
  },
  {
    id: "mid",
    title: "加回残差流",
    short: "⊕ 残差",
    form: "rows",
    columns: width,
    origin: "models/gpt2.ts#blocks.*.resid_mid",
    says: () => "注意力的结果加到残差流上。原来的数还在，只是多了一份从别的字那里来的消息。",
    from: [{ station: "stream" }, { station: "project" }],
    sign: "+",
  },
  {
    id: "ln2",
    title: "第二次层归一化",
    short: "层归一化",
    form: "rows",
    columns: width,
    origin: "models/gpt2.ts#blocks.*.ln2.normalized",
    says: () => "交给前馈网络之前，副本再归一化一次，增益和偏置是另外的一组。",
    from: [{ station: "mid" }],
  },
  {
    id: "expand",
    title: "前馈网络：放宽",
    short: "放宽",
    form: "rows",
    columns: inner,
    origin: "models/gpt2.ts#blocks.*.mlp.pre",
    says: ({ width, innerWidth }) =>
      `每一行单独乘一个矩阵，从 ${width} 个数放宽到 ${innerWidth} 个。这里字和字之间没有来往。`,
    from: [{ station: "ln2" }, matrix("W_in", width, inner)],
    sign: "×",
  },
  {
    id: "gelu",
    title: ({ activation }) => BENDS[activation].title,
    short: ({ activation }) => BENDS[activation].name,
    form: "rows",
    columns: inner,
    origin: "models/gpt2.ts#blocks.*.mlp.post",
    says: ({ activation }) => `${BENDS[activation].says}没有这道弯，前后两次相乘就等于一次。`,
    from: [{ station: "expand" }],
  },
  {
    id: "contract",
    title: "前馈网络：收窄",
    short: "收窄",
    form: "rows",
    columns: width,
    origin: "models/gpt2.ts#blocks.*.mlp_out",
    says: ({ width, innerWidth }) => `再乘一个矩阵，从 ${innerWidth} 个数收回 ${width} 个。`,
    from: [{ station: "gelu" }, matrix("W_out", inner, width)],
    sign: "×",
  },
  {
    id: "post",
    title: "加回残差流：这一块做完了",
    short: "⊕ 残差",
    form: "rows",
    columns: width,
    origin: "models/gpt2.ts#blocks.*.resid_post",
    says: ({ layers }) => `前馈网络的结果也加上去。同样的一块有 ${layers} 个，一个接一个，参数各不相同。`,
    from: [{ station: "mid" }, { station: "contract" }],
    sign: "+",
  },
  {
    id: "final",
    title: "最后一次层归一化",
    short: "层归一化",
    form: "rows",
    columns: width,
    origin: "models/gpt2.ts#ln_final.normalized",
    says: () => "最后一块的残差流归一化一次。到这里，每个字的一行数说的已经是下一个字。",
    from: [{ station: "post" }],
  },
  {
    id: "logits",
    title: "和每个词元的嵌入比：logits",
    short: "logits",
    form: "guesses",
    origin: "models/gpt2.ts#logits",
    says: ({ vocabularySize, tiedHead }) =>
      tiedHead
        ? `这一行和嵌入表里的每一行做点积，每个词元得一个数，一共 ${vocabularySize} 个，叫 logits。用的就是第一步查的那张表。`
        : `这一行和另一张学来的表里的每一行做点积，每个词元得一个数，一共 ${vocabularySize} 个，叫 logits。这个模型进和出用两张表。`,
    from: [
      { station: "final" },
      {
        weights: ({ width, vocabularySize, tiedHead }) =>
          `${tiedHead ? "嵌入表" : "输出表"}的转置 [${width} × ${vocabularySize}]`,
      },
    ],
    sign: "×",
  },
  {
    id: "next",
    title: "softmax：下一个字的概率",
    short: "概率",
    form: "guesses",
    origin: "decoding/softmax.ts#softmax",
    says: () =>
      "最后一次 softmax，logits 变成概率。每个字都猜了自己的下一个字，写新字的时候只用最后一行。从概率里选一个字是解码器的事。",
    from: [{ station: "logits" }],
  },
] as const satisfies readonly Station[];

export type StationId = (typeof STATIONS)[number]["id"];

export const IDS: readonly StationId[] = STATIONS.map(({ id }) => id);

export function stationOf(id: StationId): Station {
  return STATIONS.find((station) => station.id === id)!;
}
