export type Side = "left" | "right" | "above" | "below";

/** A language model as its makers tell of it. */
export interface Published {
  readonly name: string;
  /** Year and month of the paper's first version, `2020-05`. */
  readonly date: string;
  readonly parameters: number;
  /** Parameters at work for each token, where it does not pass through all of them. */
  readonly active?: number;
  /** Tokens read in pre-training; null where the paper does not say how many. */
  readonly tokens: number | null;
  /** The paper, as its authors named it, and where it is. */
  readonly paper: string;
  readonly url: string;
  /** Where in the paper its line stands. */
  readonly place: string;
  /** Its words there, letter for letter, cells of a table apart by `|`; `…` where some are left out. Each was held against a copy of the text. */
  readonly line: string;
  /** What is not said there: how a number follows from it, or what somebody else says of it. */
  readonly note?: string;
  /** Where its name stands beside its point; one without is one of a family that another one names. */
  readonly label?: Side;
  /** The same where the horizontal axis is the year, if it must be another one there. */
  readonly dated?: Side | "none";
  /** Its name stands only where the plot is wide: on a narrow one it would lie on other points. */
  readonly roomy?: true;
}

const GPT3 = {
  date: "2020-05",
  tokens: 300e9,
  paper: "Language Models are Few-Shot Learners",
  url: "https://arxiv.org/abs/2005.14165",
  place: "Table 2.1",
};

/** A row of GPT-3's table, with what its caption says of all rows. */
const rowOfGpt3 = (name: string, size: string): string =>
  `${name} | ${size} … All models were trained for a total of 300 billion tokens.`;

/** The smaller models of GPT-3's paper, by their names and sizes there. */
const GPT3_FAMILY: readonly (readonly [name: string, size: string, parameters: number])[] = [
  ["GPT-3 Small", "125M", 125e6],
  ["GPT-3 Medium", "350M", 350e6],
  ["GPT-3 Large", "760M", 760e6],
  ["GPT-3 XL", "1.3B", 1.3e9],
  ["GPT-3 2.7B", "2.7B", 2.7e9],
  ["GPT-3 6.7B", "6.7B", 6.7e9],
  ["GPT-3 13B", "13.0B", 13e9],
];

/** By date. Only what a paper of its makers says: of GPT-4 and its like none says how large they are. */
export const PUBLISHED: readonly Published[] = [
  {
    name: "GPT",
    date: "2018-06",
    parameters: 116_534_784,
    tokens: null,
    paper: "Improving Language Understanding by Generative Pre-Training",
    url: "https://cdn.openai.com/research-covers/language-unsupervised/language_understanding_paper.pdf",
    place: "Section 4.1",
    line: "12-layer decoder-only transformer with masked self-attention heads (768 dimensional states and 12 attention heads) … (BPE) vocabulary with 40,000 merges",
    note: "论文没有说一共有多少参数，这里是由各项大小算出来的，词表按公布的 40478 个词元、位置按 512 个算；GPT-2 的论文写作 117M。",
    label: "above",
  },
  {
    name: "BERT-large",
    date: "2018-10",
    parameters: 340e6,
    tokens: null,
    paper: "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
    url: "https://arxiv.org/abs/1810.04805",
    place: "Section 3",
    line: "(L=24, H=1024, A=16, Total Parameters=340M)",
    note: "读了多少词元，论文没有给出总数，别的论文算得也不一样：T5 的说大约 1370 亿，GPT-3 的说 2500 亿。",
    label: "above",
  },
  {
    name: "GPT-2",
    date: "2019-02",
    parameters: 1_557_611_200,
    tokens: null,
    paper: "Language Models are Unsupervised Multitask Learners",
    url: "https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf",
    place: "Table 2",
    line: "1542M | 48 | 1600",
    note: "OpenAI 后来更正，论文里的参数个数算错了（openai/gpt-2 的 README）。这里是按 48 层、宽 1600、50257 个词元、1024 个位置算出来的。",
    label: "above",
  },
  {
    name: "T5-11B",
    date: "2019-10",
    parameters: 11e9,
    active: 5.5e9,
    tokens: 1e12,
    paper: "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer",
    url: "https://arxiv.org/abs/1910.10683",
    place: "Section 3.7, Table 15",
    line: "our largest (11 billion parameter) model … 1 trillion tokens (the same number used for the T5 model variants)",
    note: "一个词元只经过编码器或者解码器，所以只用到一半的参数，GPT-3 的论文（表 D.1）也这样算。",
    label: "left",
  },
  ...GPT3_FAMILY.map(([name, size, parameters]) => ({
    name,
    ...GPT3,
    parameters,
    line: rowOfGpt3(name, size),
    ...(name === "GPT-3 Small" && { label: "left" as const }),
  })),
  {
    name: "GPT-3",
    ...GPT3,
    parameters: 175e9,
    line: rowOfGpt3("GPT-3 175B or “GPT-3”", "175.0B"),
    label: "below",
  },
  {
    name: "Gopher",
    date: "2021-12",
    parameters: 280e9,
    tokens: 300e9,
    paper: "Scaling Language Models: Methods, Analysis & Insights from Training Gopher",
    url: "https://arxiv.org/abs/2112.11446",
    place: "Abstract",
    line: "a 280 billion parameter model called Gopher",
    note: "词元见 Chinchilla 的论文，表 1：Gopher，280 Billion，300 Billion。",
    label: "right",
    dated: "left",
  },
  {
    name: "Chinchilla",
    date: "2022-03",
    parameters: 70e9,
    tokens: 1.4e12,
    paper: "Training Compute-Optimal Large Language Models",
    url: "https://arxiv.org/abs/2203.15556",
    place: "Table 1",
    line: "Chinchilla | 70 Billion | 1.4 Trillion",
    label: "right",
    dated: "below",
  },
  {
    name: "PaLM",
    date: "2022-04",
    parameters: 540e9,
    tokens: 780e9,
    paper: "PaLM: Scaling Language Modeling with Pathways",
    url: "https://arxiv.org/abs/2204.02311",
    place: "Section 1",
    line: "a 540 billion parameter, densely activated, autoregressive Transformer on 780 billion tokens of high-quality text",
    label: "right",
  },
  {
    name: "GLM-130B",
    date: "2022-10",
    parameters: 130e9,
    tokens: 400e9,
    paper: "GLM-130B: An Open Bilingual Pre-trained Model",
    url: "https://arxiv.org/abs/2210.02414",
    place: "Section 1",
    line: "bidirectional dense model with 130 billion parameters, pre-trained over 400 billion tokens",
    label: "left",
    roomy: true,
    dated: "none",
  },
  {
    name: "LLaMA-65B",
    date: "2023-02",
    parameters: 65.2e9,
    tokens: 1.4e12,
    paper: "LLaMA: Open and Efficient Foundation Language Models",
    url: "https://arxiv.org/abs/2302.13971",
    place: "Table 2",
    line: "65.2B | 8192 | 64 | 80 | … | 1.4T",
  },
  {
    name: "Llama 2 70B",
    date: "2023-07",
    parameters: 70e9,
    tokens: 2e12,
    paper: "Llama 2: Open Foundation and Fine-Tuned Chat Models",
    url: "https://arxiv.org/abs/2307.09288",
    place: "Table 1",
    line: "70B | 4k | … | 2.0T … Token counts refer to pretraining data only.",
    label: "above",
    dated: "right",
  },
  {
    name: "Llama 3 405B",
    date: "2024-07",
    parameters: 405e9,
    tokens: 15.6e12,
    paper: "The Llama 3 Herd of Models",
    url: "https://arxiv.org/abs/2407.21783",
    place: "Section 1",
    line: "we pre-trained a flagship model with 405B trainable parameters on 15.6T text tokens",
    label: "left",
    roomy: true,
  },
  {
    name: "DeepSeek-V3",
    date: "2024-12",
    parameters: 671e9,
    active: 37e9,
    tokens: 14.8e12,
    paper: "DeepSeek-V3 Technical Report",
    url: "https://arxiv.org/abs/2412.19437",
    place: "Abstract",
    line: "671B total parameters with 37B activated for each token … on 14.8 trillion diverse and high-quality tokens",
    label: "below",
    dated: "above",
  },
  {
    name: "Qwen3-235B-A22B",
    date: "2025-05",
    parameters: 235e9,
    active: 22e9,
    tokens: 36e12,
    paper: "Qwen3 Technical Report",
    url: "https://arxiv.org/abs/2505.09388",
    place: "Section 1",
    line: "a total of 235 billion parameters and 22 billion activated ones per token … Qwen3 has been pre-trained on 36 trillion tokens",
    label: "left",
    dated: "right",
  },
];
