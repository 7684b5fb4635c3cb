"""School: lessons, the timetable told and asked back, what is in the bag, what one does in class."""

from random import Random

from ..tables import listed, table
from ..wording import asked, corrected, draw, joined, number, quantity, say, words
from .cast import children, teacher
from .kinds import Act, Chat, Tale
from .rows import Attribute, Subject, about, across, premise

LEARN = Attribute(
    "learn",
    """{it}学什么｜{it}上什么内容｜{it}上做什么｜{it}老师教什么｜在{it}上学些什么｜{it}是学什么的｜上{it}要做什么
    {it}都讲些什么""",
    "{it}学{learn}｜{it}上要{learn}｜在{it}上，大家{learn}｜{it}教大家{learn}",
    "{learn}",
    "不是{learn}的",
)
BRING = Attribute(
    "bring",
    """{it}要带什么｜上{it}要准备什么｜{it}需要什么东西｜{it}前要把什么放进书包｜明天有{it}，要带什么
    去上{it}，带什么好""",
    "{it}要带{bring}｜上{it}要准备{bring}｜{it}需要{bring}",
    "{bring}｜带{bring}",
)
ROOM = Attribute(
    "room",
    "{it}在哪里上｜{it}在什么地方上｜{it}在哪个教室｜上{it}要去哪里｜{it}在哪儿上｜{it}的地点是哪里",
    "{it}在{room}上｜{it}在{room}上｜上{it}要去{room}",
    "在{room}｜{room}",
    "不在{room}上",
)
LESSONS = Subject(table("lessons"), "name", "这门课", (LEARN, BRING, ROOM))
_NAMES = [row["name"] for row in LESSONS.table]
_NTH = ("第一节", "第二节", "第三节", "第四节", "第五节", "第六节")


def timetable(rng: Random) -> Chat:
    """A timetable told, then asked back: which, when, before, after, how many."""
    lessons = rng.sample(_NAMES, rng.choice((3, 4, 4)))
    listing = say(
        rng,
        "我们今天[有|上]{l}。｜今天的课是{l}。｜今天一共{c}节课：{l}。｜课表上写着{l}。",
        l="，".join(f"{nth}{name}" for nth, name in zip(_NTH, lessons, strict=False)),
        c=quantity(len(lessons)),
    )
    chat = [(listing, draw(rng, "[好的|知道了]，我记住了。｜今天的课真不少。｜听起来不错！｜记下了，你想问什么？"))]
    kinds = rng.sample(range(6), rng.choice((1, 2, 2, 3)))
    for kind in kinds:
        i = rng.randrange(len(lessons))
        name, nth = lessons[i], _NTH[i]
        if kind == 0:
            turn = (
                say(rng, "{n}是什么课？｜{n}上什么？｜{n}课是什么？", n=nth),
                say(rng, "{n}是{l}。｜是{l}。｜{l}。", n=nth, l=name),
            )
        elif kind == 1:
            turn = (
                say(rng, "{l}是第几节？｜第几节是{l}？｜{l}排在第几节？", l=name),
                say(rng, "{l}是{n}。｜是{n}。｜{n}。", n=nth, l=name),
            )
        elif kind == 2:
            turn = (
                draw(rng, "最后一节是什么课？｜最后上什么课？｜今天最后一节上什么？"),
                say(rng, "最后一节是{l}。｜是{l}。｜{l}。", l=lessons[-1]),
            )
        elif kind == 3 and i + 1 < len(lessons):
            turn = (
                say(rng, "{l}后面是什么课？｜上完{l}上什么？｜{l}的下一节是什么？", l=name),
                say(rng, "是{m}。｜{l}后面是{m}。｜{m}。", l=name, m=lessons[i + 1]),
            )
        elif kind == 4:
            other = rng.choice([n for n in _NAMES if n not in lessons])
            turn = (
                say(rng, "今天有{o}吗？｜有没有{o}？｜要不要上{o}？", o=other),
                say(rng, "没有，今天没有{o}。｜今天没有{o}。｜没有{o}。", o=other),
            )
        else:
            turn = (
                draw(rng, "一共有几节课？｜今天上几节课？｜一共要上多少节？"),
                say(rng, "一共{c}节。｜{c}节课。｜今天上{c}节课。", c=quantity(len(lessons))),
            )
        if turn[0] not in [ask for ask, _ in chat]:
            chat.append(turn)
    return chat


_MANNERS = (
    ("上课想说话怎么办", "先举手，老师叫你再说"),
    ("上课铃响了要做什么", "回到座位上，把书拿出来"),
    ("迟到了怎么办", "在门口说报告，跟老师说明白，再轻轻地进去"),
    ("忘了带课本怎么办", "告诉老师，和同桌一起看"),
    ("作业不会做怎么办", "先自己想一想，再去问老师或者同学"),
    ("铅笔断了怎么办", "用卷笔刀削一削，或者跟同桌借一支"),
    ("考试的时候可以看别人的吗", "不可以，要自己做"),
    ("下课了可以做什么", "喝水、上厕所、到操场上玩一会儿"),
    ("在走廊里可以跑吗", "不可以，跑起来会撞到人"),
    ("教室里的垃圾怎么办", "捡起来，扔到垃圾桶里"),
    ("借了同学的橡皮要怎么样", "用完要还，还要说谢谢"),
    ("同学摔倒了怎么办", "扶他起来，问他疼不疼，再告诉老师"),
    ("值日生要做什么", "擦黑板、扫地、关好门窗"),
    ("见到老师要说什么", "要说老师好"),
    ("放学的时候要跟老师说什么", "要说老师再见"),
    ("生病了不能上学怎么办", "让爸爸妈妈跟老师请假"),
    ("写字的时候要怎么坐", "坐直，眼睛离书一尺远"),
    ("升国旗的时候要怎么做", "站直，看着国旗，不说话"),
    ("晚上睡觉以前要为明天准备什么", "看着课表，把书包收拾好"),
    ("新同学来了，我可以做什么", "对他笑一笑，告诉他教室和厕所在哪里"),
    ("做眼保健操有什么用", "让眼睛休息一会儿"),
    ("读课文的时候声音要怎样", "要响亮，让大家都听得见"),
)


def manners(rng: Random) -> Chat:
    core, truth = rng.choice(_MANNERS)
    chat = [(asked(rng, core), truth + "。")]
    if rng.random() < 0.3:
        other, then = rng.choice([pair for pair in _MANNERS if pair[0] != core])
        chat.append((say(rng, "那{c}？｜还有，{c}？｜{c}呢？", c=other), then + "。"))
    return chat


_BAG = words("语文书 数学书 铅笔 橡皮 尺子 水杯 文具盒 作业本 跳绳 雨伞 红领巾 彩笔 剪刀 饭盒 手帕 胶水")


def bag(rng: Random) -> Chat:
    """What is in the bag: listed, counted, added to, taken from."""
    things = rng.sample(_BAG, rng.choice((3, 4, 5)))
    told = say(
        rng,
        "我的书包里有{l}。｜我往书包里放了{l}。｜书包里装着{l}。｜今天我带了{l}。｜收拾书包，我放进了{l}。",
        l=joined(things),
    )
    count = len(things)
    if rng.random() < 0.5:
        ask = draw(rng, "一共有几样东西？｜我放了几样？｜数一数，有几样？｜总共是多少样？")
        chat = [
            (
                told + ask,
                say(
                    rng, "{l}，一共{c}样。｜一共{c}样。｜有{c}样东西。｜{c}样。", l="、".join(things), c=quantity(count)
                ),
            )
        ]
    else:
        chat = [(told, draw(rng, "好的，我记住了。｜准备得真齐全。｜知道了。｜都带好了，真棒。"))]
    for _ in range(rng.choice((1, 1, 2))):
        kind = rng.randrange(3)
        if kind == 0:
            new = rng.choice([thing for thing in _BAG if thing not in things])
            things.append(new)
            ask = say(rng, "我又放进了{n}，现在有几样？｜再放进{n}呢，一共几样？｜加上{n}，是几样？", n=new)
            chat.append(
                (
                    ask,
                    say(
                        rng,
                        "现在有{c}样。｜{b}加一，是{c}样。｜一共{c}样。",
                        c=quantity(len(things)),
                        b=number(len(things) - 1),
                    ),
                )
            )
        elif kind == 1 and len(things) > 2:
            gone = things.pop(rng.randrange(len(things)))
            ask = say(rng, "我把{g}拿出来了，还剩什么？｜拿走{g}，书包里还有什么？｜{g}给了同桌，我还有什么？", g=gone)
            chat.append((ask, say(rng, "还剩{l}。｜还有{l}。｜书包里有{l}。", l=joined(things))))
        else:
            inside = rng.random() < 0.5
            thing = rng.choice(things if inside else [t for t in _BAG if t not in things])
            ask = say(rng, "有{t}吗？｜我带{t}了吗？｜书包里有没有{t}？", t=thing)
            yes, no = "有，你带了{t}。｜带了，有{t}。｜有{t}。", "没有{t}。｜你没有带{t}。｜没有，里面没有{t}。"
            chat.append((ask, say(rng, yes if inside else no, t=thing)))
    return chat


def desk(rng: Random) -> Chat:
    """Who sits left, right, before and behind."""
    names = children(rng, 4)
    places = dict(zip(("前面", "后面", "左边", "右边"), names, strict=True))
    chosen = rng.sample(list(places.items()), rng.choice((2, 3, 4)))
    told = say(
        rng, "我[的|]{l}。｜在教室里，我{l}。｜我的座位是这样的：{l}。", l="，".join(f"{p}坐着{n}" for p, n in chosen)
    )
    chat = [(told, draw(rng, "好的，我记住了。｜你有很多同学作伴。｜知道他们坐在哪里了。｜记下了。"))]
    for place, name in rng.sample(chosen, rng.choice((1, 2))):
        if rng.random() < 0.5:
            turn = (
                say(rng, "谁坐在我{p}？｜我{p}是谁？｜坐在我{p}的是谁？", p=place),
                say(rng, "{n}坐在你{p}。｜是{n}。｜你{p}是{n}。", n=name, p=place),
            )
        else:
            turn = (
                say(rng, "{n}坐在哪里？｜{n}在我的哪一边？｜{n}呢，坐在哪儿？", n=name),
                say(rng, "{n}坐在你{p}。｜在你{p}。｜{n}在你的{p}。", n=name, p=place),
            )
        chat.append(turn)
    return chat


def class_count(rng: Random) -> Chat:
    """Boys and girls of a group, and how many together."""
    boys, girls = rng.randint(3, 10), rng.randint(3, 10)
    told = say(
        rng,
        """我们组有{b}个男生、{g}个女生。｜小组里男生{b}个，女生{g}个。｜今天来了{b}个男生和{g}个女生。
        合唱队有{b}个男生，还有{g}个女生。｜{b}个男生和{g}个女生去参观。""",
        b=quantity(boys),
        g=quantity(girls),
    )
    ask = draw(rng, "一共有几个人？｜一共多少人？｜总共有几个同学？｜男生和女生一共几个？")
    total = number(boys + girls)
    chat = [
        (
            told + ask,
            say(
                rng,
                "{b}加{g}等于{t}，一共{t}个人。｜一共{t}个人。｜{t}个人。",
                b=number(boys),
                g=number(girls),
                t=total,
            ),
        )
    ]
    if rng.random() < 0.6:
        if boys == girls:
            chat.append((draw(rng, "男生多还是女生多？｜谁多？"), draw(rng, "一样多。｜男生和女生一样多。")))
        else:
            more = "男生" if boys > girls else "女生"
            diff = quantity(abs(boys - girls))
            ask = draw(rng, "男生多还是女生多？｜哪边多？多几个？｜谁多，多几个？")
            chat.append((ask, say(rng, "{m}多，多{d}个。｜{m}多{d}个。｜是{m}多。", m=more, d=diff)))
    return chat


def wrong_lesson(rng: Random) -> Chat:
    """One does not swim in the maths lesson."""
    row, other = rng.sample(LESSONS.table, 2)
    does = rng.choice(listed(other["learn"]))
    ask = say(rng, "{l}上要{d}吗？｜{l}是{d}的吗？｜我想在{l}上{d}，可以吗？｜{l}教{d}，对吗？", l=row["name"], d=does)
    truth = say(
        rng, "{d}是{o}上的事，{l}要{r}｜{l}上{r}，{d}要等到{o}", d=does, o=other["name"], l=row["name"], r=row["learn"]
    )
    return [(ask, corrected(rng, truth))]


def school_day(rng: Random) -> str:
    """A school day with three lessons and something that happens in one of them."""
    a, b = children(rng, 2)
    lessons = rng.sample(LESSONS.table, 3)
    happened = say(
        rng,
        """{b}的{t}忘在家里了，{a}把自己的分给他用。
        {a}举手回答了一个问题，{s}点点头说：“很好。”
        {a}有一个地方不懂，下课后去问{s}，终于弄明白了。
        {b}做错了一步，{s}没有批评他，叫他慢慢再来一次。
        {a}和{b}分在一组，两个人商量着做，做得又快又好。
        窗外飞来一只蝴蝶，大家都笑了，{s}也笑了。
        {s}讲了一个小故事，大家听得一动也不动。
        {b}第一次得到了一颗红星，高兴得脸都红了。""",
        a=a,
        b=b,
        s=teacher(rng),
        t=rng.choice(listed(lessons[0]["bring"].replace("和", "、"))),
    )
    opening = say(
        rng, "{a}一早就到了学校。｜上课铃响了，{a}坐得直直的。｜今天是{a}值日，他来得最早。｜{a}背着书包走进教室。", a=a
    )
    one, two, three = lessons
    body = say(
        rng,
        """{o}是{n1}，大家{l1}。{h}接着是{n2}，在{r2}上。最后一节是{n3}，大家{l3}。
        先上{n1}，{l1}。{h}然后到{r2}上{n2}。下午还有{n3}，可以{l3}。""",
        o="第一节",
        n1=one["name"],
        l1=one["learn"],
        h=happened,
        n2=two["name"],
        r2=two["room"],
        n3=three["name"],
        l3=rng.choice(listed(three["learn"])),
    )
    closing = say(
        rng,
        """放学了，{a}和{b}一起走回家。｜{a}觉得这一天过得真快。｜回家的路上，{a}还在想{n}上的事。
        {a}把今天的事讲给妈妈听。""",
        a=a,
        b=b,
        n=one["name"],
    )
    return opening + body + closing


ACTS: dict[Act, float] = {
    lambda rng: about(rng, LESSONS): 2,
    lambda rng: across(rng, LESSONS): 2,
    lambda rng: premise(rng, LESSONS): 1,
    timetable: 4,
    manners: 3,
    bag: 3,
    desk: 2,
    class_count: 2,
    wrong_lesson: 1,
}
TALES: dict[Tale, float] = {school_day: 1}
