"""Plain sentences from patterns, where every combination is natural: measure words, who does what when, capitals.

The hand-written sentences in training/sentences say more; these give the frequent words of everyday life, which the
corpora lack, in many neighbourhoods.
"""

import random
from collections.abc import Iterator

SEED = 20261122
DOINGS = 1200

CAPITALS = (
    "法国 巴黎/英国 伦敦/德国 柏林/意大利 罗马/西班牙 马德里/葡萄牙 里斯本/荷兰 阿姆斯特丹/比利时 "
    "布鲁塞尔/瑞士 伯尔尼/"
    "奥地利 维也纳/瑞典 斯德哥尔摩/挪威 奥斯陆/丹麦 哥本哈根/芬兰 赫尔辛基/波兰 华沙/捷克 布拉格/"
    "匈牙利 布达佩斯/希腊 雅典/"
    "俄罗斯 莫斯科/土耳其 安卡拉/日本 东京/韩国 首尔/印度 新德里/泰国 曼谷/越南 河内/印度尼西亚 "
    "雅加达/菲律宾 马尼拉/"
    "马来西亚 吉隆坡/伊朗 德黑兰/埃及 开罗/美国 华盛顿/加拿大 渥太华/墨西哥 墨西哥城/巴西 巴西利亚/"
    "阿根廷 布宜诺斯艾利斯/"
    "智利 圣地亚哥/古巴 哈瓦那/澳大利亚 堪培拉/新西兰 惠灵顿"
)

# kind → frames, then "measure word: nouns"
MEASURES: dict[str, tuple[str, str]] = {
    "thing": (
        "桌上放着一{}。/我买了两{}。/他送给我一{}。/抽屉里有几{}。/这{}是谁的？/请给我一{}。/我丢了一{}。",
        "本:词典 小说 杂志 日记 相册/支:钢笔 铅笔 毛笔 蜡烛/把:剪刀 雨伞 钥匙 刀 梳子 尺子/张:照片 地图 "
        "邮票 报纸 明信片/"
        "块:手表 橡皮 肥皂 毛巾/台:相机 收音机 电脑/个:书包 苹果 盒子 闹钟 玩具 杯子 碗 球 本子 钱包/"
        "封:信/副:眼镜 手套/瓶:墨水 香水",
    ),
    "clothes": (
        "她买了一{}。/他今天穿了一{}。/这{}很好看。/那{}太贵了。/妈妈给我洗了一{}。/衣柜里有几{}。",
        "件:毛衣 衬衫 大衣 外套 雨衣/条:裙子 裤子 牛仔裤/双:皮鞋 运动鞋 袜子 靴子/身:西装 运动服",
    ),
    "food": (
        "我吃了一{}。/请给我来一{}。/冰箱里还有一{}。/他一口气吃了两{}。/妈妈端来一{}。/桌上摆着一{}。",
        "碗:米饭 面条 汤 粥 馄饨/块:蛋糕 巧克力 豆腐 西瓜/片:面包 火腿/个:鸡蛋 苹果 包子 馒头 橙子 梨 "
        "桃子/根:香蕉 黄瓜 玉米/"
        "盘:饺子 青菜 水果 花生/串:葡萄 糖葫芦/颗:草莓 糖/条:鱼",
    ),
    "drink": (
        "我喝了一{}。/请给我一{}。/她倒了一{}。/他要了两{}。",
        "杯:水 茶 咖啡 牛奶 果汁 热水/瓶:啤酒 可乐 矿泉水 酒/碗:汤 豆浆/口:水 酒",
    ),
    "animal": (
        "他家养了两{}。/我看见一{}。/那边有一{}。/一{}跑了过来。/农村的爷爷养了几{}。",
        "只:猫 鸡 羊 鸭子 兔子 猴子/条:狗 大黄狗/头:牛 猪 驴/匹:马 白马/群:羊 鸭子 马",
    ),
    "vehicle": (
        "路边停着一{}。/门口来了一{}。/远处开来一{}。/前面有两{}。/他看见一{}。",
        "辆:卡车 出租车 公共汽车 救护车 警车 小汽车 自行车/列:火车/艘:轮船/条:小船/架:飞机 直升机",
    ),
    "sky and land": (
        "远处有一{}。/我看见了一{}。/画上有一{}。/前面出现了一{}。",
        "座:山 桥 城市 塔 寺庙 岛/条:河 小路 街 小溪/棵:树 松树 柳树 苹果树/朵:花 云 荷花/片:树林 草地 "
        "麦田 云/家:商店 饭馆 医院 银行/"
        "栋:楼房 房子/间:屋子 教室/道:彩虹 门",
    ),
    "people": (
        "来了一{}。/她是一{}。/他想当一{}。/我认识一{}。/门口站着一{}。",
        "位:老师 医生 客人 老人 教授 律师/名:护士 记者 警察 工人 司机 演员/个:工程师 画家",
    ),
}  # fmt: skip

WHO = (
    "我 他 她 我们 他们 爸爸 妈妈 爷爷 奶奶 哥哥 姐姐 弟弟 妹妹 小明 小红 老王 李老师 张医生 "
    "我的同学 我的朋友 邻居 "
    "叔叔 阿姨 孩子们 同学们"
)
WHEN = (
    "早上 今天早上 中午 下午 晚上 昨天 昨天晚上 今天 明天 周末 星期天 星期六 每天 每天晚上 放学以后 "
    "下班以后 吃完饭 睡觉以前 "
    "暑假 寒假 春天 夏天 秋天 冬天 下雨天 去年 上个月 下个星期"
)
DOES = (
    "在家看电视/在家看书/在图书馆看书/在公园散步/去公园跑步/去超市买东西/去市场买菜/在厨房做饭/"
    "在家做饭/洗衣服/打扫房间/"
    "去学校上课/去医院看病/去银行取钱/去邮局寄信/坐地铁去上班/坐公共汽车去学校/坐火车去上海/"
    "坐飞机去北京/骑自行车去公园/"
    "开车去海边/和朋友一起吃饭/和朋友聊天/和家人一起吃晚饭/给妈妈打电话/给朋友写信/听音乐/唱歌/跳舞/"
    "画画/写作业/复习功课/"
    "学习英语/练习写字/弹钢琴/打篮球/踢足球/打乒乓球/游泳/爬山/钓鱼/下棋/放风筝/拍照片/喝茶/喝咖啡/"
    "吃早饭/吃面条/包饺子/"
    "给花浇水/陪孩子玩/照顾奶奶/遛狗/喂猫/修自行车/收拾行李/睡觉/休息/加班/开会/看电影/看球赛/逛街/洗澡"
)
ENDINGS = "{when}{who}{does}。/{when}，{who}{does}。/{who}{when}{does}。/{who}{when}要{does}。/{who}喜欢{does}。"

QUALITIES = (
    "糖很甜/药很苦/柠檬很酸/辣椒很辣/海水很咸/冰很凉/火很烫/棉花很轻/石头很硬/被子很软/羽毛很轻/"
    "铁很重/山很高/河很宽/海很深/"
    "路很长/街道很干净/房间很大/屋子很暖和/教室很安静/市场很热闹/车站很拥挤/超市很近/机场很远/"
    "飞机很快/乌龟很慢/"
    "老虎很凶/兔子很可爱/小狗很听话/小猫很调皮/大象很大/蚂蚁很小/孩子很聪明/老师很严格/医生很忙/"
    "司机很小心/护士很温柔/"
    "爷爷很慈祥/奶奶很健康/妈妈很辛苦/爸爸很高/姐姐很漂亮/哥哥很帅/弟弟很淘气/妹妹很乖/老板很有钱/经理很能干/"
    "天空很蓝/云很白/草很绿/花很香/月亮很圆/星星很亮/太阳很红/风很大/雨很大/雪很厚/雾很浓/夜很黑/"
    "春天很暖和/夏天很热/"
    "秋天很凉快/冬天很冷/菜很好吃/汤很鲜/饭很香/面条很烫/西瓜很甜/苹果很脆/牛奶很新鲜/咖啡很浓/茶很香/酒很烈/"
    "衣服很便宜/鞋子很舒服/帽子很好看/手机很贵/电脑很旧/电影很有意思/故事很感人/歌很好听/书很厚/"
    "题很难/考试很简单/"
    "作业很多/工作很累/生活很幸福/时间很紧/问题很复杂/办法很好/消息很重要/比赛很精彩/音乐很美/"
    "画很漂亮/桥很长/楼很高"
)


def capitals() -> Iterator[str]:
    for pair in CAPITALS.split("/"):
        country, city = pair.split()
        yield f"{country}的首都是{city}。"
        yield f"{city}是{country}的首都。"
        yield f"你知道{country}的首都是哪里吗？是{city}。"


def measured() -> Iterator[str]:
    for frames, groups in MEASURES.values():
        for group in groups.split("/"):
            measure, nouns = group.split(":")
            for noun in nouns.split():
                yield from (frame.format(measure + noun) for frame in frames.split("/"))


def doings() -> Iterator[str]:
    rng = random.Random(SEED)
    for _ in range(DOINGS):
        frame, does = rng.choice(ENDINGS.split("/")), rng.choice(DOES.split("/"))
        yield frame.format(who=rng.choice(WHO.split()), when=rng.choice(WHEN.split()), does=does)


def qualities() -> Iterator[str]:
    for each in QUALITIES.split("/"):
        thing, quality = each.split("很", 1)
        yield f"{thing}很{quality}。"
        yield f"这里的{thing}真{quality}。" if thing[-1] not in "天妈爸奶爷姐哥弟妹阳亮" else f"{thing}真{quality}啊！"
        yield f"我觉得{thing}非常{quality}。"


def pattern_sentences() -> list[str]:
    """All of them, without repetitions."""
    return list(dict.fromkeys([*capitals(), *measured(), *doings(), *qualities()]))
