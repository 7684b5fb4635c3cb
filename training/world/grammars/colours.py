"""Colours of things, mixed colours, shapes with their sides and corners."""

from random import Random

from ..tables import listed, table
from ..wording import asked, asked_on, claimed, confirmed, corrected, draw, joined, quantity, say
from .cast import child
from .kinds import Act, Chat, Tale
from .rows import Attribute, Subject, about, across, premise

_THINGS = [(thing, row["colour"]) for row in table("colours") for thing in listed(row["things"])]
_COLOURS = [row["colour"] for row in table("colours")]
_MIXES = table("mixes")


def counted(columns: dict[str, str]) -> dict[str, str]:
    """The row with 三条边 and 三个角 in place of the numbers."""
    sides = f"{quantity(int(columns['sides']))}条边" if columns["sides"] else ""
    corners = f"{quantity(int(columns['corners']))}个角" if columns["corners"] else ""
    return columns | {"sides": sides, "corners": corners}


SIDES = Attribute(
    "sides",
    "{it}有几条边｜{it}有多少条边｜{it}一共几条边｜{it}是几条边围成的｜数一数，{it}有几条边｜{it}的边有几条",
    "{it}有{sides}｜{it}有{sides}｜{it}一共有{sides}｜{it}是{sides}围成的",
    "{sides}",
    "没有{sides}",
)
CORNERS = Attribute(
    "corners",
    "{it}有几个角｜{it}有多少个角｜{it}一共几个角｜{it}的角有几个｜{it}上有几个角｜数一数，{it}有几个角",
    "{it}有{corners}｜{it}有{corners}｜{it}一共有{corners}",
    "{corners}",
    "没有{corners}",
)
NOTE = Attribute(
    "note",
    "{it}有什么特点｜{it}是什么样的｜怎样认出{it}｜{it}有什么不一样｜说说{it}的样子｜{it}长什么样",
    "{told}",
    "{told}",
)
LIKE = Attribute(
    "things",
    """什么东西是{it}的样子｜哪些东西像{it}｜在家里哪里能看到{it}｜举出像{it}的东西｜什么东西的形状是{it}
    你见过什么像{it}的东西""",
    "{things}是{it}的样子｜{things}都像{it}｜像{it}的有{things}",
    "{things}",
)
SHAPES = Subject([counted(row) for row in table("shapes")], "name", "它", (SIDES, CORNERS, NOTE, LIKE))


def colour_of(rng: Random) -> Chat:
    """What colour is …? And …? And what else has that colour?"""
    chat = []
    for thing, colour in rng.sample(_THINGS, rng.choice((1, 1, 2, 3))):
        if chat:
            ask = say(rng, "那{t}呢？｜{t}呢？｜{t}是什么颜色？｜{t}又是什么颜色？", t=thing)
        else:
            core = """{t}是什么颜色｜{t}是什么颜色的｜{t}什么颜色｜{t}的颜色是什么｜{t}是哪种颜色｜画{t}要用什么颜色
            {t}看上去是什么颜色的"""
            ask = asked(rng, say(rng, core, t=thing))
        chat.append(
            (ask, say(rng, "{t}是{c}的。｜{t}是{c}的。｜是{c}的。｜{c}。｜{t}一般是{c}的。", t=thing, c=colour))
        )
    if rng.random() < 0.4:
        others = [t for t, c in _THINGS if c == colour and t != thing]
        if others:
            ask = say(
                rng, "还有什么是{c}的？｜还有什么东西也是这种颜色？｜你再说一样{c}的东西。｜还有别的{c}的吗？", c=colour
            )
            chat.append((ask, say(rng, "{o}也是{c}的。｜还有{o}。｜{o}。", o=rng.choice(others), c=colour)))
    return chat


def of_colour(rng: Random) -> Chat:
    """Name something red."""
    rows = [row for row in table("colours") if len(listed(row["things"])) > 2]
    chat = []
    for row in rng.sample(rows, rng.choice((1, 1, 2))):
        colour = row["colour"]
        many = rng.choice((1, 2, 3))
        names = rng.sample(listed(row["things"]), many)
        if chat:
            ask = say(rng, "{c}的呢？｜那{c}的呢？｜{c}的有什么？", c=colour)
        else:
            ask = say(
                rng,
                """什么东西是{c}的？｜[说|说出|告诉我]{n}样{c}的东西。｜哪些东西是{c}的？｜你知道什么东西是{c}的吗？
                有什么{c}的东西？
                {c}的东西有哪些？｜我想画{c}的东西，画什么好？｜举出{n}样{c}的东西。""",
                c=colour,
                n="一两三"[many - 1],
            )
        reply = "{l}是{c}的。｜{l}。｜有{l}。" if many == 1 else "{l}都是{c}的。｜{l}。｜有{l}。｜比如{l}。"
        chat.append((ask, say(rng, reply, l=joined(names), c=colour)))
    return chat


def wrong_colour(rng: Random) -> Chat:
    thing, colour = rng.choice(_THINGS)
    right = rng.random() < 0.35
    owners = {c for t, c in _THINGS if t == thing}
    told = (
        colour
        if right
        else rng.choice(
            [c for c in _COLOURS if c not in owners and not {c, colour} <= {"橙色", "黄色", "红色", "棕色", "金色"}]
        )
    )
    ask = claimed(rng, say(rng, "{t}是{c}的｜{t}的颜色是{c}", t=thing, c=told))
    truth = say(rng, "{t}是{c}的｜{t}一般是{c}的", t=thing, c=colour)
    return [(ask, confirmed(rng, truth) if right else corrected(rng, truth, f"不是{told}的"))]


def mix(rng: Random) -> Chat:
    """Red and yellow give …; how does one get green; which two."""
    chat = []
    for row in rng.sample(_MIXES, rng.choice((1, 1, 2, 3))):
        a, b = rng.sample((row["first"], row["second"]), 2)
        c = row["result"]
        if rng.random() < 0.65:
            if chat:
                ask = say(rng, "那{a}和{b}呢？｜{a}加{b}呢？｜{a}和{b}混在一起呢？", a=a, b=b)
            else:
                core = """{a}和{b}混在一起是什么颜色｜{a}加{b}变成什么颜色｜把{a}和{b}的颜料混起来，会变成什么颜色
                {a}和{b}调在一起是什么颜色
                {a}的颜料里加一点{b}，变成什么颜色｜{a}跟{b}合起来是什么颜色"""
                ask = asked(rng, say(rng, core, a=a, b=b))
            chat.append(
                (ask, say(rng, "变成{c}。｜是{c}。｜{a}和{b}混在一起是{c}。｜{a}加{b}变成{c}。", a=a, b=b, c=c))
            )
        else:
            core = """怎么调出{c}｜{c}是用哪两种颜色调出来的｜没有{c}的颜料怎么办｜什么颜色和什么颜色混在一起是{c}
            想要{c}，该混哪两种颜色"""
            ask = say(rng, "那{c}呢，怎么调？｜怎么调出{c}？", c=c) if chat else asked(rng, say(rng, core, c=c))
            chat.append(
                (
                    ask,
                    say(
                        rng, "用{a}和{b}。｜把{a}和{b}混在一起。｜{a}加{b}就是{c}。｜用{a}和{b}调出{c}。", a=a, b=b, c=c
                    ),
                )
            )
    return chat


def outfit(rng: Random) -> Chat:
    """The colours of somebody's things told, and asked back."""
    name = rng.choice(("我", child(rng)))
    you = "你" if name == "我" else name
    things = rng.sample(
        ("帽子", "书包", "鞋子", "外套", "手套", "围巾", "雨伞", "水杯", "自行车", "铅笔盒"), rng.choice((2, 3))
    )
    colours = rng.sample(("红色", "黄色", "蓝色", "绿色", "白色", "黑色", "紫色", "粉红色", "灰色"), len(things))
    pairs = dict(zip(things, colours, strict=True))
    told = say(
        rng,
        "{n}的{l}。｜{n}有几样新东西：{m}。｜画上的{n}，{l}。",
        n=name,
        l="，".join(f"{t}是{c}的" for t, c in pairs.items()),
        m="、".join(f"{c}的{t}" for t, c in pairs.items()),
    )
    told = told.replace("画上的我", "照片上的我")
    chat = [(told, draw(rng, "真好看，我记住了。｜颜色搭配得很好。｜好的，我记下了。｜听起来很漂亮。"))]
    for thing, colour in rng.sample(list(pairs.items()), rng.choice((1, 2, len(pairs)))):
        if rng.random() < 0.6:
            ask = say(
                rng,
                "{n}的{t}是什么颜色？｜{t}是什么颜色的？｜那{t}呢，什么颜色？｜你记得{t}的颜色吗？",
                n=name,
                t=thing,
            )
            chat.append((ask, say(rng, "{y}的{t}是{c}的。｜{t}是{c}的。｜是{c}的。｜{c}。", y=you, t=thing, c=colour)))
        else:
            ask = say(rng, "什么是{c}的？｜哪样东西是{c}的？｜{c}的是什么？", c=colour)
            chat.append((ask, say(rng, "{t}是{c}的。｜是{t}。｜{y}的{t}是{c}的。", y=you, t=thing, c=colour)))
    return chat


def shape_of(rng: Random) -> Chat:
    """What shape has a door; and which shape has three sides."""
    if rng.random() < 0.5:
        row = rng.choice(SHAPES.table)
        thing = rng.choice(listed(row["things"]))
        core = "{t}是什么形状｜{t}是什么形状的｜{t}的形状是什么｜{t}像什么形状｜画{t}要画什么形状｜{t}看上去是什么形状"
        chat = [
            (
                asked(rng, say(rng, core, t=thing)),
                say(rng, "{t}是{n}。｜是{n}。｜{t}的形状是{n}。｜{n}。", t=thing, n=row["name"]),
            )
        ]
    else:
        row = rng.choice([row for row in SHAPES.rows("sides") if row["name"] in ("三角形", "五边形", "六边形")])
        core = "有{s}的图形叫什么｜什么图形有{s}｜{s}围成的是什么形｜{k}的图形是什么｜哪种图形有{k}"
        ask = asked(rng, say(rng, core, s=row["sides"], k=row["corners"]))
        chat = [(ask, say(rng, "是{n}。｜叫{n}。｜{n}有{s}。｜{n}。", n=row["name"], s=row["sides"]))]
    attributes = [a for a in SHAPES.of(row) if a is not LIKE]
    if rng.random() < 0.5 and attributes:
        attribute = rng.choice(attributes)
        ask = asked_on(rng, say(rng, attribute.asks, it="它"))
        chat.append((ask, say(rng, attribute.says, **{**row, "it": "它", "told": "它" + row["note"]}) + "。"))
    return chat


def more_sides(rng: Random) -> Chat:
    rows = sorted(rng.sample(SHAPES.rows("sides"), 2), key=lambda row: row["sides"])
    if rows[0]["sides"] == rows[1]["sides"]:
        a, b = rows
        core = "{a}和{b}，谁的边多｜{a}的边多还是{b}的边多｜{a}跟{b}比，哪个边多"
        ask = asked(rng, say(rng, core, a=a["name"], b=b["name"]))
        return [
            (
                ask,
                say(
                    rng,
                    "一样多，都是{s}。｜{a}和{b}都有{s}，一样多。｜一样多。",
                    s=a["sides"],
                    a=a["name"],
                    b=b["name"],
                ),
            )
        ]
    count = {row["name"]: "零一两三四五六".index(row["sides"][0]) for row in rows}
    many, few = max(count, key=count.__getitem__), min(count, key=count.__getitem__)
    a, b = rng.sample((many, few), 2)
    core = "{a}和{b}，谁的边多｜{a}的边多还是{b}的边多｜{a}跟{b}比，哪个边多｜{a}和{b}哪一个边多一些"
    ask = asked(rng, say(rng, core, a=a, b=b))
    chat = [
        (
            ask,
            say(
                rng, "{m}的边多。｜{m}边多。｜{m}比{f}多{d}条边。", m=many, f=few, d=quantity(count[many] - count[few])
            ),
        )
    ]
    if rng.random() < 0.5:
        ask = draw(rng, "多几条？｜多多少？｜相差几条边？")
        chat.append((ask, say(rng, "多{d}条。｜{d}条。｜相差{d}条边。", d=quantity(count[many] - count[few]))))
    return chat


def description(rng: Random) -> str:
    """A picture painted: which colours for what, and a shape in it."""
    name = child(rng)
    chosen = rng.sample(_THINGS, 3)
    row = rng.choice(SHAPES.table)
    opening = say(
        rng,
        """{n}打开画盒，开始画画。｜美术课上，{n}画了一幅画。｜下雨天出不去，{n}在家里画画。｜{n}要给外婆画一张贺卡。
        墙上挂着{n}的画。""",
        n=name,
    )
    parts = [say(rng, "{t}涂成{c}｜用{c}画了{t}｜{t}是{c}的", t=t, c=c) for t, c in chosen]
    mixing = rng.choice(_MIXES)
    trouble = say(
        rng,
        """{c}的颜料用完了，{n}把{a}和{b}混在一起，正好调出{c}。
        画到一半，没有{c}了。老师说：“{a}加{b}就是{c}。”{n}一试，果然是。""",
        n=name,
        a=mixing["first"],
        b=mixing["second"],
        c=mixing["result"],
    )
    shape = say(
        rng,
        "角上还画了一个{s}，{k}。｜旁边是一个{s}，像{t}。｜最后画了一个{s}。",
        s=row["name"],
        k=row["note"],
        t=rng.choice(listed(row["things"])),
    )
    closing = say(
        rng, "{n}把画挂在墙上。｜大家都说画得好。｜外婆收到画，笑得合不拢嘴。｜{n}在下面写上了自己的名字。", n=name
    )
    return f"{opening}{'，'.join(parts)}。{trouble if rng.random() < 0.6 else ''}{shape}{closing}"


ACTS: dict[Act, float] = {
    colour_of: 4,
    of_colour: 3,
    wrong_colour: 2,
    mix: 3,
    outfit: 3,
    lambda rng: about(rng, SHAPES): 2,
    lambda rng: across(rng, SHAPES): 2,
    lambda rng: premise(rng, SHAPES): 1,
    shape_of: 3,
    more_sides: 1,
}
TALES: dict[Tale, float] = {description: 1}
