"""People: what they work, who is who in the family, the body and what its parts are for."""

from random import Random

from ..tables import listed, table
from ..wording import asked, claimed, confirmed, corrected, draw, joined, say
from .cast import child
from .kinds import Act, Chat, Tale
from .rows import Attribute, Subject, about, across, facts_of, later_turn, premise

DOES = Attribute(
    "does",
    """{it}是做什么的｜{it}做什么工作｜{it}每天做些什么｜{it}的工作是什么｜{it}干什么｜{it}主要做什么
    什么是{it}的工作｜当{it}要做什么""",
    "{it}{does}｜{it}{does}｜{it}的工作是{does}｜{it}每天{does}",
    "{does}",
    "不是{does}的",
)
PLACE = Attribute(
    "place",
    "{it}在哪里工作｜{it}在什么地方工作｜{it}在哪儿上班｜在哪里能见到{it}｜{it}工作的地方在哪里｜找{it}要去哪里",
    "{it}在{place}工作｜{it}在{place}工作｜{it}在{place}上班｜在{place}能见到{it}",
    "在{place}｜{place}",
)
USES = Attribute(
    "uses",
    "{it}用什么工作｜{it}工作的时候用什么｜{it}要用到什么东西｜{it}手里常常拿着什么｜{it}离不开什么｜{it}的工具是什么",
    "{it}用{uses}｜{it}工作的时候用{uses}｜{it}要用到{uses}｜{it}离不开{uses}",
    "{uses}｜用{uses}",
)
JOBS = Subject(table("jobs"), "name", "他们", (DOES, PLACE, USES))

BODY_USE = Attribute(
    "use",
    """{it}有什么用｜{it}是做什么用的｜{it}用来做什么｜我们用{it}做什么｜{it}能做什么｜{it}有什么用处
    没有{it}，就不能做什么""",
    "{it}用来{use}｜{it}可以{use}｜我们用{it}{use}｜{it}的用处是{use}",
    "{use}｜用来{use}",
    "不是用来{use}的",
)
COUNT = Attribute(
    "count",
    """一个人有几{measure}{part}｜人有多少{measure}{part}｜我们有几{measure}{part}｜每个人长着几{measure}{part}
    人一共有几{measure}{part}｜一般人有多少{measure}{part}""",
    "一个人有{count}{measure}{part}｜人有{count}{measure}{part}｜我们有{count}{measure}{part}",
    "{count}{measure}",
)
CARE = Attribute(
    "care",
    "怎样保护{it}｜怎么爱护{it}｜对{it}要注意什么｜要怎样照顾好{it}｜{it}要怎么保护｜为了{it}好，要注意什么",
    "{care}｜要保护好{it}，{care}｜要注意，{care}",
    "{care}",
)
BODY = Subject(table("body"), "part", "它", (BODY_USE, COUNT, CARE))
_KIN = table("kinship")


def who_works(rng: Random) -> Chat:
    """Who does this? And where?"""
    chat = []
    for row in rng.sample(JOBS.table, rng.choice((1, 1, 2, 3))):
        does = rng.choice(listed(row["does"]))
        if chat:
            ask = say(rng, "那谁{d}呢？｜谁{d}？｜{d}的人呢？｜那{d}的是谁？", d=does)
        else:
            core = "谁{d}｜{d}的人叫什么｜什么人{d}｜{d}是谁的工作｜哪种人的工作是{d}｜要{d}，得找谁｜什么职业要{d}"
            ask = asked(rng, say(rng, core, d=does))
        chat.append(
            (ask, say(rng, "{n}。｜{n}{d}。｜{d}的人是{n}。｜是{n}。｜{d}是{n}的工作。", n=row["name"], d=does))
        )
    if rng.random() < 0.4:
        chat.append(later_turn(rng, JOBS, rng.choice((PLACE, USES)), row))
    return chat


def wrong_work(rng: Random) -> Chat:
    row = rng.choice(JOBS.table)
    right = rng.random() < 0.3
    does = row["does"] if right else row["wrong"]
    ask = claimed(rng, say(rng, "{n}的工作是{d}｜{n}是{d}的｜{n}每天{d}", n=row["name"], d=does))
    truth = say(rng, "{n}的工作是{d}｜{n}{d}｜{n}是{d}的", n=row["name"], d=row["does"])
    denial = "" if right else f"不是{does}的"
    chat = [(ask, confirmed(rng, truth) if right else corrected(rng, truth, denial))]
    if rng.random() < 0.35:
        chat.append(later_turn(rng, JOBS, rng.choice((PLACE, USES)), row))
    return chat


def in_need(rng: Random) -> Chat:
    """Whom does one call?"""
    needs = {
        "牙疼": "牙医", "小狗生病了": "兽医", "头发太长了": "理发师", "房子着火了": "消防员", "迷路了": "警察",
        "水管坏了": "修理工", "发烧了": "医生", "裤子太长了": "裁缝", "要做一张新桌子": "木匠", "要寄一封信": "邮递员",
        "想借一本书": "图书管理员", "有一道题不会做": "老师", "要过生日，想订蛋糕": "面包师",
        "想拍一张全家的照片": "摄影师", "街上很脏": "清洁工",
    }  # fmt: skip
    need, name = rng.choice(list(needs.items()))
    row = next(row for row in JOBS.table if row["name"] == name)
    who = rng.choice(("我", "我", "我家", "爸爸", "奶奶")) if need[0] not in "房街小水头裤" else ""
    ask = say(
        rng,
        """{w}{n}，[找谁|该找谁|要找谁帮忙]？｜{w}{n}了怎么办，找谁？｜如果{w}{n}，应该找谁？｜{w}{n}，谁能帮忙？
        {w}{n}的时候去找谁？""",
        w=who,
        n=need,
    )
    ask = ask.replace("了了", "了")
    chat = [(ask, say(rng, "找{n}。｜可以找{n}帮忙。｜{n}能帮忙。｜应该去找{n}。｜去找{n}吧。", n=name))]
    if rng.random() < 0.5:
        chat.append(later_turn(rng, JOBS, rng.choice(JOBS.of(row)), row))
    return chat


def kin(rng: Random) -> Chat:
    """What one calls the father's father; and the other way about."""
    chat = []
    for row in rng.sample(_KIN, rng.choice((1, 1, 2, 3))):
        path, name = row["path"], row["name"]
        also = f"，也叫{row['other']}" if row["other"] and "、" not in row["other"] else ""
        if "、" in row["other"]:
            also = f"，也可能是{row['other']}"
        if chat:
            ask = say(rng, "那{p}呢？｜{p}呢？｜{p}叫什么？｜那{p}怎么叫？", p=path)
        else:
            core = """{p}叫什么｜我该叫{p}什么｜{p}是我的什么人｜怎么称呼{p}｜见到{p}，我应该叫什么｜{p}该怎么叫
            我管{p}叫什么"""
            ask = asked(rng, say(rng, core, p=path))
        tail = also if rng.random() < 0.5 else ""
        chat.append(
            (ask, say(rng, "叫{n}{t}。｜{p}叫{n}{t}。｜{p}是{n}{t}。｜你应该叫{n}{t}。", p=path, n=name, t=tail))
        )
    return chat


def kin_back(rng: Random) -> Chat:
    """Who is my grandfather: whose father? And am I his grandson?"""
    row = rng.choice(
        [
            row
            for row in _KIN
            if row["name"] in ("爷爷", "奶奶", "外公", "外婆", "伯伯", "叔叔", "婶婶", "舅妈", "嫂子", "姐夫", "姑父")
        ]
    )
    paths = [r["path"] for r in _KIN if r["name"] == row["name"]]
    core = "{n}是谁｜{n}是什么人｜{n}是谁的什么人｜我叫{n}的人是谁｜谁是我的{n}"
    chat = [
        (
            asked(rng, say(rng, core, n=row["name"])),
            say(rng, "{n}是{p}。｜{p}叫{n}。｜是{p}。", n=row["name"], p=rng.choice(paths)),
        )
    ]
    if row["name"] in ("爷爷", "奶奶", "外公", "外婆") and rng.random() < 0.6:
        own = "外孙" if row["name"].startswith("外") else "孙子"
        sex = rng.choice(("男孩", "女孩"))
        word = own if sex == "男孩" else {"外孙": "外孙女", "孙子": "孙女"}[own]
        ask = say(
            rng, "我是{s}，我是{n}的什么人？｜那我是{n}的什么？我是{s}。｜{n}叫我什么？我是{s}。", s=sex, n=row["name"]
        )
        chat.append((ask, say(rng, "你是{n}的{w}。｜你是他家的{w}。｜是{w}。", n=row["name"], w=word)))
    return chat


def family_told(rng: Random) -> Chat:
    """A family told in one turn, asked back in the next ones."""
    members = rng.sample(
        ("爸爸", "妈妈", "爷爷", "奶奶", "哥哥", "姐姐", "弟弟", "妹妹", "外公", "外婆"), rng.choice((3, 4))
    )
    likes = rng.sample(
        ("下棋", "种花", "看报", "做菜", "打球", "画画", "唱歌", "钓鱼", "看书", "跑步", "养鸟", "写字"), len(members)
    )
    pairs = dict(zip(members, likes, strict=True))
    listed_members = joined([*members, "我"])
    people = len(members) + 1
    opening = say(rng, "我家有{l}。｜我们家里有{l}。｜和我住在一起的有{m}。", l=listed_members, m=joined(members))
    told = opening + "，".join(f"{who}爱{what}" for who, what in pairs.items()) + "。"
    heard = draw(
        rng, "你们一家真热闹！｜听起来真是一个快乐的家。｜每个人都有自己喜欢的事，真好。｜我记住了，你们家真温暖。"
    )
    chat = [(told, heard)]
    for _ in range(rng.choice((1, 2, 2, 3))):
        who, what = rng.choice(list(pairs.items()))
        kind = rng.randrange(3)
        if kind == 0:
            turn = (
                say(rng, "[那|]我[的|]{w}[喜欢|爱]做什么？｜我{w}爱什么？｜你记得{w}喜欢什么吗？", w=who),
                say(rng, "你{w}爱{t}。｜{w}喜欢{t}。｜爱{t}。", w=who, t=what),
            )
        elif kind == 1:
            turn = (
                say(rng, "我家谁[爱|喜欢]{t}？｜谁爱{t}？｜{t}的是谁？", t=what),
                say(rng, "你{w}爱{t}。｜是你{w}。｜你的{w}喜欢{t}。", w=who, t=what),
            )
        else:
            count = "零一二三四五六"[people]
            turn = (
                draw(rng, "我家一共有几口人？｜我们家有几个人？｜算上我，一共几个人？｜我家有多少人？"),
                say(rng, "你家一共有{c}口人。｜{c}口人。｜算上你，一共{c}个人。", c=count),
            )
        if turn[0] not in [ask for ask, _ in chat]:
            chat.append(turn)
    return chat


def older(rng: Random) -> Chat:
    """Who is older: the family in order."""
    order = [
        ("弟弟", "哥哥"),
        ("妹妹", "姐姐"),
        ("儿子", "爸爸"),
        ("女儿", "妈妈"),
        ("爸爸", "爷爷"),
        ("妈妈", "外婆"),
        ("孙子", "爷爷"),
        ("弟弟", "姐姐"),
        ("妹妹", "哥哥"),
        ("孙女", "奶奶"),
    ]
    young, old = rng.choice(order)
    a, b = rng.sample((young, old), 2)
    word = rng.choice(("大", "小"))
    core = "{a}和{b}，谁的年纪{w}｜{a}跟{b}比，谁年纪更{w}｜是{a}年纪{w}，还是{b}年纪{w}｜{a}和{b}谁比谁{w}"
    winner, loser = (old, young) if word == "大" else (young, old)
    return [
        (
            asked(rng, say(rng, core, a=a, b=b, w=word)),
            say(rng, "{x}年纪{w}。｜{x}比{y}{w}。｜{x}的年纪更{w}。", x=winner, y=loser, w=word),
        )
    ]


def which_part(rng: Random) -> Chat:
    """With what do we see?"""
    chat = []
    for row in rng.sample([row for row in BODY.table if row["count"]], rng.choice((1, 2, 2))):
        use = rng.choice(listed(row["use"].split("和")[0]))
        if chat:
            ask = say(rng, "那{u}呢？｜{u}呢？｜{u}用什么？", u=use)
        else:
            core = "我们用什么{u}｜人用什么{u}｜{u}用身体的哪里｜{u}靠什么｜身上哪个地方可以{u}｜{u}要用什么"
            ask = asked(rng, say(rng, core, u=use))
        chat.append((ask, say(rng, "用{p}。｜我们用{p}{u}。｜{u}用{p}。｜靠{p}{u}。", p=row["part"], u=use)))
    return chat


def description(rng: Random) -> str:
    """Somebody's father or aunt at work."""
    row = rng.choice(JOBS.table)
    name = child(rng)
    who, pronoun = rng.choice(
        (("爸爸", "他"), ("妈妈", "她"), ("叔叔", "他"), ("舅舅", "他"), ("姑姑", "她"), ("邻居", "他"))
    )
    facts = facts_of(rng, JOBS._replace(pronoun=pronoun), row | {"name": pronoun}, 3)
    opening = say(
        rng,
        "{n}的{w}是{j}。｜{n}常常说起自己的{w}，{p}是{j}。｜{n}的{w}是一名{j}。",
        n=name,
        w=who,
        j=row["name"],
        p=pronoun,
    )
    closing = say(
        rng,
        """{n}长大了也想当{j}。｜{n}觉得{j}[很了不起|真辛苦]。｜大家都谢谢{j}。
        有一天，{n}跟着去看了一次，回来说：“真不容易。”
        {n}画了一张{j}的画。｜没有{j}，我们的生活就不方便了。""",
        n=name,
        j=row["name"],
    )
    return f"{opening}{'，'.join(facts)}。{closing}"


ACTS: dict[Act, float] = {
    lambda rng: about(rng, JOBS): 3,
    lambda rng: across(rng, JOBS): 2,
    lambda rng: premise(rng, JOBS): 1,
    lambda rng: about(rng, BODY): 2,
    lambda rng: across(rng, BODY): 2,
    lambda rng: premise(rng, BODY): 1,
    who_works: 3,
    wrong_work: 2,
    in_need: 3,
    kin: 4,
    kin_back: 2,
    family_told: 3,
    older: 1,
    which_part: 2,
}
TALES: dict[Tale, float] = {description: 1}
