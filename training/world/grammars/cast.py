"""The names of those who speak and act."""

from random import Random

from ..wording import words

_LISTED = words(
    """小明 小红 小刚 小丽 小华 小军 小芳 小强 小梅 小林 小东 小云 小宝 乐乐 明明 亮亮 圆圆 甜甜
    豆豆 贝贝 朵朵 果果 安安 宁宁 文文 佳佳 毛毛 冬冬 青青 晶晶 阳阳 笑笑 阿宝 阿亮 阿珍 阿水 阿福 阿花 阿宁 阿杰 志远
    子涵 雨桐 思思 晓雨 晓峰 晓梅 晓东 大勇 春生 秋月 海生 立春 建国 小满 小禾 家乐 子轩 欣怡 浩然 雪儿 小琴 小柳 小虎
    小荷 小洛 小叶 小川 小端"""
)
_GIVEN = (
    "明红刚丽华军芳强梅林东云宝禾乐亮甜贝朵果安宁文佳冬青晶阳珍福光杰敏峰"
    "涛洋娟玲燕霞磊波辉琴兰竹菊莲松柏桐宇轩欣怡雪浩凡悦晨"
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def child(rng: Random) -> str:
    """A child's name: half of them from a list, half put together, so that a name has to be copied, not known."""
    if rng.random() < 0.5:
        return rng.choice(_LISTED)
    given = rng.choice(_GIVEN)
    form = rng.randrange(5)
    if form == 0:
        return "小" + given
    if form == 1:
        return given + given
    if form == 2:
        return "阿" + given
    if form == 3:
        return rng.choice(_SURNAMES) + "小" + given
    return rng.choice(_GIVEN) + given


_SHE = set("红丽芳梅云雪娟玲燕霞琴兰竹菊莲怡欣悦晶花珍甜朵佳思雨月荷柳叶")


def pronoun(name: str) -> str:
    """他 or 她, always the same for a name."""
    return "她" if set(name) & _SHE else "他"


def children(rng: Random, count: int) -> list[str]:
    """Different names."""
    names: list[str] = []
    while len(names) < count:
        name = child(rng)
        if not any(set(name) & set(other) - set("小阿") for other in names):
            names.append(name)
    return names


def teacher(rng: Random) -> str:
    return rng.choice(_SURNAMES) + "老师"


def neighbour(rng: Random) -> str:
    return rng.choice(_SURNAMES) + rng.choice(("奶奶", "爷爷", "阿姨", "叔叔", "伯伯"))


def elder(rng: Random) -> str:
    return rng.choice(("妈妈", "爸爸", "爷爷", "奶奶", "外公", "外婆", "妈妈", "奶奶"))
