"""The town: places and what for, vehicles, the way there, the traffic light."""

from random import Random

from ..tables import Row, listed, table
from ..wording import asked, asked_on, corrected, draw, joined, number, say
from .kinds import Act, Chat, Tale
from .rows import Attribute, Subject, about, across, facts_of, later_turn, premise

DOES = Attribute(
    "does",
    """{it}是做什么的｜{it}是干什么的地方｜人们去{it}做什么｜去{it}可以做什么｜到{it}去干什么｜{it}是什么地方
    {it}有什么用｜我们什么时候要去{it}""",
    "{it}是{does}的地方｜{it}可以{does}｜人们去{it}{does}｜去{it}可以{does}",
    "{does}｜可以{does}｜去{does}",
    "不是{does}的地方",
)
HAS = Attribute(
    "has",
    "{it}里有什么｜{it}里面有什么｜在{it}能看到什么｜{it}里能见到什么｜走进{it}，会看到什么｜{it}里都有些什么",
    "{it}里有{has}｜{it}里有{has}｜在{it}能看到{has}｜{it}里面有{has}",
    "有{has}｜{has}",
)
TOWN = Subject(table("town"), "name", "那里", (DOES, HAS))

WHEELS = Attribute(
    "wheels",
    "{it}有几个轮子｜{it}有多少个轮子｜{it}一共几个轮子｜{it}下面有几个轮子｜{it}装着几个轮子｜{it}是几个轮子的",
    "{it}有{wheels}个轮子｜{it}有{wheels}个轮子｜{it}一共有{wheels}个轮子｜{it}装着{wheels}个轮子",
    "{wheels}个轮子｜{wheels}个",
    "不是{wheels}个轮子",
)
RUNS = Attribute(
    "where",
    "{it}在哪里走｜{it}在哪里跑｜{it}在什么地方开｜{it}是在哪里开的｜在哪里能看到{it}｜{it}走什么样的路",
    "{it}在{where}｜{it}在{where}来来往往｜在{where}能看到{it}",
    "在{where}｜{where}",
    "不在{where}",
)
USE = Attribute(
    "use",
    "{it}有什么用｜{it}是用来做什么的｜{it}做什么用｜人们用{it}做什么｜{it}能干什么｜要{it}有什么用处",
    "{it}用来{use}｜{it}可以{use}｜{it}是{use}用的｜人们用{it}{use}",
    "{use}｜用来{use}｜可以{use}",
    "不是用来{use}的",
)
DRIVER = Attribute(
    "driver",
    "谁开{it}｜{it}是谁开的｜{it}由谁来开｜开{it}的人叫什么｜什么人会开{it}｜{it}归谁开",
    "{it}由{driver}来开｜开{it}的是{driver}｜{driver}开{it}",
    "是{driver}｜{driver}",
)
NOTE = Attribute(
    "note",
    """{it}有什么特点｜{it}有什么特别的｜说说{it}是什么样的｜{it}和别的车船有什么不一样｜关于{it}，你知道什么
    怎样认出{it}""",
    "{told}",
    "{told}",
)
VEHICLES = Subject(table("vehicles"), "name", "它", (WHEELS, RUNS, USE, DRIVER, NOTE))


def errand(rng: Random) -> Chat:
    """I want to do this: where do I go? And the place after that."""
    chat = []
    for row in rng.sample(
        [row for row in TOWN.table if row["name"] not in ("消防队", "公园")], rng.choice((1, 1, 2, 3))
    ):
        does = rng.choice(listed(row["does"]))
        ask = say(
            rng,
            """我想{d}，[去哪里|该去哪里|应该去哪儿|到哪里去|要去什么地方]？
            {d}[去哪里|要去哪里|应该去哪儿|到什么地方去]？
            在哪里可以{d}？｜什么地方能{d}？｜妈妈要{d}，她该去哪里？｜如果要{d}，去哪儿好？｜哪里可以{d}？"""
            if not chat
            else "那{d}呢？｜{d}呢？｜要是想{d}呢？｜还要{d}，去哪里？｜{d}又去哪里？",
            d=does,
        )
        reply = "去{n}。｜可以去{n}。｜到{n}去。｜去{n}可以{d}。｜{d}要去{n}。"
        chat.append((ask, say(rng, reply, n=row["name"], d=does)))
    if rng.random() < 0.3:
        chat.append(later_turn(rng, TOWN, HAS, row))
    return chat


def which_vehicle(rng: Random) -> Chat:
    """What brings me over the sea, up the ladder, to grandmother far away."""
    purposes = {
        "去很远的国家": "飞机",
        "过大海": "轮船",
        "在城里不怕堵车": "地铁",
        "送生病的人去医院": "救护车",
        "救火": "消防车",
        "运很多砖头": "卡车",
        "去太空": "火箭",
        "去附近的公园": "自行车",
        "在小河里划着玩": "小木船",
        "耕地": "拖拉机",
        "把土推平": "推土机",
        "到没有路的山里救人": "直升机",
        "坐很久去外省看外婆": "火车",
        "很快地到另一个城市": "高铁",
        "跟很多人一起上学": "公共汽车",
    }
    purpose, name = rng.choice(list(purposes.items()))
    row = next(row for row in VEHICLES.table if row["name"] == name)
    core = "{p}，用什么车或者船｜{p}要坐什么｜{p}，该坐什么｜{p}用什么好｜要{p}，坐什么去｜想{p}，用什么最好｜{p}靠什么"
    reply = "用{n}。｜{p}可以用{n}。｜{n}最合适。｜要用{n}。｜{n}可以{p}。"
    chat = [(asked(rng, say(rng, core, p=purpose)), say(rng, reply, p=purpose, n=name))]
    if rng.random() < 0.5:
        attributes = [a for a in VEHICLES.of(row) if a is not USE]
        chat.append(later_turn(rng, VEHICLES, rng.choice(attributes), row))
    return chat


def faster(rng: Random) -> Chat:
    order = ["走路", "自行车", "小汽车", "高铁", "飞机", "火箭"]
    slow, fast = sorted(rng.sample(range(len(order)), 2))
    a, b = rng.sample((slow, fast), 2)
    quick = rng.random() < 0.6
    word = "快" if quick else "慢"
    core = "{a}和{b}，哪个{w}｜{a}跟{b}比，谁{w}｜是{a}{w}，还是{b}{w}｜{a}和{b}哪一个更{w}｜比一比，{a}{w}还是{b}{w}"
    reply = "{f}快，{s}慢。｜{f}比{s}快。" if quick else "{s}慢，{f}快。｜{s}比{f}慢。"
    ask = asked(rng, say(rng, core, a=order[a], b=order[b], w=word))
    chat = [(ask, say(rng, reply, f=order[fast], s=order[slow]))]
    if slow > 0 and rng.random() < 0.5:
        third = order[rng.randrange(slow)]
        ask = say(
            rng,
            "加上{t}，谁最慢？｜再加上{t}呢，哪个最慢？｜还有{t}，三个里面哪个最慢？｜要是还有{t}，最慢的是谁？",
            t=third,
        )
        chat.append((ask, say(rng, "{t}最慢。｜最慢的是{t}。｜三个里面{t}最慢。", t=third)))
    return chat


_LIGHTS = {"红": "停下来等一等", "绿": "看清楚左右再走", "黄": "停下来等一等"}


def lights(rng: Random) -> Chat:
    colours = rng.sample(list(_LIGHTS), rng.choice((1, 2, 3)))
    chat = []
    for colour in colours:
        ask = say(
            rng,
            """{c}灯亮了，[该|应该|要][怎么办|怎么做|做什么]？｜看到{c}灯[要|应该][怎么办|做什么]？
            过马路的时候{c}灯亮了，怎么办？
            {c}灯是什么意思？｜碰到{c}灯能走吗？｜走到路口，{c}灯亮了，我该怎么做？｜{c}灯亮的时候能不能过马路？"""
            if not chat
            else "那{c}灯呢？｜{c}灯呢？｜要是{c}灯呢？｜换成{c}灯，怎么办？",
            c=colour,
        )
        can = "可以走" if colour == "绿" else "不能走"
        reply = "{c}灯亮了要{d}。｜看到{c}灯，要{d}。｜{c}灯{k}。｜{c}灯亮的时候{k}，要{d}。"
        if colour == "绿":
            reply = "{c}灯亮了，{d}。｜看到{c}灯{k}，{d}。｜{c}灯{k}。"
        chat.append((ask, say(rng, reply, c=colour, d=_LIGHTS[colour], k=can)))
    return chat


_RULES = (
    ("过马路要注意什么", "先看左边，再看右边，走人行横道"),
    ("过马路走哪里", "走人行横道，也可以走天桥"),
    ("在人行道上能踢球吗", "不能，球滚到马路上很危险"),
    ("坐公共汽车要怎么上车", "排好队，先下后上"),
    ("坐公共汽车看到老人怎么办", "把座位让给老人"),
    ("坐小汽车要系什么", "要系安全带"),
    ("骑自行车要戴什么", "要戴头盔"),
    ("在街上和妈妈走散了怎么办", "站在原地等，或者找警察帮忙"),
    ("陌生人叫我跟他走怎么办", "不要跟他走，马上去找认识的大人"),
    ("捡到钱包怎么办", "交给警察，或者交给老师"),
    ("等地铁的时候站在哪里", "站在黄线后面"),
    ("坐电梯要注意什么", "扶好扶手，不要打闹"),
    ("垃圾扔在哪里", "扔进垃圾桶里"),
    ("着火了打什么电话", "打一一九，叫消防员来"),
    ("有人生了急病打什么电话", "打一二〇，叫救护车来"),
    ("遇到坏人打什么电话", "打一一〇，找警察"),
    ("在商店里想要一样东西，没有钱怎么办", "先放回去，回家跟爸爸妈妈商量"),
    ("电影院里能大声说话吗", "不能，会吵到别人"),
    ("在图书馆里要怎么做", "要安静，轻轻地走，小声说话"),
    ("买东西的时候人很多怎么办", "排队，一个一个来"),
)


def rules(rng: Random) -> Chat:
    core, truth = rng.choice(_RULES)
    chat = [(asked(rng, core), truth + "。")]
    if rng.random() < 0.3:
        chat.append(
            (
                draw(rng, "[知道了|记住了|明白了]。｜好的，我会记住的。｜谢谢你提醒我。"),
                draw(rng, "真棒。｜记住就好。｜不客气，路上小心。｜好的。"),
            )
        )
    return chat


_TURN = {"左": "右", "右": "左"}


def way(rng: Random) -> Chat:
    """The way told, then asked back: which turn, what comes after, the way home."""
    start, goal, mark = rng.sample([row["name"] for row in TOWN.table], 3)
    side = rng.choice("左右")
    crossing = rng.randint(1, 3)
    nth = number(crossing)
    told = say(
        rng,
        """从{s}出来，一直走，到第{n}个路口往{t}拐，走过{m}，就是{g}。
        从{s}到{g}，先走到第{n}个路口，往{t}拐，再走过{m}就到了。
        我从{s}去{g}，在第{n}个路口往{t}拐，过了{m}就是。""",
        s=start,
        n=nth,
        t=side,
        m=mark,
        g=goal,
    )
    heard = say(
        rng,
        "好的，我记住了：在第{n}个路口往{t}拐。｜知道了，过了{m}就是{g}。｜我记下了这条路。",
        n=nth,
        t=side,
        m=mark,
        g=goal,
    )
    chat = [(told, heard)]
    asks = [
        ("往哪边拐", "往{t}拐。｜到路口往{t}拐。｜是往{t}拐。"),
        ("在第几个路口拐弯", "在第{n}个路口。｜第{n}个路口拐弯。｜走到第{n}个路口拐。"),
        ("要走过什么地方", "要走过{m}。｜会经过{m}。｜走过{m}就到了。"),
        ("从哪里出发", "从{s}出发。｜是从{s}出来。｜从{s}走。"),
        ("最后到哪里", "到{g}。｜最后到{g}。｜走到{g}。"),
        ("回来的时候，在路口往哪边拐", "回来的时候往{o}拐。｜往{o}拐。｜反过来，往{o}拐。"),
    ]
    for core, reply in rng.sample(asks, rng.choice((1, 2, 2, 3))):
        answer = say(rng, reply, t=side, n=nth, m=mark, s=start, g=goal, o=_TURN[side])
        chat.append((asked_on(rng, core), answer))
    return chat


def absurd(rng: Random) -> Chat:
    """A wrong errand: one does not buy bread in the bank."""
    row, other = rng.sample(TOWN.table, 2)
    does = rng.choice(listed(other["does"]))
    if set(does) & set(row["does"]) - set("买看的吃"):
        return absurd(rng)
    ask = say(
        rng,
        "能去{n}{d}吗？｜我要去{n}{d}。｜{d}去{n}，对吗？｜去{n}可以{d}吗？｜我想在{n}{d}，行吗？｜{n}能{d}吗？",
        n=row["name"],
        d=does,
    )
    truth = say(
        rng,
        "{n}是{r}的地方，{d}要去{o}｜{d}要去{o}，不是去{n}｜去{n}是{r}，想{d}要去{o}",
        n=row["name"],
        r=row["does"],
        d=does,
        o=other["name"],
    )
    return [(ask, corrected(rng, truth))]


def vehicle_text(rng: Random, row: Row) -> str:
    facts = facts_of(rng, VEHICLES, row, rng.choice((2, 3)))
    opening = say(
        rng,
        """路上来了一{m}{n}。｜我最喜欢{n}。｜弟弟的玩具里有一{m}{n}。｜你看，那是一{m}{n}。｜画上画着一{m}{n}。
        今天我们坐了{n}。｜远处传来{n}的声音。｜你认识{n}吗？""",
        n=row["name"],
        m=row["measure"],
    )
    closing = draw(rng, "真了不起。｜我长大了也想开一次。｜大家都用得着它。｜弟弟看了又看。｜我把它画了下来。｜")
    return f"{opening}{'，'.join(facts)}。{closing}"


def street(rng: Random) -> str:
    """A walk along a street, place after place, with an errand in each."""
    rows = rng.sample(TOWN.table, rng.choice((3, 4)))
    opening = draw(
        rng,
        """我家门口有一条[小街|长长的街|热闹的街]。｜星期天，妈妈带我上街。｜从学校走回家，要经过一条街。
        这条街我天天走。
        奶奶住的那条街上什么都有。｜爸爸说今天要办好几件事。""",
    )
    links = ["先是", "再往前走是", "旁边是", "最后是"][: len(rows)]
    parts = []
    for link, row in zip(links, rows, strict=True):
        does = rng.choice(listed(row["does"]))
        parts.append(
            say(
                rng,
                "{l}{n}，{h}｜{l}{n}，可以{d}｜{l}{n}，里面有{h2}",
                l=link,
                n=row["name"],
                d=does,
                h=f"人们在那里{does}",
                h2=row["has"],
            )
        )
    closing = draw(
        rng,
        """走完这条街，[太阳都快下山了|我有一点累了|我们就到家了]。｜你看，一条街上能办这么多事。｜我最喜欢最后一家。
        下次我还要来。""",
    )
    return opening + "，".join(parts[:2]) + "。" + "，".join(parts[2:]) + "。" + closing


def description(rng: Random) -> str:
    return street(rng) if rng.random() < 0.6 else vehicle_text(rng, rng.choice(VEHICLES.table))


def odd_vehicle(rng: Random) -> Chat:
    """Which of these does not run on the road?"""
    road = [row["name"] for row in VEHICLES.table if "马路" in row["where"]]
    odd = rng.choice([row for row in VEHICLES.table if row["where"] in ("天上", "大海和大河上", "小河里", "铁路上")])
    names = [*rng.sample(road, 2), odd["name"]]
    rng.shuffle(names)
    core = say(
        rng,
        "{l}，哪一个不在马路上走｜{l}里面，哪个不是在马路上走的｜{l}，谁不走马路｜{l}，哪一个和别的不一样",
        l="、".join(names),
    )
    return [
        (
            asked(rng, core),
            say(rng, "{o}不走马路，它在{w}。｜是{o}，它在{w}走。｜{o}不一样，它在{w}。", o=odd["name"], w=odd["where"]),
        )
    ]


def shopping_words(rng: Random) -> Chat:
    """Three things to buy, and where each."""
    pairs = {
        "铅笔": "文具店",
        "面包": "面包店",
        "鞋": "鞋店",
        "花": "花店",
        "书": "书店",
        "药": "药店",
        "苹果": "水果店",
        "青菜": "菜市场",
        "积木": "玩具店",
    }
    things = rng.sample(list(pairs), rng.choice((2, 3)))
    ask = say(
        rng,
        "我要买{l}，[要去哪几家店|该去哪里]？｜{l}去哪里买？｜妈妈让我买{l}，我要去哪些地方？｜买{l}要跑几个地方？",
        l=joined(things),
    )
    reply = "，".join(f"买{thing}去{pairs[thing]}" for thing in things) + "。"
    return [(ask, reply)]


ACTS: dict[Act, float] = {
    lambda rng: about(rng, TOWN): 3,
    lambda rng: across(rng, TOWN): 2,
    lambda rng: premise(rng, TOWN): 1,
    lambda rng: about(rng, VEHICLES): 3,
    lambda rng: across(rng, VEHICLES): 2,
    lambda rng: premise(rng, VEHICLES): 2,
    errand: 4,
    which_vehicle: 2,
    faster: 1,
    lights: 2,
    rules: 2,
    way: 3,
    absurd: 2,
    odd_vehicle: 1,
    shopping_words: 1,
}
TALES: dict[Tale, float] = {description: 1}
