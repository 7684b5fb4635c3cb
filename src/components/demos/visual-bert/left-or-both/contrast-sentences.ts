import type { Blank } from "../../../subjects/sentences/blank.ts";

/** Where the words stand that give the answer away. */
export const SIDES = ["线索在左边", "线索在右边"] as const;

/** Each row asks for about the same character twice: with the clue before the blank, and behind it. */
const PAIRS: readonly (readonly [left: string, answers: string, right: string, answers: string])[] = [
  ["外面下着大雨，出门要带上[MASK]。", "伞", "她忘了带[MASK]，全身都被雨淋湿了。", "伞"],
  ["他渴得嗓子冒烟，一口气喝了三杯[MASK]。", "水茶", "这里的[MASK]太深了，不会游泳的人不要下去。", "水"],
  ["这家书店从早到晚都有人来买[MASK]。", "书", "请把[MASK]翻到第十页。", "书"],
  ["爷爷坐在河边钓[MASK]。", "鱼", "网里的[MASK]还在水里游来游去。", "鱼"],
  ["冬天到了，北方常常下[MASK]。", "雪", "[MASK]化了，小草从地里钻出来。", "雪冰"],
  ["它汪汪地叫，原来是一只[MASK]。", "狗", "一只[MASK]冲着我汪汪地叫。", "狗"],
  ["它喵喵地叫，原来是一只[MASK]。", "猫", "一只[MASK]在屋里喵喵地叫。", "猫"],
  ["他刚拿到驾照，想买一辆[MASK]。", "车", "他的[MASK]没有油了，开不动。", "车"],
  ["我肚子饿了，快去做[MASK]吧。", "饭菜", "[MASK]已经煮好了，大家快来吃吧。", "饭菜面汤"],
  ["他感冒了，医生让他吃[MASK]。", "药", "这种[MASK]一天要喝三回，饭后才能喝。", "药"],
  ["春天来了，公园里开满了[MASK]。", "花", "窗台上的[MASK]开了，闻起来很香。", "花"],
  ["我听见有人在敲[MASK]。", "门", "请把[MASK]关上，外面太冷了。", "门窗"],
  ["天黑了，请打开[MASK]。", "灯", "[MASK]一关，屋里就黑了。", "灯"],
  ["他每个月都去银行存[MASK]。", "钱", "我的[MASK]不够，买不起这件衣服。", "钱"],
  ["客人来了，妈妈泡了一壶[MASK]。", "茶", "爷爷的[MASK]泡得太浓了，喝起来有点苦。", "茶"],
  ["乌云越来越多，快要下[MASK]了。", "雨", "[MASK]停了，天上出现了彩虹。", "雨"],
  ["树被吹得东倒西歪，今天的[MASK]真大。", "风", "[MASK]把地上的树叶吹起来了。", "风"],
  ["中秋节的晚上，我们一起看[MASK]亮。", "月", "今晚的[MASK]亮又圆又大。", "月"],
  ["大家高兴得拍起了[MASK]。", "手", "她的[MASK]很冷，我给她戴上了手套。", "手"],
  ["过马路要等绿灯，不能闯[MASK]灯。", "红", "她的脸[MASK]得像苹果一样。", "红"],
  ["雪是[MASK]色的。", "白", "他的头发全[MASK]了，像雪一样。", "白"],
  ["这双鞋太小了，我要换一双[MASK]的。", "大", "这双鞋太[MASK]了，我的脚穿不进去。", "小"],
  ["他跑得像风一样[MASK]。", "快", "你走得太[MASK]了，我跟不上。", "快"],
  ["这个西瓜又大又[MASK]。", "甜圆红", "这种药太[MASK]了，孩子要吃一块糖才肯喝。", "苦"],
  ["没有暖气，屋里很[MASK]。", "冷", "天气太[MASK]了，大家都穿上了厚厚的大衣。", "冷"],
  ["他的个子有两米[MASK]。", "高", "他长得很[MASK]，适合打篮球。", "高"],
  ["他迟到了，是因[MASK]路上堵车。", "为", "[MASK]为路上堵车，所以他迟到了。", "因"],
  ["虽然下着雨，他还[MASK]来了。", "是", "[MASK]然下着雨，但他还是来了。", "虽"],
  ["如果明天刮大风，我们[MASK]不去爬山了。", "就", "[MASK]果明天刮大风，我们就不去爬山了。", "如"],
  ["先洗手，[MASK]吃饭。", "再后", "[MASK]洗手，再吃饭。", "先"],
];

/** The same characters asked for with the clue on either side, in turn. */
export const CONTRAST_SENTENCES: readonly Blank[] = PAIRS.flatMap(([left, leftAnswers, right, rightAnswers]) => [
  { kind: SIDES[0], text: left, answers: leftAnswers },
  { kind: SIDES[1], text: right, answers: rightAnswers },
]);
