/** The classes of sentiment-zh, as its configuration names them. */
export type Side = "good" | "bad";

/** A sentence that the classifier is examined on. */
export interface ExamSentence {
  /** What makes it easy or hard. */
  readonly kind: string;
  /** What a reader takes it for; null where it is neither. */
  readonly label: Side | null;
  readonly text: string;
}

/** The kind of sentence for which no answer is right. */
export const NEITHER = "不好不坏";

/**
 * Written for this book before the classifier was first asked, and not changed since; none stands in its training text. As many are good as
 * are bad.
 */
export const EXAM_SENTENCES: readonly ExamSentence[] = [
  { kind: "直说好", label: "good", text: "灯很亮，组装也简单，十分钟就装好了。" },
  { kind: "直说好", label: "good", text: "汤底浓，面条筋道，吃完浑身暖和。" },
  { kind: "直说好", label: "good", text: "老板娘热情，还送了我们一盘水果。" },
  { kind: "直说好", label: "good", text: "这双鞋又轻又软，走一天也不累脚。" },
  { kind: "直说好", label: "good", text: "故事讲得生动，我一个晚上就读完了。" },
  { kind: "直说好", label: "good", text: "窗外就是湖，早上醒来心情特别好。" },
  { kind: "直说坏", label: "bad", text: "刚用两天就坏了，客服一直不回。" },
  { kind: "直说坏", label: "bad", text: "床单上有污渍，空调整夜嗡嗡响。" },
  { kind: "直说坏", label: "bad", text: "菜端上来已经凉了，还少了一道。" },
  { kind: "直说坏", label: "bad", text: "衣服洗了一次就褪色，白的都染红了。" },
  { kind: "直说坏", label: "bad", text: "书里错字连篇，翻译得也不通顺。" },
  { kind: "直说坏", label: "bad", text: "等了四十分钟没人理，再也不来了。" },
  { kind: "转折", label: "good", text: "包装有点旧，可是机器很好用，值得买。" },
  { kind: "转折", label: "good", text: "位置偏了些，但房间宽敞，服务周到，下次还住这里。" },
  { kind: "转折", label: "good", text: "开头有点闷，后面越看越精彩，舍不得放下。" },
  { kind: "转折", label: "good", text: "送货慢了一天，好在苹果又脆又甜，全家都爱吃。" },
  { kind: "转折", label: "bad", text: "外形漂亮，手感也好，可惜三天两头死机，只好退货。" },
  { kind: "转折", label: "bad", text: "大堂很气派，服务员也客气，可是房间又潮又臭，没法住。" },
  { kind: "转折", label: "bad", text: "第一次来觉得味道不错，这次简直难以下咽。" },
  { kind: "转折", label: "bad", text: "封面设计得很美，内容却空洞得很，白花了钱。" },
  { kind: "否定", label: "good", text: "不是不好，是好得没话说。" },
  { kind: "否定", label: "good", text: "这个价钱买到这样的质量，没什么可挑剔的。" },
  { kind: "否定", label: "good", text: "用了半年，一次毛病也没出过。" },
  { kind: "否定", label: "good", text: "谁说便宜没好货？我一点也不后悔。" },
  { kind: "否定", label: "bad", text: "谈不上好吃，也就能填饱肚子。" },
  { kind: "否定", label: "bad", text: "没有图片上那么好看，也没有说的那么结实。" },
  { kind: "否定", label: "bad", text: "不觉得它值这个价。" },
  { kind: "否定", label: "bad", text: "我不会再买，也不会推荐给朋友。" },
  { kind: "反话", label: "good", text: "都怪这家店，害得我一个月胖了五斤。" },
  { kind: "反话", label: "good", text: "这本书太可恶了，看得我一夜没睡，班都迟到了。" },
  { kind: "反话", label: "good", text: "老板太不会做生意了，给的肉多得我们吃不完。" },
  { kind: "反话", label: "good", text: "别买，买了你就再也看不上别的耳机了。" },
  { kind: "反话", label: "bad", text: "真厉害，新买的伞第一次下雨就散了架。" },
  { kind: "反话", label: "bad", text: "恭喜你们，成功让我再也不想住酒店了。" },
  { kind: "反话", label: "bad", text: "太感谢了，等了一个月，收到一个空盒子。" },
  { kind: "反话", label: "bad", text: "隔音好极了，隔壁打呼噜我听得清清楚楚。" },
  { kind: "心情", label: "good", text: "妹妹接到电话，高兴得在屋里转圈。" },
  { kind: "心情", label: "good", text: "一想到明天就能回家，我忍不住笑出声来。" },
  { kind: "心情", label: "good", text: "他心里的石头落了地，脚步都轻了。" },
  { kind: "心情", label: "bad", text: "他一个人坐在台阶上，眼泪不停地往下掉。" },
  { kind: "心情", label: "bad", text: "想起那件事，她又气又悔，整夜没合眼。" },
  { kind: "心情", label: "bad", text: "老人望着空荡荡的院子，叹了一口气。" },
  { kind: NEITHER, label: null, text: "这是一本两百页的书。" },
  { kind: NEITHER, label: null, text: "酒店一共有十二层，餐厅在二楼。" },
  { kind: NEITHER, label: null, text: "我昨天买了一台灰色的打印机。" },
  { kind: NEITHER, label: null, text: "隔壁的邻居姓陈，在银行上班。" },
  { kind: NEITHER, label: null, text: "火车下午三点从南京出发。" },
  { kind: NEITHER, label: null, text: "桌子上放着一个杯子和两支笔。" },
];
