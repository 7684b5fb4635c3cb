"""Practice with numbers: short conversations full of sums, small stories, days, months and hours.

Every answer is a whole sentence with the sum or the day in it, and every later question leaves out what stays the same:
那四加五呢？ 再减两个呢？ 再过一天呢？
"""

from collections.abc import Callable
from random import Random

from ..wording import number, quantity, say
from .calendar import hour_words
from .cast import child
from .kinds import Act, Chat, Tale
from .series import plain

Write = Callable[[int], str]
MOST = 20


def writing(rng: Random) -> Write:
    """How numbers are written in one conversation."""
    return str if rng.random() < 0.4 else number


def counted(w: Write, n: int, measure: str) -> str:
    """两个, 2个"""
    return f"{n}{measure}" if w is str else quantity(n, measure)


def step(rng: Random, value: int) -> int:
    """A change that stays between 0 and 20; small ones more often."""
    top = rng.choice((3, 5, 9))
    up = value == 0 or (value < MOST and rng.random() < 0.5)
    return rng.randint(1, min(top, MOST - value)) if up else -rng.randint(1, min(top, value))


def operands(rng: Random) -> tuple[int, int]:
    """A number and what is added to or taken from it, with a result from 0 to 20; as often below ten as above."""
    top = rng.choice((10, 20))
    a = rng.randint(0 if rng.random() < 0.1 else 1, top)
    if rng.random() < 0.5:
        return a, rng.randint(1, max(1, top - a)) if a < top else -rng.randint(1, a)
    return (a, -rng.randint(1, a)) if a else (a, rng.randint(1, top))


def worked(a: int, d: int, w: Write) -> str:
    return f"{w(a)}{'加' if d > 0 else '减'}{w(abs(d))}等于{w(a + d)}"


_BARE = "{a}{o}{b}等于几｜{a}{o}{b}等于多少｜{a}{o}{b}是多少｜{a}{o}{b}是几｜{a}{o}{b}得几｜{a}{o}{b}"
_PLUS = "{a}加上{b}是多少｜{a}和{b}加起来是多少｜{a}和{b}一共是多少｜{a}再加{b}是几"
_MINUS = "{a}减去{b}是多少｜{a}减去{b}等于几｜{a}拿走{b}还剩几｜{a}比{b}多几"


def drill(rng: Random) -> Chat:
    """A sum, then new ones or more on its result."""
    w = writing(rng)
    a, d = operands(rng)
    core = _BARE if rng.random() < 0.7 else _PLUS if d > 0 else _MINUS
    op = "加" if d > 0 else "减"
    if w is str and rng.random() < 0.4:
        ask = say(
            rng,
            "{a}{s}{b}=？｜{a}{s}{b}等于几？｜{a}{s}{b}是多少？｜{a}{s}{b}",
            a=a,
            b=abs(d),
            s="+" if d > 0 else "-",
        )
    else:
        ask = plain(rng, say(rng, core, a=w(a), b=w(abs(d)), o=op))
    chat = [(ask, worked(a, d, w) + "。")]
    value = a + d
    for _ in range(rng.choice((0, 1, 2, 2, 3, 4))):
        if rng.random() < 0.5:
            d = step(rng, value)
            ask = say(
                rng,
                "再{o}{d}呢？｜那再{o}{d}呢？｜再{o}{d}是多少？｜再{o}{d}等于几？｜然后{o}{d}呢？",
                o="加" if d > 0 else "减",
                d=w(abs(d)),
            )
            a = value
        else:
            a, d = operands(rng)
            ask = say(
                rng,
                "那{a}{o}{d}呢？｜{a}{o}{d}呢？｜{a}{o}{d}等于几？｜{a}{o}{d}？｜还有{a}{o}{d}呢？",
                a=w(a),
                o="加" if d > 0 else "减",
                d=w(abs(d)),
            )
        chat.append((ask, worked(a, d, w) + "。"))
        value = a + d
    return chat


# thing, measure word, how there come to be fewer and more, and the question's measure
_STORIES = (
    ("苹果", "个", "吃了{q}｜吃掉{q}｜送给{o}{q}｜给了妹妹{q}", "又买了{q}｜{o}又给{n}{q}｜妈妈又给了{q}"),
    ("糖", "颗", "吃了{q}｜吃掉{q}｜分给{o}{q}", "又得到{q}｜{o}给了{n}{q}｜奶奶又给{q}"),
    ("铅笔", "支", "丢了{q}｜送给{o}{q}｜用完{q}", "又买了{q}｜爸爸又送{q}｜{o}送给{n}{q}"),
    ("气球", "个", "飞走{q}｜破了{q}｜给了{o}{q}", "又买来{q}｜又吹了{q}｜{o}又给了{q}"),
    ("鸡蛋", "个", "打破{q}｜吃了{q}｜用掉{q}", "母鸡又下了{q}｜又买了{q}"),
    ("书", "本", "借给{o}{q}｜还了{q}｜送人{q}", "又买了{q}｜又借来{q}｜{o}送来{q}"),
    ("橘子", "个", "吃了{q}｜分给{o}{q}｜坏了{q}", "又摘了{q}｜又买了{q}"),
    ("饼干", "块", "吃了{q}｜吃掉{q}｜分给弟弟{q}", "妈妈又烤了{q}｜又拿来{q}"),
    ("贴纸", "张", "用了{q}｜送给{o}{q}｜贴了{q}", "老师又奖励{q}｜又得了{q}"),
    ("金鱼", "条", "送给{o}{q}｜送走{q}", "又买了{q}｜{o}送来{q}"),
    ("花", "朵", "谢了{q}｜摘走{q}｜送给老师{q}", "又开了{q}｜又摘了{q}"),
    ("积木", "块", "拿走{q}｜丢了{q}｜{o}借走{q}", "又搭上{q}｜又找到{q}"),
    ("桃子", "个", "吃了{q}｜给猴子{q}｜送给{o}{q}", "又摘了{q}｜又买来{q}"),
    ("卡片", "张", "送给{o}{q}｜输了{q}｜丢了{q}", "又做了{q}｜赢了{q}｜{o}给了{q}"),
)
_PLACES = (
    ("树上", "小鸟", "只", "飞走了", "又飞来"), ("池塘里", "鸭子", "只", "游走了", "又游来"),
    ("车上", "人", "个", "下了车", "又上来"), ("教室里", "同学", "个", "出去了", "又进来"),
    ("草地上", "羊", "只", "跑开了", "又跑来"), ("停车场里", "车", "辆", "开走了", "又开来"),
    ("屋里", "客人", "位", "走了", "又来了"), ("花上", "蝴蝶", "只", "飞走了", "又飞来"),
    ("操场上", "孩子", "个", "回家了", "又跑来"), ("河里", "船", "条", "开走了", "又开来"),
)  # fmt: skip
_LEFT = "还剩几{m}？｜还有几{m}？｜还剩多少{m}？｜还剩几{m}{t}？｜还有多少{m}{t}？"
_NOW = "一共有几{m}？｜现在有几{m}？｜一共有多少{m}？｜一共几{m}？｜现在一共几{m}{t}？"
_ON_LEFT = "{e}呢？｜那再{e}呢？｜要是再{e}呢？｜再{e}，还剩几{m}？"
_MORE = "再加{q}呢？｜再来{q}呢？｜如果再来{q}呢？｜那再多{q}呢？"
_FEWER = "再减{q}呢？｜再少{q}呢？｜去掉{q}呢？｜那再去掉{q}呢？"


def told(rng: Random, value: int, d: int, measure: str, thing: str, w: Write) -> str:
    """三减一等于二，还剩两个苹果。"""
    now = value + d
    if now == 0:
        return f"{worked(value, d, w)}，一{measure}{thing}也没有了。"
    left = rng.choice(("还剩", "还有")) if d < 0 else rng.choice(("一共有", "现在有"))
    return f"{worked(value, d, w)}，{left}{counted(w, now, measure)}{thing if rng.random() < 0.6 else ''}。"


def story(rng: Random) -> Chat:
    """Somebody has some things, and gets or gives some; asked on without saying of what."""
    w, name = writing(rng), rng.choice(("我", child(rng), child(rng), "妈妈", "弟弟"))
    value = rng.randint(1, 12)
    if rng.random() < 0.65:
        thing, measure, fewer, more = rng.choice(_STORIES)
        begin = "{n}有{q}{t}，｜{n}买了{q}{t}，｜{n}有{q}{t}。｜{n}拿着{q}{t}，｜桌上有{q}{t}，｜盒子里有{q}{t}，"
    else:
        where, thing, measure, goes, comes = rng.choice(_PLACES)
        fewer, more = goes + "{q}", comes + "{q}"
        begin = f"{where}有{{q}}{{t}}，｜{where}原来有{{q}}{{t}}，｜{where}有{{q}}{{t}}。"
    opening = say(rng, begin, n=name, q=counted(w, value, measure), t=thing)
    chat: Chat = []
    for i in range(rng.choice((1, 1, 2, 2, 3, 4))):
        d = step(rng, value)
        q = counted(w, abs(d), measure)
        event = say(rng, more if d > 0 else fewer, q=q, o=child(rng), n=name)
        if i == 0:
            ask = f"{opening}{event}，" + say(rng, _NOW if d > 0 else _LEFT, m=measure, t=thing)
        elif d < 0:
            ask = say(rng, _ON_LEFT if rng.random() < 0.7 else _FEWER, e=event, m=measure, q=q)
        else:
            ask = say(
                rng,
                "{e}呢？｜{e}，现在有几{m}？｜后来{e}呢？" if rng.random() < 0.7 else _MORE,
                e=event,
                m=measure,
                q=q,
            )
        chat.append((ask, told(rng, value, d, measure, thing, w)))
        value += d
    return chat


def both(rng: Random) -> Chat:
    """Two parts and the whole, or the whole and one part."""
    w = writing(rng)
    one, two, measure = rng.choice(
        (
            ("男生", "女生", "个"), ("红花", "黄花", "朵"), ("白兔", "黑兔", "只"), ("苹果", "梨", "个"),
            ("公鸡", "母鸡", "只"), ("大船", "小船", "条"), ("红球", "蓝球", "个"), ("语文书", "数学书", "本"),
            ("大碗", "小碗", "个"), ("红气球", "绿气球", "个"), ("汽车", "卡车", "辆"),
        )
    )  # fmt: skip
    a, b = rng.randint(1, 10), rng.randint(1, 10)
    opening = say(
        rng,
        "有{x}{p}，{y}{r}，｜{p}有{x}，{r}有{y}，｜{x}{p}和{y}{r}，｜这里有{x}{p}，还有{y}{r}，",
        x=counted(w, a, measure),
        y=counted(w, b, measure),
        p=one,
        r=two,
    )
    whole = f"{worked(a, b, w)}，一共有{counted(w, a + b, measure)}。"
    chat = [(opening + say(rng, "一共有几{m}？｜一共多少{m}？｜加起来有几{m}？｜总共几{m}？", m=measure), whole)]
    if rng.random() < 0.6:
        more, fewer = (one, two) if a > b else (two, one)
        ask = say(
            rng, "哪种多？｜{p}多还是{r}多？｜谁多？多几{m}？｜哪个多，多几{m}？｜那谁比较多？", p=one, r=two, m=measure
        )
        gap = worked(max(a, b), -min(a, b), w)
        same = f"一样多，都是{counted(w, a, measure)}。"
        chat.append((ask, same if a == b else f"{gap}，{more}比{fewer}多{counted(w, abs(a - b), measure)}。"))
    return chat


def price(rng: Random) -> Chat:
    """What two things cost together, and the change."""
    w = writing(rng)
    (x, y), a, b = (
        rng.sample(("铅笔", "本子", "橡皮", "尺子", "面包", "牛奶", "气球", "饼干", "冰棍", "苹果"), 2),
        *(rng.randint(1, 9) for _ in range(2)),
    )
    ask = say(
        rng,
        """{x}{a}元，{y}{b}元，一共多少钱？｜买{x}花了{a}元，买{y}花了{b}元，一共花了多少钱？
        一个{x}{a}元，一个{y}{b}元，买这两样要多少钱？""",
        x=x,
        y=y,
        a=counted(w, a, ""),
        b=counted(w, b, ""),
    )
    chat = [(ask, f"{worked(a, b, w)}，一共{counted(w, a + b, '')}元。")]
    if rng.random() < 0.6:
        paid = rng.choice([n for n in (10, 20) if n >= a + b])
        ask = say(rng, "我给了{p}元，找回多少？｜付{p}元，找几元？｜那给{p}元要找多少钱？", p=w(paid))
        left = paid - a - b
        reply = f"{worked(paid, -(a + b), w)}，" + (f"找回{counted(w, left, '')}元。" if left else "不用找钱。")
        chat.append((ask, reply))
    return chat


_DAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_FROM_TODAY = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}


def days(rng: Random) -> Chat:
    """One day told, others asked, each answered with its name."""
    base, start = rng.choice((0, 0, 0, 0, 1, -1)), rng.randrange(7)
    word, given = _FROM_TODAY[base], _DAYS[start]
    others = rng.sample([d for d in _FROM_TODAY if d != base], rng.choice((1, 2, 2, 3)))
    chat: Chat = []
    for d in others:
        other, day = _FROM_TODAY[d], _DAYS[(start + d - base) % 7]
        if chat:
            ask = say(rng, "那{o}呢？｜{o}呢？｜{o}是星期几？｜那{o}是星期几？", o=other)
        else:
            ask = say(
                rng,
                "{w}是{g}，{o}是星期几？｜{w}{g}，{o}星期几？｜如果{w}是{g}，{o}是星期几？｜{w}是{g}，那{o}呢？｜{w}是{g}。{o}是星期几？",
                w=word,
                g=given,
                o=other,
            )
        chat.append((ask, f"{word}是{given}，{other}是{day}。" if rng.random() < 0.6 else f"{other}是{day}。"))
    return chat


def walk(rng: Random, names: tuple[str, ...], asks: dict[int, str], on: dict[int, str]) -> Chat:
    """Through a circle of names: what comes after or before one, and on from there."""
    i, d = rng.randrange(len(names)), rng.choice((1, 1, -1))
    chat: Chat = []
    for _ in range(rng.choice((1, 2, 2, 3))):
        if not chat:
            ask = plain(rng, say(rng, asks[d], x=names[i]))
        elif rng.random() < 0.5:
            d = rng.choice((1, 1, -1))
            ask = say(rng, on[d])
        else:
            i = rng.randrange(len(names))
            ask = say(rng, "那{x}呢？｜{x}呢？｜换成{x}呢？", x=names[i])
        following = names[(i + d) % len(names)]
        side = "后面" if d > 0 else "前面"
        chat.append((ask, f"{names[i]}{side}是{following}。" if rng.random() < 0.7 else f"是{following}。"))
        i = (i + d) % len(names)
    return chat


_MONTHS = tuple(number(n) + "月" for n in range(1, 13))


def day_order(rng: Random) -> Chat:
    asks = {
        1: "{x}后面是星期几｜{x}的后一天是星期几｜{x}的第二天是星期几｜过了{x}是星期几｜{x}再过一天是星期几",
        -1: "{x}前面是星期几｜{x}的前一天是星期几｜{x}往前一天是星期几",
    }
    return walk(rng, _DAYS, asks, {1: "再过一天呢？｜再往后一天呢？｜那后一天呢？", -1: "前一天呢？｜那往前一天呢？"})


def month_order(rng: Random) -> Chat:
    asks = {
        1: "{x}后面是几月｜{x}的下一个月是几月｜过了{x}是几月｜{x}过完是几月｜现在是{x}，下个月是几月",
        -1: "{x}前面是几月｜{x}的上一个月是几月｜现在是{x}，上个月是几月",
    }
    return walk(
        rng, _MONTHS, asks, {1: "再过一个月呢？｜那下一个月呢？｜再下个月呢？", -1: "上一个月呢？｜那前一个月呢？"}
    )


def hours(rng: Random) -> Chat:
    """What time it will be, or was, some hours from now; on from there."""
    hour, minute = rng.randint(1, 12), rng.choice((0, 0, 0, 30))
    now = hour_words(rng, hour, minute)
    chat: Chat = []
    for _ in range(rng.choice((1, 2, 2, 3))):
        d = rng.choice((1, 1, 2, 3))
        back = rng.random() < 0.25
        then = (hour + (-d if back else d) - 1) % 12 + 1
        said = hour_words(rng, then, minute)
        span = quantity(d, "个小时")
        if chat:
            ask = say(rng, "再往前{s}呢？｜{s}以前呢？" if back else "再过{s}呢？｜{s}以后呢？｜那再过{s}呢？", s=span)
        else:
            ask = say(
                rng,
                "现在是{n}，{s}以前是几点？｜现在{n}，{s}前是几点？"
                if back
                else "现在是{n}，过{s}是几点？｜现在{n}，{s}以后是几点？｜现在是{n}，再过{s}是几点？｜{n}过{s}是几点？",
                n=now,
                s=span,
            )
        chat.append((ask, f"{now}{'往前' if back else '过'}{span}是{said}。" if rng.random() < 0.7 else f"是{said}。"))
        hour, now = then, said
    return chat


_UNITS = (
    ("一年有几个月｜一年有多少个月｜一年一共几个月", "一年有十二个月"),
    ("一个星期有几天｜一个星期有多少天｜一周有几天", "一个星期有七天"),
    ("一天有几个小时｜一天有多少个小时｜一天一夜有多少小时", "一天有二十四个小时"),
    ("一个小时有多少分钟｜一小时有几分钟｜一个小时是多少分钟", "一个小时有六十分钟"),
    ("一分钟有多少秒｜一分钟有几秒｜一分钟是多少秒", "一分钟有六十秒"),
    ("一年有几个季节｜一年有多少个季节｜一年分几个季节", "一年有四个季节"),
    ("一年有多少天｜一年有几天｜一年大约多少天", "一年有三百六十五天"),
    ("半个小时有多少分钟｜半小时是几分钟｜半个小时是多少分钟", "半个小时有三十分钟"),
    ("半年有几个月｜半年是几个月｜半年有多少个月", "半年有六个月"),
    ("一刻钟有多少分钟｜一刻钟是几分钟｜一刻钟是多少分钟", "一刻钟有十五分钟"),
    ("一个星期要上几天学｜一周上几天学", "一个星期上五天学"),
    ("一个周末有几天｜周末休息几天", "周末有两天，星期六和星期日"),
    ("一个季节有几个月｜每个季节有几个月", "一个季节有三个月"),
)


def units(rng: Random) -> Chat:
    """Units of time beside each other, so that their numbers are not mixed up."""
    chat = []
    for asks, full in rng.sample(_UNITS, rng.choice((1, 2, 3, 3, 4))):
        core = say(rng, asks)
        ask = rng.choice(("那" + core + "？", core + "？")) if chat else plain(rng, core)
        short = full[full.index("有") + 1 :] if "有" in full else full
        chat.append((ask, (full if rng.random() < 0.75 else short) + "。"))
    return chat


def years(rng: Random) -> Chat:
    """How old one will be, or was."""
    w, age = writing(rng), rng.randint(5, 12)
    name = rng.choice(("我", child(rng), "妹妹", "哥哥"))
    you = "你" if name == "我" else name
    chat: Chat = []
    for d, words in rng.sample(
        ((1, "明年"), (-1, "去年"), (2, "后年"), (3, "三年以后"), (2, "两年以后"), (5, "五年以后"), (-2, "两年前")),
        rng.choice((1, 2, 2)),
    ):
        begin = "" if chat else say(rng, "{n}今年{a}岁，｜{n}{a}岁了，｜今年{n}{a}岁，", n=name, a=w(age))
        ask = begin + say(
            rng, "{t}几岁？｜{t}多大？｜{t}是几岁？" if begin else "那{t}呢？｜{t}呢？｜{t}几岁？", t=words
        )
        chat.append((ask, f"{worked(age, d, w)}，{words}{you}{w(age + d)}岁。"))
    return chat


ACTS: dict[Act, float] = {
    drill: 9,
    story: 8,
    both: 2,
    price: 1,
    days: 3,
    day_order: 2,
    month_order: 1.5,
    hours: 2.5,
    units: 2.5,
    years: 1.5,
}
TALES: dict[Tale, float] = {}
