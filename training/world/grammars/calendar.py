"""Days, months, the clock, festivals: what day is tomorrow, how long from nine to eleven."""

from random import Random

from ..tables import listed, table
from ..wording import asked, draw, number, quantity, say, words
from .cast import child
from .kinds import Act, Chat, Tale
from .rows import Attribute, Subject, about, across, facts_of, later_turn, premise

DATE = Attribute(
    "date",
    """{it}是哪一天｜{it}是几月几日｜{it}在什么时候｜{it}是什么日子｜{it}在哪一天｜{it}是几月几号｜哪一天是{it}
    {it}什么时候过""",
    "{it}是{date}｜{it}是{date}｜{it}在{date}｜{date}是{it}",
    "{date}｜是{date}",
    "不是{date}",
)
FOOD = Attribute(
    "food",
    "{it}吃什么｜{it}要吃什么｜{it}有什么好吃的｜{it}那天吃什么｜过{it}的时候吃什么｜{it}大家都吃什么",
    "{it}吃{food}｜{it}吃{food}｜{it}要吃{food}｜{it}那天，大家吃{food}",
    "吃{food}｜{food}",
    "不吃{food}",
)
CUSTOM = Attribute(
    "does",
    "{it}做什么｜{it}人们做什么｜{it}要做些什么｜{it}那天有什么好玩的｜大家怎么过{it}｜过{it}的时候做什么",
    "{it}大家{does}｜{it}人们{does}｜{it}那天，大家{does}｜{it}要{does}",
    "{does}",
    "不是{does}",
)
FESTIVALS = Subject(table("festivals"), "name", "那天", (DATE, FOOD, CUSTOM))
_DAYS = [row["name"] for row in table("days")]
_MONTHS = table("months")
_FROM_TODAY = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天", 3: "大后天"}


def weekday(rng: Random) -> Chat:
    """Today is …, what is tomorrow; asked on for the day after, and whether it is a school day."""
    today = rng.randrange(7)
    asked_for = rng.sample([d for d in _FROM_TODAY if d], rng.choice((1, 2, 3)))
    base = rng.choice((0, 0, 0, 1, -1))
    given = f"{_FROM_TODAY[base]}是{_DAYS[(today + base) % 7]}"
    chat: Chat = []
    for d in asked_for:
        if d == base:
            continue
        day = _DAYS[(today + d) % 7]
        word = _FROM_TODAY[d]
        if chat:
            ask = say(rng, "那{w}呢？｜{w}呢？｜{w}是星期几？｜那{w}是星期几？", w=word)
        else:
            ask = say(
                rng,
                """{g}，{w}是星期几？｜{g}，{w}呢？｜如果{g}，[那|那么]{w}是星期几？｜{g}，你知道{w}是星期几吗？
                {g}。{w}是什么日子，星期几？
                请问{g}，{w}是星期几？｜要是{g}，{w}[该|应该]是星期几？｜{g}的话，{w}是星期几？""",
                g=given,
                w=word,
            )
        chat.append((ask, say(rng, "{w}是{d}。｜{w}是{d}。｜是{d}。｜{d}。", w=word, d=day)))
        if rng.random() < 0.2:
            school = day in _DAYS[:5]
            ask = draw(rng, "那天要上学吗？｜那天上学吗？｜那天是不是休息？｜要去学校吗？")
            no = "那天休息" if "休息" not in ask else "是的，那天休息"
            yes = "要，那天要上学" if "休息" not in ask else "不休息，那天要上学"
            chat.append(
                (ask, say(rng, "{a}。｜{d}{b}。", a=yes if school else no, d=day, b="要上学" if school else "不上学"))
            )
    return chat or weekday(rng)


def day_order(rng: Random) -> Chat:
    """The day after Wednesday, two days before it, three days later."""
    i = rng.randrange(7)
    step = rng.choice((1, 1, -1, -1, 2, -2, 3))
    if abs(step) == 1:
        word = "后一天｜后面一天｜第二天｜下一天" if step > 0 else "前一天｜前面一天｜上一天"
        core = say(rng, "{d}的{w}是星期几｜{d}的{w}是哪天｜{d}的{w}是什么", d=_DAYS[i], w=draw(rng, word))
    else:
        n = quantity(abs(step))
        w = f"再过{n}天" if step > 0 else f"往前{n}天"
        core = say(
            rng,
            "{d}{w}是星期几｜从{d}{x}数{n}天是星期几｜{d}{w}是哪一天",
            d=_DAYS[i],
            w=w,
            x="往后" if step > 0 else "往前",
            n=n,
        )
    day = _DAYS[(i + step) % 7]
    chat = [(asked(rng, core), say(rng, "是{e}。｜{e}。｜{c}是{e}。", c=core[: core.index("是")], e=day))]
    if rng.random() < 0.4:
        further = _DAYS[(i + step + 1) % 7]
        chat.append(
            (
                draw(rng, "再过一天呢？｜再往后一天呢？｜那再下一天呢？｜第二天呢？"),
                say(rng, "是{f}。｜{f}。｜再过一天是{f}。", f=further),
            )
        )
    return chat


_UNITS = (
    ("一个星期有几天", "七天", "一个星期有七天"),
    ("一年有几个月", "十二个月", "一年有十二个月"),
    ("一年有几个季节", "四个季节", "一年有四个季节"),
    ("一天有多少个小时", "二十四个小时", "一天有二十四个小时"),
    ("一个小时有多少分钟", "六十分钟", "一个小时有六十分钟"),
    ("一分钟有多少秒", "六十秒", "一分钟有六十秒"),
    ("半个小时有多少分钟", "三十分钟", "半个小时有三十分钟"),
    ("一刻钟有多少分钟", "十五分钟", "一刻钟有十五分钟"),
    ("半天有多少个小时", "十二个小时", "半天有十二个小时"),
    ("一年大约有多少天", "三百六十五天", "一年有三百六十五天，闰年多一天"),
    ("两个星期有几天", "十四天", "两个星期有十四天"),
    ("半年有几个月", "六个月", "半年有六个月"),
    ("一个星期上几天学", "五天", "一个星期上五天学，休息两天"),
    ("一个季节有几个月", "三个月", "一个季节有三个月"),
    ("十年有多少个月", "一百二十个月", "十年有一百二十个月"),
    ("钟面上有几个数字", "十二个数字", "钟面上有十二个数字"),
    ("两天有多少个小时", "四十八个小时", "两天有四十八个小时"),
    ("三个星期有多少天", "二十一天", "三个星期有二十一天"),
)


def units(rng: Random) -> Chat:
    """How many days in a week; then how many in two things more."""
    chat = []
    for core, short, full in rng.sample(_UNITS, rng.choice((1, 1, 2))):
        other = core.replace("有几", "一共有几").replace("有多少", "等于多少") if rng.random() < 0.3 else core
        chat.append((asked(rng, other), say(rng, "{f}。｜{f}。｜{s}。｜有{s}。", f=full, s=short)))
    return chat


_PLAIN = (
    ("早上吃的饭叫什么", "早上吃的饭叫早饭"),
    ("中午吃的饭叫什么", "中午吃的饭叫午饭"),
    ("晚上吃的饭叫什么", "晚上吃的饭叫晚饭"),
    ("一年的第一个月是几月", "一年的第一个月是一月"),
    ("一年的最后一个月是几月", "一年的最后一个月是十二月"),
    ("一年里哪个月最短", "一年里二月最短"),
    ("一个星期的第一天上学是星期几", "一个星期里，星期一最先上学"),
    ("星期六的第二天是什么日子", "星期六的第二天是星期日，也是休息的日子"),
    ("周末是哪两天", "周末是星期六和星期日"),
    ("哪几天要上学", "星期一到星期五要上学"),
    ("哪两天不用上学", "星期六和星期日不用上学"),
    ("钟上短的那根针叫什么", "钟上短的那根针叫时针"),
    ("钟上长的那根针叫什么", "钟上长的那根针叫分针"),
    ("时针走一圈是多少小时", "时针走一圈是十二个小时"),
    ("分针走一圈是多少分钟", "分针走一圈是六十分钟"),
    ("太阳什么时候升起来", "太阳早上升起来"),
    ("太阳什么时候落下去", "太阳傍晚落下去"),
    ("月亮一般什么时候看得见", "月亮一般晚上看得见"),
    ("白天和晚上哪个时候睡觉", "晚上睡觉"),
    ("一天里最热的是什么时候", "一天里中午过后最热"),
    ("十年有多长，叫一个什么", "十年叫一个年代"),
    ("一百年叫什么", "一百年叫一个世纪"),
    ("前天、昨天和今天，哪个最早", "前天最早"),
    ("明天和后天，哪个先到", "明天先到"),
    ("看几点用什么", "看几点用钟或者手表"),
    ("看日子用什么", "看日子用日历"),
)


def plain(rng: Random) -> Chat:
    """Small questions about time."""
    return [(asked(rng, core), truth + "。") for core, truth in rng.sample(_PLAIN, rng.choice((1, 1, 2)))]


def month_days(rng: Random) -> Chat:
    """How many days April has; the months around it."""
    chat = []
    for row in rng.sample(_MONTHS, rng.choice((1, 2, 2))):
        m, days = number(int(row["number"])), number(int(row["days"]))
        if chat:
            ask = say(rng, "那{m}月呢？｜{m}月呢？｜{m}月有几天？", m=m)
        else:
            core = (
                "{m}月有多少天｜{m}月有几天｜{m}月一共几天｜{m}月是多少天｜{m}月里有多少天｜{m}月有三十天还是三十一天"
            )
            ask = asked(rng, say(rng, core, m=m))
        reply = "{m}月有{d}天。｜{m}月有{d}天。｜有{d}天。｜{d}天。"
        if row["number"] == "2":
            reply = """二月一般有二十八天，闰年有二十九天。｜平年的二月有二十八天，闰年有二十九天。
            二月有二十八天，闰年多一天。"""
        chat.append((ask, say(rng, reply, m=m, d=days)))
    if rng.random() < 0.4:
        i = int(row["number"])
        ask = draw(rng, "下一个月是几月？｜它后面是几月？｜下个月呢，是几月？｜再下一个月是哪个月？")
        chat.append((ask, say(rng, "是{n}月。｜{n}月。｜下一个月是{n}月。", n=number(i % 12 + 1))))
    return chat


def month_order(rng: Random) -> Chat:
    i = rng.randrange(1, 13)
    after = rng.random() < 0.6
    j = (i % 12) + 1 if after else (i - 2) % 12 + 1
    core = (
        "{m}月过完是几月｜{m}月的下一个月是几月｜{m}月后面是哪个月｜现在是{m}月，下个月是几月｜过了{m}月是几月"
        if after
        else "{m}月前面是几月｜{m}月的上一个月是几月｜现在是{m}月，上个月是几月｜哪个月过完是{m}月"
    )
    chat = [
        (
            asked(rng, say(rng, core, m=number(i))),
            say(rng, "是{j}月。｜{j}月。｜{w}是{j}月。", j=number(j), w="下一个月" if after else "上一个月"),
        )
    ]
    if rng.random() < 0.5:
        row = _MONTHS[j - 1]
        ask = draw(rng, "那个月是什么季节？｜它属于哪个季节？｜是什么季节呢？｜那时候是哪个季节？")
        chat.append((ask, say(rng, "是{s}。｜{m}月是{s}。｜{s}。", s=row["season"], m=number(j))))
    return chat


def hour_words(rng: Random, hour: int, minute: int = 0) -> str:
    half = {0: "", 15: "一刻", 30: "半", 45: "三刻"}[minute]
    return f"{quantity(hour)}点{half}"


def clock(rng: Random) -> Chat:
    """Where the hands stand, and what the time is two hours later."""
    hour, minute = rng.randint(1, 12), rng.choice((0, 0, 30))
    if minute:
        hands = f"短针在{number(hour)}和{number(hour % 12 + 1)}中间，长针指着六"
    else:
        hands = f"短针指着{number(hour)}，长针指着十二"
    now = hour_words(rng, hour, minute)
    core = "{h}，是几点｜{h}，现在几点｜钟面上{h}，是几点钟｜{h}，这是什么时间｜钟上{h}，几点了"
    chat = [(asked(rng, say(rng, core, h=hands)), say(rng, "是{n}。｜现在{n}。｜{n}。｜{n}了。", n=now))]
    for _ in range(rng.choice((0, 1, 1, 2))):
        plus = rng.choice((1, 2, 3))
        hour = (hour + plus - 1) % 12 + 1
        ask = say(
            rng, "再过{p}个小时呢？｜过{p}个小时是几点？｜{p}个小时以后呢？｜再过{p}小时是几点？", p=quantity(plus)
        )
        chat.append((ask, say(rng, "是{n}。｜{n}。｜那时候是{n}。", n=hour_words(rng, hour, minute))))
    return chat


_DOING = words("看书 写作业 画画 睡午觉 弹琴 打球 看电影 上课 开会 坐车 游泳 做饭 打扫 练字 爬山 排练")


def lasting(rng: Random) -> Chat:
    """From nine to eleven: how long; from nine for two hours: until when."""
    who, doing = child(rng), rng.choice(_DOING)
    start = rng.randint(1, 9)
    hours = rng.randint(1, min(3, 12 - start))
    end = start + hours
    kind = rng.randrange(3)
    if kind == 0:
        core = """{w}从{s}点{d}到{e}点，一共多久｜{w}{s}点开始{d}，{e}点结束，用了几个小时｜从{s}点到{e}点有几个小时
        {s}点到{e}点，过了多久"""
        reply = "{h}个小时。｜一共{h}个小时。｜从{s}点到{e}点是{h}个小时。｜{e}减{s}，是{h}个小时。"
    elif kind == 1:
        core = """{w}{s}点开始{d}，{d}了{h}个小时，几点结束｜现在{s}点，再过{h}个小时是几点
        {s}点开始，要{h}个小时，几点才完｜{s}点过{h}个小时是几点"""
        reply = "{e}点。｜是{e}点。｜{s}点再过{h}个小时是{e}点。｜过{h}个小时是{e}点。"
    else:
        core = """{w}{d}用了{h}个小时，{e}点结束，是几点开始的｜{e}点往前{h}个小时是几点
        {d}要{h}个小时，{e}点要做完，几点开始｜现在{e}点，{h}个小时以前是几点"""
        reply = "{s}点。｜是{s}点。｜{s}点开始的。｜{e}点往前{h}个小时是{s}点。"
    said = {"w": who, "d": doing, "s": quantity(start), "e": quantity(end), "h": quantity(hours)}
    return [(asked(rng, say(rng, core, **said)), say(rng, reply, **said))]


def routine(rng: Random) -> Chat:
    """What one does at seven; when; before and after."""
    rows = table("routine")
    i = rng.randrange(len(rows) - 1)
    row = rows[i]
    hour = int(row["hour"])
    spoken = quantity((hour - 1) % 12 + 1) + "点"
    does = rng.choice(listed(row["does"]))
    if rng.random() < 0.5:
        core = "{p}{h}一般做什么｜{p}{h}该做什么了｜{p}{h}做什么｜到了{p}{h}要做什么｜{p}{h}小学生在做什么"
        chat = [
            (
                asked(rng, say(rng, core, p=row["part"], h=spoken)),
                say(rng, "{p}{h}一般{d}。｜{d}。｜一般{d}。", p=row["part"], h=spoken, d=row["does"]),
            )
        ]
    else:
        core = "一般几点{d}｜小学生几点{d}｜{d}一般是几点｜什么时候{d}｜{d}是早上还是别的时候，几点"
        chat = [
            (
                asked(rng, say(rng, core, d=does)),
                say(rng, "一般{p}{h}{d}。｜{p}{h}。｜{d}一般在{p}{h}。", p=row["part"], h=spoken, d=does),
            )
        ]
    if rng.random() < 0.5:
        following = rows[i + 1]
        ask = draw(rng, "然后呢？｜接下来做什么？｜再往后做什么？｜做完以后呢？｜之后呢？")
        chat.append((ask, say(rng, "然后{d}。｜接下来{d}。｜{d}。", d=following["does"])))
    return chat


def plan(rng: Random) -> Chat:
    """A plan for some days told, and asked back."""
    days = sorted(rng.sample(range(7), rng.choice((2, 3))))
    things = rng.sample(
        words(
            """去游泳 去图书馆 去外婆家 打扫房间 学画画 看电影 打篮球 上舞蹈课 去公园 买鞋 看牙 种花 练琴
            包饺子 爬山"""
        ),
        len(days),
    )
    pairs = {_DAYS[d]: thing for d, thing in zip(days, things, strict=True)}
    told = say(
        rng,
        "我{l}。｜这个星期，我{l}。｜我的计划是{l}。｜记一下，我{l}。",
        l="，".join(d + t for d, t in pairs.items()),
    )
    chat = [(told, draw(rng, "好的，我记住了。｜知道了，这个星期很充实。｜记下了。｜真是丰富的一周！"))]
    for day, thing in rng.sample(list(pairs.items()), rng.choice((1, 2, len(pairs)))):
        if rng.random() < 0.5:
            ask = say(rng, "我{d}[要|]做什么？｜{d}有什么安排？｜那{d}呢，我做什么？｜{d}我要去做什么来着？", d=day)
            chat.append((ask, say(rng, "{d}{t}。｜你{d}要{t}。｜{t}。", d=day, t=thing)))
        else:
            ask = say(rng, "我星期几{t}？｜哪天{t}？｜{t}是星期几？｜我哪一天{t}来着？", t=thing)
            chat.append((ask, say(rng, "{d}。｜你{d}{t}。｜{t}是{d}。｜是{d}。", d=day, t=thing)))
    if rng.random() < 0.3:
        free = rng.choice([d for d in _DAYS if d not in pairs])
        ask = say(rng, "我{d}有事吗？｜{d}我做什么？｜那{d}呢？｜{d}有安排吗？", d=free)
        chat.append(
            (ask, say(rng, "你没有说{d}做什么。｜{d}你没有告诉我有什么安排。｜我不知道，你没有说{d}的事。", d=free))
        )
    return chat


def festival_by(rng: Random) -> Chat:
    """On which festival does one eat this or do that?"""
    chat = []
    for row in rng.sample(FESTIVALS.table, rng.choice((1, 1, 2))):
        things = [f"吃{food}" for food in listed(row["food"].replace("和", "、"))] if row["food"] else []
        things += [
            does for does in listed(row["does"].replace("，", "、")) if does[:2] not in ("放假", "准备", "全家", "和家")
        ]
        if not things:
            return festival_by(rng)
        thing = rng.choice(things)
        if chat:
            ask = say(rng, "那{t}呢？｜{t}呢？｜什么节{t}？", t=thing)
        else:
            core = (
                "什么节日{t}｜哪个节日要{t}｜{t}是在什么节｜{t}是哪个节日的习惯｜过什么节的时候{t}｜我们在哪个节日{t}"
            )
            ask = asked(rng, say(rng, core, t=thing))
        chat.append((ask, say(rng, "{n}。｜是{n}。｜{n}{t}。｜{t}是在{n}。", n=row["name"], t=thing)))
    if rng.random() < 0.5:
        chat.append(later_turn(rng, FESTIVALS._replace(pronoun="那个节日"), DATE, row))
    return chat


def festival_of_date(rng: Random) -> Chat:
    row = rng.choice(FESTIVALS.table)
    core = "{d}是什么节｜{d}是什么节日｜{d}过什么节｜{d}有什么节日｜{d}是什么日子"
    chat = [
        (
            asked(rng, say(rng, core, d=row["date"])),
            say(rng, "是{n}。｜{d}是{n}。｜{n}。", d=row["date"], n=row["name"]),
        )
    ]
    if rng.random() < 0.5:
        chat.append(later_turn(rng, FESTIVALS, rng.choice([a for a in FESTIVALS.of(row) if a is not DATE]), row))
    return chat


def age_later(rng: Random) -> Chat:
    """How old in some years; how old some years ago."""
    age, years = rng.randint(4, 15), rng.randint(1, 5)
    who = rng.choice(("我", "我", child(rng)))
    you = "你" if who == "我" else who
    if rng.random() < 0.65:
        core = "{w}今年{a}岁，{y}年以后几岁｜{w}今年{a}岁，再过{y}年是几岁｜{w}现在{a}岁，过{y}年多大"
        then = age + years
    else:
        years = min(years, age - 2)
        core = "{w}今年{a}岁，{y}年以前几岁｜{w}现在{a}岁，{y}年前是几岁"
        then = age - years
    said = {"w": who, "a": number(age), "y": quantity(years)}
    chat = [
        (asked(rng, say(rng, core, **said)), say(rng, "{t}岁。｜{u}是{t}岁。｜那时候{u}{t}岁。", t=number(then), u=you))
    ]
    if rng.random() < 0.4:
        other = rng.randint(1, 3)
        ask = (
            say(rng, "明年呢？｜那明年呢？｜明年{w}几岁？", w=who)
            if other == 1
            else say(rng, "那{y}年以后呢？｜过{y}年呢？", y=quantity(other))
        )
        chat.append((ask, say(rng, "{t}岁。｜{u}{t}岁。", t=number(age + other), u=you)))
    return chat


def month_text(rng: Random) -> str:
    """A festival in a family, or a month."""
    row = rng.choice(FESTIVALS.table)
    name = child(rng)
    facts = facts_of(rng, FESTIVALS, row, 3)
    opening = say(
        rng,
        """{c}问奶奶：“{n}是什么节？”奶奶说：“｜老师在黑板上写了“{n}”两个大字，说：“｜日历上写着{n}。爸爸告诉{c}：“
        {n}快到了。妈妈对{c}说：“""",
        c=name,
        n=row["name"],
    )
    opening = opening.replace("两个大字", "")
    closing = say(
        rng,
        """{c}听了，天天盼着这一天。｜{c}高兴地跳了起来。｜{c}问：“还有几天？”｜{c}把这一天圈了起来。
        {c}说：“那我来帮忙。”""",
        c=name,
    )
    return f"{opening}{'，'.join(facts)}。”{closing}"


ACTS: dict[Act, float] = {
    lambda rng: about(rng, FESTIVALS): 3,
    lambda rng: across(rng, FESTIVALS): 2,
    lambda rng: premise(rng, FESTIVALS): 2,
    weekday: 4,
    day_order: 2,
    units: 3,
    plain: 2,
    month_days: 2,
    month_order: 2,
    clock: 3,
    lasting: 2,
    routine: 2,
    plan: 3,
    festival_by: 2,
    festival_of_date: 2,
    age_later: 2,
}
TALES: dict[Tale, float] = {month_text: 1}
