export type Side = "left" | "right" | "above" | "below";

/** A language model as its own paper tells of it. */
export interface Published {
  readonly name: string;
  /** Year and month of the paper's first version, `2020-05`. */
  readonly date: string;
  readonly parameters: number;
  /** Parameters at work for each token, where a mixture of experts has more. */
  readonly active?: number;
  /** Tokens read in pre-training; null where the paper does not say. */
  readonly tokens: number | null;
  /** The paper, as its authors named it, and where it is. */
  readonly paper: string;
  readonly url: string;
  /** What the paper says of them, in short, and the table where there is one. */
  readonly line: string;
  /** Where its name stands beside its point; one without is one of a family that another one names. */
  readonly label?: Side;
  /** The same where the horizontal axis is the year, if it must be another one there. */
  readonly dated?: Side | "none";
}

const GPT2 = {
  paper: "Language Models are Unsupervised Multitask Learners",
  url: "https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf",
};

const GPT3 = {
  date: "2020-05",
  tokens: 300e9,
  paper: "Language Models are Few-Shot Learners",
  url: "https://arxiv.org/abs/2005.14165",
};

/** The eight models of GPT-3's paper, by their names there. */
const GPT3_FAMILY: readonly (readonly [string, number])[] = [
  ["Small", 125e6],
  ["Medium", 350e6],
  ["Large", 760e6],
  ["XL", 1.3e9],
  ["2.7B", 2.7e9],
  ["6.7B", 6.7e9],
  ["13B", 13e9],
];

/** By date. Only what a paper of its makers says: of GPT-4 and its like none says how large they are. */
export const PUBLISHED: readonly Published[] = [
  {
    name: "GPT",
    date: "2018-06",
    parameters: 117e6,
    tokens: null,
    ...GPT2,
    line: "Table 2, 117M: the smallest of the four is equivalent to the first GPT",
    label: "above",
  },
  {
    name: "BERT-large",
    date: "2018-10",
    parameters: 340e6,
    tokens: null,
    paper: "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
    url: "https://arxiv.org/abs/1810.04805",
    line: "340M parameters",
    label: "above",
  },
  {
    name: "GPT-2",
    date: "2019-02",
    parameters: 1542e6,
    tokens: null,
    ...GPT2,
    line: "Table 2: 1542M parameters, 48 layers, d_model 1600",
    label: "above",
  },
  {
    name: "T5-11B",
    date: "2019-10",
    parameters: 11e9,
    tokens: 1e12,
    paper: "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer",
    url: "https://arxiv.org/abs/1910.10683",
    line: "11 billion parameters, about 1 trillion tokens of pre-training",
    label: "left",
  },
  ...GPT3_FAMILY.map(([name, parameters]) => ({
    name: `GPT-3 ${name}`,
    ...GPT3,
    parameters,
    line: "Table 2.1; 300 billion tokens for each of the eight",
    ...(name === "Small" && { label: "left" as const }),
  })),
  {
    name: "GPT-3",
    ...GPT3,
    parameters: 175e9,
    line: "Table 2.1: 175.0B parameters, 300 billion tokens",
    label: "below",
  },
  {
    name: "Gopher",
    date: "2021-12",
    parameters: 280e9,
    tokens: 300e9,
    paper: "Scaling Language Models: Methods, Analysis & Insights from Training Gopher",
    url: "https://arxiv.org/abs/2112.11446",
    line: "280 billion parameters, 300 billion tokens",
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
    line: "Table 1: Chinchilla, 70 Billion parameters, 1.4 Trillion tokens",
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
    line: "540 billion parameters, 780 billion tokens",
    label: "right",
  },
  {
    name: "GLM-130B",
    date: "2022-10",
    parameters: 130e9,
    tokens: 400e9,
    paper: "GLM-130B: An Open Bilingual Pre-trained Model",
    url: "https://arxiv.org/abs/2210.02414",
    line: "130 billion parameters, over 400 billion tokens",
    label: "left",
    dated: "none",
  },
  {
    name: "LLaMA-65B",
    date: "2023-02",
    parameters: 65.2e9,
    tokens: 1.4e12,
    paper: "LLaMA: Open and Efficient Foundation Language Models",
    url: "https://arxiv.org/abs/2302.13971",
    line: "Table 2: 65.2B parameters, 1.4T tokens",
  },
  {
    name: "Llama 2 70B",
    date: "2023-07",
    parameters: 70e9,
    tokens: 2e12,
    paper: "Llama 2: Open Foundation and Fine-Tuned Chat Models",
    url: "https://arxiv.org/abs/2307.09288",
    line: "Table 1: 70B parameters, 2.0T tokens",
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
    line: "405B parameters, 15.6T tokens",
    label: "left",
  },
  {
    name: "DeepSeek-V3",
    date: "2024-12",
    parameters: 671e9,
    active: 37e9,
    tokens: 14.8e12,
    paper: "DeepSeek-V3 Technical Report",
    url: "https://arxiv.org/abs/2412.19437",
    line: "Abstract: 671B parameters, of which each token activates 37B; 14.8 trillion tokens",
    label: "below",
  },
  {
    name: "Qwen3-235B-A22B",
    date: "2025-05",
    parameters: 235e9,
    active: 22e9,
    tokens: 36e12,
    paper: "Qwen3 Technical Report",
    url: "https://arxiv.org/abs/2505.09388",
    line: "235 billion parameters, of which each token activates 22 billion; 36 trillion tokens",
    label: "left",
    dated: "right",
  },
];
