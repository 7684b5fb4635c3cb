/** A question with an answer that a person would give. */
export interface Reference {
  readonly question: string;
  readonly answer: string;
}

/** Written for this page: no question with its answer is among the instructions of the training. */
export const REFERENCES: readonly Reference[] = [
  {
    question: "给我三个记单词的建议。",
    answer: "1. 每天记十个新单词。\n2. 把单词放进句子里。\n3. 睡觉之前再复习一遍。",
  },
  { question: "中国的首都是哪个城市？", answer: "中国的首都是北京。" },
  { question: "怎样保护自己的眼睛？", answer: "少看手机，多看远处，每用眼半个小时就休息几分钟。" },
  { question: "写一句关于月亮的话。", answer: "今晚的月亮像一个银盘，静静地挂在天上。" },
  { question: "「高」的反义词是什么？", answer: "「高」的反义词是「低」。" },
  { question: "为什么冬天要多穿衣服？", answer: "因为冬天气温很低，多穿衣服可以保暖，不容易感冒。" },
  { question: "说出三种常见的水果。", answer: "苹果、香蕉和西瓜。" },
  { question: "怎么泡一杯绿茶？", answer: "先把水烧开，放凉一会儿，再倒进放了茶叶的杯子里，等三分钟就可以喝了。" },
  { question: "什么是词典？", answer: "词典是一种工具书，用来查找词语的意思和用法。" },
  { question: "给一只白猫起个名字。", answer: "可以叫它小雪。" },
  { question: "下面这句话是好评还是差评？\n房间又脏又吵，再也不来了。", answer: "这是一条差评。" },
  { question: "怎样才能交到好朋友？", answer: "要真诚待人，多关心别人，也要学会听别人说话。" },
];
