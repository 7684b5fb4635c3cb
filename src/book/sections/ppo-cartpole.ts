import type { Section } from "../types.ts";

const folder = "chatgpt-rlhf/ppo-cartpole";

/** The pages of 10.5 behind its opening. */
export const ppoCartPoleSections: readonly Section[] = [
  {
    number: "10.5.1",
    title: "策略网络：看见什么，做什么",
    short: "策略网络",
    slug: `${folder}/policy`,
    shows: "车杆的规则；四个数怎样变成往左和往右的概率；一条不用训练的规则能不能立住。",
    demos: [],
    anchors: ["1051-策略网络看见什么做什么", "车杆规则是什么", "试一试"],
  },
  {
    number: "10.5.2",
    title: "价值网络：现在的局面有多好",
    short: "价值网络",
    slug: `${folder}/value`,
    shows: "一个局面值多少分，一步比料想的好多少；倒了和时间到了为什么要分开。",
    before: [{ what: "策略和奖励", slug: `${folder}/policy` }],
    demos: [{ name: "gae", title: "优势从哪里来：GAE" }],
    anchors: ["1052-价值网络现在的局面有多好", "优势比料想的好多少", "倒了和时间到了不是一回事"],
  },
  {
    number: "10.5.3",
    title: "PPO：好的多做，但一次不改太多",
    short: "PPO",
    slug: `${folder}/ppo`,
    shows: "截断的目标函数怎样让策略每次只改一点，它不做什么，以及整个损失。",
    before: [{ what: "优势", slug: `${folder}/value` }],
    demos: [{ name: "clip", title: "拖一拖截断的目标" }],
    anchors: ["1053-ppo好的多做但一次不改太多", "截断的目标"],
  },
  {
    number: "10.5.4",
    title: "超参数：每一个管什么",
    short: "超参数",
    slug: `${folder}/hyperparameters`,
    shows: "只改一样，种子相同，两次训练并排；十个种子的成绩。",
    before: [{ what: "PPO 的目标", slug: `${folder}/ppo` }],
    demos: [{ name: "compare", title: "只改一样，比一比" }],
    anchors: ["1054-超参数每一个管什么", "一个种子不算数"],
  },
  {
    number: "10.5.5",
    title: "实例化与训练：走一批，学几遍，扔掉，再走一批",
    short: "实例化与训练",
    slug: `${folder}/training`,
    shows: "PyTorch 和 Gymnasium 的训练循环，和引擎的并排，各练十个种子。",
    before: [{ what: "PPO 的损失", slug: `${folder}/ppo` }],
    demos: [],
    anchors: ["1055-实例化两个网络一个优化器八辆车", "1056-训练走一批学几遍扔掉再走一批"],
  },
  {
    number: "10.5.7",
    title: "看曲线：怎样知道它学得好不好",
    short: "看曲线",
    slug: `${folder}/curves`,
    shows: "每条曲线正常和不正常的样子；车杆和训练 ChatGPT 差在哪里；小结。",
    before: [{ what: "训练的循环", slug: `${folder}/training` }],
    demos: [],
    anchors: ["1057-看曲线怎样知道它学得好不好", "和训练-chatgpt-差在哪里"],
  },
];
