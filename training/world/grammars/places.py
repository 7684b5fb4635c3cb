"""Countries and their capitals, continents, the provinces of China."""

from random import Random

from ..tables import Row, table
from ..wording import asked, claimed, confirmed, corrected, draw, joined, say
from .kinds import Act, Chat, Tale
from .rows import Attribute, Subject, about, across, facts_of, later_turn, premise

CAPITAL = Attribute(
    "capital",
    """{it}的首都是哪里｜{it}的首都叫什么｜{it}的首都是哪个城市｜{it}的首都在哪儿｜{it}的首都是什么地方
    {it}首都是哪座城
    哪座城市是{it}的首都｜{it}的首都叫什么名字｜什么城市是{it}的首都""",
    "{it}的首都是{capital}｜{it}的首都是{capital}｜{it}的首都是{capital}｜{it}的首都叫{capital}｜{capital}是{it}的首都",
    "是{capital}｜{capital}",
    "不是{capital}",
)
CONTINENT = Attribute(
    "continent",
    "{it}在哪个洲｜{it}在哪一洲｜{it}在什么洲｜{it}是哪个洲的国家｜{it}属于哪个洲｜{it}位于哪个大洲",
    "{it}在{continent}｜{it}在{continent}｜{it}是{continent}的国家｜{it}属于{continent}",
    "在{continent}｜{continent}",
    "不在{continent}",
)
SIGHT = Attribute(
    "sight",
    "{it}有什么｜{it}有什么好看的｜到{it}能看到什么｜去{it}可以看什么｜{it}有什么有名的东西｜{it}有名的是什么",
    "{it}有{sight}｜{it}有{sight}｜{it}有名的是{sight}｜在{it}可以看到{sight}",
    "有{sight}｜{sight}",
)
COUNTRIES = Subject(table("countries"), "country", "那里", (CAPITAL, CONTINENT, SIGHT))
_CAPITALS = {row["capital"]: row["country"] for row in COUNTRIES.table}


def seat_name(row: Row) -> Row:
    """What the capital of a province is called depends on what kind of region it is."""
    seat = {"省": "省会", "自治区": "首府"}.get(row["kind"], "")
    full = row["name"] + (row["kind"] if row["kind"] == "省" else "")
    return row | {"seat": seat, "full": full}


SEAT = Attribute(
    "capital",
    """{it}的{seat}是哪里｜{it}的{seat}叫什么｜{it}的{seat}是哪个城市｜{it}的{seat}在哪儿｜哪个城市是{it}的{seat}
    {it}的{seat}是什么地方｜{it}的{seat}是哪座城市""",
    "{it}的{seat}是{capital}｜{it}的{seat}是{capital}｜{it}的{seat}叫{capital}｜{capital}是{it}的{seat}",
    "是{capital}｜{capital}",
    "不是{capital}",
)
WHERE = Attribute(
    "where",
    "{it}在中国的什么地方｜{it}在中国的哪一边｜{it}在哪个方向｜{it}在中国的哪里｜{it}是哪一片的｜{it}大概在什么位置",
    "{it}在中国的{where}｜{it}在中国的{where}｜{it}在{where}",
    "在{where}｜在中国的{where}",
)
FAME = Attribute(
    "note",
    "{it}有什么｜{it}有什么有名的｜{it}是个什么样的地方｜去{it}能看到什么｜{it}有什么好玩的｜说到{it}，你想到什么",
    "{told}",
    "{told}",
)
PROVINCES = Subject([seat_name(row) for row in table("provinces")], "name", "那里", (SEAT, WHERE, FAME))


def reverse(rng: Random) -> Chat:
    """Which country has this capital, and where does it lie."""
    rows = rng.sample(COUNTRIES.table, rng.choice((1, 1, 2)))
    chat = []
    for row in rows:
        core = """{c}是哪个国家的首都｜{c}是哪国的首都｜哪个国家的首都是{c}｜{c}在哪个国家｜{c}是什么国家的首都
        {c}属于哪个国家"""
        later = "那{c}呢？｜{c}呢？｜{c}是哪国的？｜那{c}是哪个国家的？"
        ask = say(rng, later, c=row["capital"]) if chat else asked(rng, say(rng, core, c=row["capital"]))
        reply = "{c}是{n}的首都。｜是{n}。｜{n}的首都是{c}。｜{c}在{n}，是{n}的首都。"
        chat.append((ask, say(rng, reply, c=row["capital"], n=row["country"])))
    others = [a for a in COUNTRIES.of(row) if a is not CAPITAL]
    if others and rng.random() < 0.5:
        chat.append(later_turn(rng, COUNTRIES, rng.choice(others), row))
    return chat


def mistaken(rng: Random) -> Chat:
    """A big city that many take for the capital, or the capital of another country."""
    row = rng.choice(COUNTRIES.table)
    named = row["mistaken"] or rng.choice([c for c in _CAPITALS if c != row["capital"]])
    if rng.random() < 0.3:
        named = rng.choice([c for c in _CAPITALS if c != row["capital"]])
    right = rng.random() < 0.3
    city = row["capital"] if right else named
    ask = claimed(rng, say(rng, "{n}的首都是{c}｜{c}是{n}的首都｜{n}的首都叫{c}", n=row["country"], c=city))
    truth = say(rng, "{n}的首都是{c}", n=row["country"], c=row["capital"])
    chat = [(ask, confirmed(rng, truth) if right else corrected(rng, truth, f"不是{city}"))]
    if not right and city in _CAPITALS and rng.random() < 0.5:
        ask = say(rng, "那{c}是哪里的首都？｜{c}是哪国的首都呢？｜那{c}呢？｜{c}是哪个国家的？", c=city)
        chat.append(
            (ask, say(rng, "{c}是{n}的首都。｜{c}是{n}的，它是那里的首都。｜是{n}。", c=city, n=_CAPITALS[city]))
        )
    return chat


def choice_of_two(rng: Random) -> Chat:
    row, other = rng.sample(COUNTRIES.rows("continent"), 2)
    a, b = rng.sample((row["capital"], row["mistaken"] or other["capital"]), 2)
    core = "{n}的首都是{a}还是{b}｜{a}和{b}，哪个是{n}的首都｜{n}的首都，是{a}，还是{b}｜{a}、{b}，哪一座是{n}的首都"
    ask = asked(rng, say(rng, core, n=row["country"], a=a, b=b))
    chat = [
        (
            ask,
            say(
                rng,
                "是{c}。｜{n}的首都是{c}。｜{c}是{n}的首都。｜{c}，{n}的首都是{c}。",
                n=row["country"],
                c=row["capital"],
            ),
        )
    ]
    if rng.random() < 0.4:
        chat.append(later_turn(rng, COUNTRIES, CONTINENT, row))
    return chat


def of_continent(rng: Random) -> Chat:
    """Name some countries of a continent; which of some lies elsewhere."""
    continent = rng.choice(("亚洲", "欧洲", "非洲", "北美洲", "南美洲", "大洋洲"))
    inside = [row["country"] for row in COUNTRIES.table if row["continent"] == continent]
    outside = [row["country"] for row in COUNTRIES.table if row["continent"] not in (continent, "")]
    if rng.random() < 0.5:
        many = rng.choice((1, 2, 3))
        ask = say(
            rng,
            """[说|说出|举出]{c}个{p}的国家。｜{p}有哪些国家？说{c}个。｜你知道{p}有哪些国家吗？
            {p}的国家，你能说出{c}个吗？
            告诉我{c}个{p}的国家。｜哪些国家在{p}？｜在{p}的国家有哪些？｜我想知道{p}有什么国家。""",
            c="一两三"[many - 1],
            p=continent,
        )
        names = rng.sample(inside, min(many, len(inside)))
        return [(ask, say(rng, "有{l}。｜{l}。｜{p}有{l}。｜{l}在{p}。", l=joined(names), p=continent))]
    odd = rng.choice(outside)
    names = [*rng.sample(inside, 2), odd]
    rng.shuffle(names)
    where = next(row["continent"] for row in COUNTRIES.table if row["country"] == odd)
    core = "{l}，哪个不在{p}｜{l}里面，哪个国家不在{p}｜{l}，谁不在{p}｜{l}，哪一个国家不是{p}的"
    ask = asked(rng, say(rng, core, l="、".join(names), p=continent))
    reply = "{o}不在{p}，它在{w}。｜{o}在{w}，不在{p}。｜是{o}，它在{w}。"
    return [(ask, say(rng, reply, o=odd, p=continent, w=where))]


def seat_of(rng: Random) -> Chat:
    """Of which province is this the capital?"""
    row = rng.choice(PROVINCES.rows("capital"))
    core = "{c}是哪个{k}的{s}｜{c}在哪个{k}｜哪个{k}的{s}是{c}｜{c}是哪里的{s}"
    kind = row["kind"]
    ask = asked(rng, say(rng, core, c=row["capital"], k=kind, s=row["seat"]))
    reply = "{c}是{n}的{s}。｜是{n}。｜{n}的{s}是{c}。｜{c}在{n}，是{n}的{s}。"
    chat = [(ask, say(rng, reply, c=row["capital"], n=row["full"], s=row["seat"]))]
    if rng.random() < 0.5:
        chat.append(later_turn(rng, PROVINCES, rng.choice((WHERE, FAME)), row))
    return chat


_CHINA = (
    ("中国有多少个省", "中国有二十三个省"),
    ("中国有几个直辖市", "中国有四个直辖市：北京、天津、上海和重庆"),
    ("中国的四个直辖市是哪几个", "是北京、天津、上海和重庆"),
    ("中国有几个自治区", "中国有五个自治区"),
    ("中国的五个自治区是哪些", "是内蒙古、广西、西藏、宁夏和新疆"),
    ("中国最长的河是哪一条", "中国最长的河是长江"),
    ("中国第二长的河是哪一条", "中国第二长的河是黄河"),
    ("世界上最高的山是哪一座", "世界上最高的山是珠穆朗玛峰"),
    ("中国最大的湖是哪一个", "中国最大的湖是青海湖"),
    ("中国的国旗是什么颜色", "中国的国旗是红色的，上面有五颗黄色的星"),
    ("中国在哪个洲", "中国在亚洲"),
    ("世界上有几个大洲", "世界上有七个大洲"),
    ("世界上有几个大洋", "世界上有四个大洋"),
    ("世界上最大的洋是哪个", "世界上最大的洋是太平洋"),
    ("世界上最大的洲是哪个", "世界上最大的洲是亚洲"),
    ("面积最大的国家是哪一个", "面积最大的国家是俄罗斯"),
    ("世界上最大的沙漠在哪里", "最大的热沙漠在非洲，叫撒哈拉沙漠"),
    ("世界上最冷的洲是哪个", "最冷的洲是南极洲"),
    ("长城在哪个国家", "长城在中国"),
    ("金字塔在哪个国家", "有名的金字塔在埃及"),
    ("埃菲尔铁塔在哪个城市", "埃菲尔铁塔在法国的巴黎"),
    ("富士山在哪个国家", "富士山在日本"),
    ("西湖在哪个城市", "西湖在浙江的杭州"),
    ("兵马俑在哪个城市", "兵马俑在陕西的西安"),
    ("故宫在哪个城市", "故宫在北京"),
    ("布达拉宫在哪个城市", "布达拉宫在西藏的拉萨"),
    ("泰山在哪个省", "泰山在山东省"),
    ("黄山在哪个省", "黄山在安徽省"),
    ("大熊猫的家乡在哪个省", "大熊猫最多的地方是四川省"),
    ("东方明珠在哪个城市", "东方明珠在上海"),
)


def well_known(rng: Random) -> Chat:
    chat = []
    for core, truth in rng.sample(_CHINA, rng.choice((1, 1, 2))):
        chat.append((asked(rng, core), truth + "。"))
    return chat


_FAR = "将来我也想去看看。｜世界真大。｜我把它记在了本子上。｜你想去吗？｜那一定很好看。｜听起来真有意思。｜"
_OPEN = """{c}在{k}。｜爸爸[出差|旅行]去了{c}。｜地图上，我找到了{c}。｜我有一张{c}的明信片。
老师[讲|说]到了{c}这个国家。
电视里在介绍{c}。｜邻居家的姐姐从{c}回来了。｜我将来想去{c}看看。｜你听说过{c}吗？"""


def description(rng: Random) -> str:
    if rng.random() < 0.6:
        row = rng.choice([row for row in COUNTRIES.rows("sight") if row["continent"]])
        opening = say(rng, _OPEN, c=row["country"], k=row["continent"])
        facts = facts_of(rng, COUNTRIES, row, 3)
        closing = draw(
            rng, "将来我也想去看看。｜世界真大。｜我把它记在了本子上。｜你想去吗？｜那一定很好看。｜听起来真有意思。｜"
        )
        return f"{opening}{'，'.join(facts)}。{closing}"
    row = rng.choice(PROVINCES.table)
    opening = say(
        rng,
        """我的家乡是{n}。｜暑假里，我们一家去了{n}。｜同桌是从{n}来的。｜这本书讲的是{n}。｜外婆[住|生活]在{n}。
        今天的[课|书]里讲到{n}。｜你去过{n}吗？｜地图上有{n}。""",
        n=row["name"],
    )
    facts = facts_of(rng, PROVINCES, row, 3)
    closing = draw(rng, "我很喜欢那里。｜有机会你也去看看吧。｜我还想再去一次。｜真是个好地方。｜我想把这些告诉你。｜")
    return f"{opening}{'，'.join(facts)}。{closing}"


ACTS: dict[Act, float] = {
    lambda rng: about(rng, COUNTRIES): 4,
    lambda rng: across(rng, COUNTRIES): 4,
    lambda rng: premise(rng, COUNTRIES): 1,
    lambda rng: about(rng, PROVINCES): 3,
    lambda rng: across(rng, PROVINCES): 2,
    lambda rng: premise(rng, PROVINCES): 1,
    reverse: 2,
    mistaken: 3,
    choice_of_two: 2,
    of_continent: 2,
    seat_of: 2,
    well_known: 2,
}
TALES: dict[Tale, float] = {description: 1}
