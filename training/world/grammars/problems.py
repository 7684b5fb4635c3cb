"""Small problems with things: got, eaten, flown away, shared.

A state is told and changed over several turns; the answers are computed from it.
"""

from random import Random

from ..wording import asked, draw, number, quantity, say
from .cast import child, children
from .kinds import Act, Chat, Tale

# things with measure word, and how they grow fewer or more
_GOODS = {
    "苹果": "个", "糖": "颗", "橘子": "个", "饼干": "块", "鸡蛋": "个", "铅笔": "支", "气球": "个", "贴纸": "张",
    "草莓": "颗", "桃子": "个", "弹珠": "颗", "卡片": "张", "本子": "本", "核桃": "个", "枣": "颗", "包子": "个",
    "花": "朵", "邮票": "张", "积木": "块", "故事书": "本", "石子": "颗", "花生": "颗", "香蕉": "根", "彩笔": "支",
    "梨": "个", "橡皮": "块", "玩具车": "辆", "纸船": "只", "红花": "朵", "饺子": "个",
}  # fmt: skip
_EATEN = {"苹果", "糖", "橘子", "饼干", "鸡蛋", "草莓", "桃子", "核桃", "枣", "包子", "花生", "香蕉", "梨", "饺子"}
_ANIMALS_AT = (
    ("树上", "小鸟", "只", "飞走了", "飞来了"), ("池塘里", "鸭子", "只", "上岸了", "游来了"),
    ("草地上", "羊", "只", "回家了", "跑来了"), ("鱼缸里", "金鱼", "条", "送给别人了", "买来了"),
    ("车上", "乘客", "位", "下车了", "上车了"), ("院子里", "鸡", "只", "跑出去了", "走进来了"),
    ("花上", "蝴蝶", "只", "飞走了", "飞来了"), ("教室里", "同学", "个", "出去了", "进来了"),
    ("河边", "青蛙", "只", "跳下水了", "跳来了"), ("窝里", "小兔", "只", "出去吃草了", "回来了"),
    ("停车场里", "车", "辆", "开走了", "开来了"), ("屋顶上", "鸽子", "只", "飞走了", "飞来了"),
    ("操场上", "孩子", "个", "回家了", "跑来了"), ("电线上", "燕子", "只", "飞走了", "飞来了"),
    ("山坡上", "牛", "头", "下山了", "走来了"),
)  # fmt: skip


def change(rng: Random, value: int) -> int:
    """A step up or down that stays between 0 and 20 and is not nothing."""
    if value == 0 or (value < 20 and rng.random() < 0.45):
        return rng.randint(1, min(9, 20 - value))
    return -rng.randint(1, min(value, 9))


def result(rng: Random, before: int, step: int, measure: str, thing: str, where: str) -> str:
    """The answer to how many now, sometimes with the sum."""
    now = before + step
    op = "加" if step > 0 else "减"
    there = "还剩" if step < 0 else "现在有"
    if now == 0:
        return say(
            rng,
            "一{m}也没有了。｜{b}减{s}等于零，一{m}也没有了。｜没有{t}了。",
            b=number(before),
            s=number(-step),
            m=measure,
            t=thing,
        )
    return say(
        rng,
        "{b}{o}{s}等于{n}，{h}{c}{t}。｜{h}{c}{t}。｜{c}{t}。｜{h}{c}。｜{w}{h}{c}{t}。｜{b}{o}{s}是{n}，{c}。",
        b=number(before),
        o=op,
        s=number(abs(step)),
        n=number(now),
        h=there,
        c=quantity(now, measure),
        t=thing,
        w=where,
    )


_HOW_MANY_LEFT = "还剩几{m}？｜还有几{m}？｜还剩多少{t}？｜还有多少{m}？｜还剩下几{m}？"
_HOW_MANY_NOW = "现在有几{m}？｜一共有几{m}？｜现在一共多少{m}？｜这时候有几{m}{t}？｜总共有多少{t}？"


def goods(rng: Random) -> Chat:
    """Someone has some things, gets or gives some; asked at once or in the turns after."""
    name = rng.choice(("我", "我", child(rng)))
    you = "你" if name == "我" else name
    thing, measure = rng.choice(list(_GOODS.items()))
    value = rng.randint(2, 12)
    told = say(
        rng,
        "{n}有{c}{t}。｜{n}手里有{c}{t}。｜妈妈给了{n}{c}{t}。｜{n}今天得到了{c}{t}。｜{n}的盒子里有{c}{t}。",
        n=name,
        c=quantity(value, measure),
        t=thing,
    )
    chat: Chat = []
    if rng.random() < 0.3:
        chat.append(
            (
                told,
                say(
                    rng,
                    "{y}有{c}{t}，真不少。｜知道了，是{c}{t}。｜好的，{c}{t}。｜我记住了，{c}。",
                    y=you,
                    c=quantity(value, measure),
                    t=thing,
                ),
            )
        )
        told = ""
    for i in range(rng.choice((1, 1, 2, 2, 3))):
        step = change(rng, value)
        other = child(rng)
        q = quantity(abs(step), measure)
        if step > 0:
            event = say(
                rng,
                "{o}又给了{n}{q}，｜{n}又买了{q}，｜又得到{q}，｜{n}又找到{q}，｜奶奶再给{n}{q}，",
                o=other,
                n=name,
                q=q,
            )
            ask = say(rng, _HOW_MANY_NOW, m=measure, t=thing)
        else:
            events = "送给{o}{q}，｜给了{o}{q}，｜{n}分给{o}{q}，｜丢了{q}，｜{n}借给同桌{q}，"
            if thing in _EATEN:
                events += "｜吃了{q}，｜{n}吃掉{q}，｜吃掉了{q}，"
            event = say(rng, events, o=other, n=name, q=q)
            ask = say(rng, _HOW_MANY_LEFT, m=measure, t=thing)
        if i and rng.random() < 0.5:
            event = rng.choice(("然后", "后来", "接着")) + event
        chat.append((told + event + ask, result(rng, value, step, measure, thing, "")))
        told, value = "", value + step
    if rng.random() < 0.2 and value:
        ask = say(rng, "我刚才说的是什么东西？｜我们说的是什么？｜{n}有的是什么？", n=name)
        chat.append((ask, say(rng, "是{t}。｜{t}。｜我们说的是{t}。", t=thing)))
    return chat


def arriving(rng: Random) -> Chat:
    """Birds on a tree, passengers on a bus: some go, some come."""
    where, thing, measure, leaves, comes = rng.choice(_ANIMALS_AT)
    value = rng.randint(3, 12)
    told = say(
        rng,
        "{w}有{c}{t}，｜{w}原来有{c}{t}，｜一开始{w}有{c}{t}，｜我看见{w}有{c}{t}，",
        w=where,
        c=quantity(value, measure),
        t=thing,
    )
    chat: Chat = []
    for i in range(rng.choice((1, 1, 2, 3))):
        step = change(rng, value)
        verb = (comes if step > 0 else leaves).removesuffix("了")
        q = quantity(abs(step), measure)
        event = (
            say(rng, "又{v}{q}，｜后来{v}了{q}，｜{v}{q}，", v=verb, q=q)
            if step > 0
            else say(rng, "有{q}{v}了，｜{q}{v}了，｜后来{q}{v}了，", v=verb, q=q)
        )
        ask = say(rng, _HOW_MANY_NOW if step > 0 else _HOW_MANY_LEFT, m=measure, t=thing)
        chat.append(((told if not i else "") + event + ask, result(rng, value, step, measure, thing, where)))
        value += step
    return chat


def two_people(rng: Random) -> Chat:
    """Who has more, how many more, how many together, how many to be equal."""
    a, b = children(rng, 2)
    thing, measure = rng.choice(list(_GOODS.items()))
    x, y = rng.randint(1, 10), rng.randint(1, 10)
    told = say(
        rng,
        """{a}有{x}{t}，{b}有{y}{t}。｜{a}{x}{t}，{b}{y}{t}。｜{a}拿了{x}{t}，{b}拿了{y}{t}。
        {a}得到{x}{t}，{b}得到{y}。""",
        a=a,
        b=b,
        x=quantity(x, measure),
        y=quantity(y, measure),
        t=thing,
    )
    more, less, gap = (a, b, x - y) if x > y else (b, a, y - x)
    turns = {
        "sum": (
            say(
                rng,
                "他们一共有几{m}？｜两个人一共有多少{t}？｜合起来是几{m}？｜{a}和{b}一共有几{m}？",
                m=measure,
                t=thing,
                a=a,
                b=b,
            ),
            say(
                rng,
                "{x}加{y}等于{s}，一共{c}。｜一共{c}{t}。｜一共有{c}。",
                x=number(x),
                y=number(y),
                s=number(x + y),
                c=quantity(x + y, measure),
                t=thing,
            ),
        ),
        "who": (
            draw(rng, "谁的多？｜谁多？｜哪个人多？｜谁的更多？"),
            say(rng, "{w}的多。｜{w}多。｜{w}比{l}多。", w=more, l=less)
            if gap
            else draw(rng, "一样多。｜两个人一样多。｜他们的一样多。"),
        ),
        "gap": (
            draw(rng, "相差多少？｜差几个？｜多的人多几个？｜两个人差多少？").replace(
                "个", measure if measure != "个" else "个"
            ),
            say(rng, "相差{c}。｜{w}多{c}。｜{w}比{l}多{c}。", w=more, l=less, c=quantity(gap, measure))
            if gap
            else draw(rng, "一样多，没有差。｜不差，两个人一样多。"),
        ),
        "whose": (
            say(rng, "{b}有几{m}？｜{b}的有多少？｜{b}有多少{t}？", b=b, m=measure, t=thing),
            say(rng, "{b}有{y}{t}。｜{b}有{y}。｜{y}。", b=b, y=quantity(y, measure), t=thing),
        ),
    }
    chosen = rng.sample(list(turns), rng.choice((1, 2, 2, 3)))
    chat = [turns[kind] for kind in chosen]
    return [(told + chat[0][0], chat[0][1]), *chat[1:]]


def shared(rng: Random) -> Chat:
    """Things shared out equally, or laid in equal groups, within twenty."""
    each, groups = rng.randint(1, 6), rng.choice((2, 2, 3, 4))
    if each * groups > 20 or each < 2:
        return shared(rng)
    thing, measure = rng.choice(list(_GOODS.items()))
    total = each * groups
    said = {
        "t": thing,
        "c": quantity(total, measure),
        "e": quantity(each, measure),
        "g": quantity(groups),
        "m": measure,
    }
    adding = "加".join([number(each)] * groups)
    if rng.random() < 0.5:
        core = """{c}{t}，平均分给{g}个人，每个人几{m}｜{g}个人分{c}{t}，一样多，每人几{m}
        把{c}{t}分成一样多的{g}份，每份几{m}｜{c}{t}，{g}个孩子分，怎么分才公平，每人几{m}"""
        reply = "每人{e}。｜每人{e}，因为{a}等于{n}。｜一人{e}，正好分完。｜每人{e}{t}。"
    else:
        core = """有{g}个盘子，每个盘子放{e}{t}，一共几{m}｜{g}个人，每人{e}{t}，一共多少{m}
        每个盒子里有{e}{t}，{g}盒一共几{m}｜一个人拿{e}{t}，{g}个人一共拿几{m}"""
        reply = "{a}等于{n}，一共{c}。｜一共{c}{t}。｜{c}。｜{a}，一共{c}。"
    return [(asked(rng, say(rng, core, **said)), say(rng, reply, a=adding, n=number(total), **said))]


def problem_text(rng: Random) -> str:
    """A problem as a small scene, with its solution."""
    a, b = children(rng, 2)
    thing, measure = rng.choice(list(_GOODS.items()))
    value = rng.randint(4, 12)
    parts = [
        say(
            rng,
            "{a}有{c}{t}。｜篮子里有{c}{t}，是{a}的。｜{a}数了数，自己有{c}{t}。",
            a=a,
            c=quantity(value, measure),
            t=thing,
        )
    ]
    for _ in range(rng.choice((2, 3))):
        step = change(rng, value)
        q = quantity(abs(step), measure)
        new = value + step
        event = (
            say(rng, "{b}又给他{q}，｜他又找到{q}，｜妈妈拿来{q}，", b=b, q=q)
            if step > 0
            else say(rng, "他送给{b}{q}，｜他给了{b}{q}，｜{b}借走{q}，", b=b, q=q)
        )
        op = "加" if step > 0 else "减"
        ending = say(rng, "{v}{o}{s}等于{n}，｜", v=number(value), o=op, s=number(abs(step)), n=number(new))
        tail = (
            f"一{measure}也没有了。"
            if new == 0
            else say(rng, "这时候有{c}。｜现在是{c}。｜他有{c}了。", c=quantity(new, measure))
        )
        parts.append(event + ending + tail)
        value = new
    closing = say(
        rng,
        "{a}把{t}收好。｜“我算对了！”{a}说。｜{b}又数了一遍，一{m}不差。｜两个人都笑了。",
        a=a,
        b=b,
        t=thing,
        m=measure,
    )
    return "".join(parts) + closing


ACTS: dict[Act, float] = {goods: 5, arriving: 3, two_people: 4, shared: 2}
TALES: dict[Tale, float] = {problem_text: 1}
