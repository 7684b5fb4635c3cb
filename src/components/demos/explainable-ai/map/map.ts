/** One way to ask a model for its reasons, and the demo of this book where it is to be tried. */
export interface Way {
  /** What one would like to know. */
  readonly question: string;
  readonly method: string;
  /** Where it looks. */
  readonly looks: "输入" | "中间" | "输出" | "训练";
  /** Whether it changes something and watches what follows, or reads only what is there. */
  readonly acts: "改" | "看";
  /** Of the page on which the demo stands, and its name and title there. */
  readonly slug: string;
  readonly demo: string;
  readonly title: string;
}

const attention = "gpt-bert/visual-gpt/attention";

/** From the question to the demo: of an input, of what is in between, of what comes out, of what was learnt. */
export const WAYS: readonly Way[] = [
  {
    ...{ question: "哪几个字让它这样判？", method: "归因：遮挡、梯度、Shapley 值", looks: "输入", acts: "改" },
    ...{ slug: "xai/attribution", demo: "six", title: "同一句话，六种说法" },
  },
  {
    ...{ question: "遮住邻字，它猜的变不变？", method: "遮挡实验", looks: "输入", acts: "改" },
    ...{ slug: "gpt-bert/visual-bert", demo: "fill-mask", title: "遮住，再猜" },
  },
  {
    ...{ question: "一个头在看哪里？", method: "注意力的图和连乘", looks: "中间", acts: "看" },
    ...{ slug: attention, demo: "heads", title: "GPT 的每一个头在看哪里" },
  },
  {
    ...{ question: "答案在哪一层、哪个位置定下来？", method: "激活修补", looks: "中间", acts: "改" },
    ...{ slug: attention, demo: "patch", title: "换掉一格，答案跟不跟着走" },
  },
  {
    ...{ question: "一个神经元为什么样的字兴奋？", method: "找最兴奋的例子", looks: "中间", acts: "看" },
    ...{ slug: "gpt-bert/visual-gpt/architecture", demo: "neurons", title: "什么样的字让一个神经元兴奋" },
  },
  {
    ...{ question: "向量里有没有某种消息？", method: "探针，PCA，t-SNE", looks: "中间", acts: "看" },
    ...{ slug: "gpt-bert/visual-bert/features", demo: "features", title: "一百五十句话，一层一层地看" },
  },
  {
    ...{ question: "走到一半，它已经猜到了吗？", method: "logit lens", looks: "中间", acts: "看" },
    ...{ slug: "gpt-bert/visual-gpt/output", demo: "lens", title: "走到一半就猜，猜得出吗" },
  },
  {
    ...{ question: "哪些字出乎它的意料？", method: "意外和困惑度", looks: "输出", acts: "看" },
    ...{ slug: "gpt-bert/visual-gpt/introduction", demo: "perplexity", title: "一段话，模型料得到几分" },
  },
  {
    ...{ question: "它学的是目的，还是空子？", method: "拿掉约束，再看写了什么", looks: "训练", acts: "改" },
    ...{ slug: "chatgpt-rlhf/rlhf-gpt/reward-hacking", demo: "hacking", title: "去掉 KL 惩罚" },
  },
  {
    ...{ question: "解释看没看模型？", method: "把权重随机化", looks: "训练", acts: "改" },
    ...{ slug: "xai/attribution", demo: "cascade", title: "把模型变傻，解释变不变" },
  },
  {
    ...{ question: "解释找没找到真正的原因？", method: "种下一个原因", looks: "训练", acts: "改" },
    ...{ slug: "xai/explainable-ai", demo: "who", title: "谁找到了真正的原因" },
  },
];
