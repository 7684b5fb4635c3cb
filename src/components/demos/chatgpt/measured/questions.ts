/** A question or a request, and how its answer is told to be right, where that can be told. */
export interface Question {
  readonly text: string;
  /**
   * An answer in which this occurs is right; questions without it have no single right answer. Common words of which a right answer is only a
   * part (东西, 明白, 小时, 上海) do not count.
   */
  readonly right?: RegExp;
}

/**
 * Written for this page, and none of them is among the instructions of the training, letter for letter. Every third can be checked, so that
 * the first few hold some of each.
 */
export const QUESTIONS: readonly Question[] = [
  { text: "给我三个学好英语的建议。" },
  { text: "怎样和新同事很快熟起来？" },
  { text: "一年一共有几个月？", right: /(?<![二三四五六七八九])十二|(?<![\d.])12(?!\.?\d)/u },
  { text: "写一句祝妈妈生日快乐的话。" },
  { text: "为什么要经常洗手？" },
  { text: "中国的首都在哪座城市？", right: /北京/u },
  { text: "介绍一下茶叶。" },
  { text: "怎么才能不迟到？" },
  { text: "一只正常的猫有几条腿？", right: /(?<![\d.十百第])[四4](?![十百川季]|\.?\d)/u },
  { text: "用「下雨」写一个句子。" },
  { text: "说说骑自行车上班的好处。" },
  { text: "成熟的香蕉是什么颜色的？", right: /黄(?![瓜金山河])/u },
  { text: "写一首关于秋天的短诗。" },
  { text: "怎样安慰一个考试没考好的朋友？" },
  { text: "一年里最冷的季节是哪个？", right: /冬(?!瓜)/u },
  { text: "推荐一个适合全家人去的地方。" },
  { text: "什么是图书馆？" },
  { text: "日本的首都叫什么名字？", right: /东京/u },
  { text: "晚上睡不着，我该怎么办？" },
  { text: "把「我很高兴」换一种说法。" },
  { text: "「大」的反义词是哪个字？", right: /(?<!大)小(?![时心说组])/u },
  { text: "列出做西红柿炒鸡蛋要用的东西。" },
  { text: "手机没电了会怎么样？" },
  { text: "雪是什么颜色的？", right: /(?<!明)白(?!天)/u },
  { text: "给一家卖面条的小店起个名字。" },
  { text: "为什么人要睡觉？" },
  { text: "鱼生活在哪里？", right: /水(?![果平])|(?<!上)海|[河湖](?![南北])|江(?![苏西])/u },
  { text: "写一条提醒大家节约用水的标语。" },
  { text: "第一次坐飞机要注意什么？" },
  { text: "太阳从哪个方向升起？", right: /东(?!西)/u },
  { text: "讲一个小兔子的故事。" },
  { text: "怎样把房间收拾干净？" },
  { text: "一个星期里星期一的后面是星期几？", right: /星期二|周二/u },
  { text: "说一件让你觉得幸福的小事。" },
  { text: "养一只小狗需要准备什么？" },
  { text: "人用什么来听声音？", right: /耳(?!机)/u },
];
