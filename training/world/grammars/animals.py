"""Animals: legs, covering, home, food, voice, young, what they can do, and who is bigger."""

from random import Random

from ..tables import Row, listed, table
from ..wording import asked, claimed, corrected, draw, joined, quantity, say
from .kinds import Act, Chat, Tale
from .rows import Attribute, Subject, about, across, facts_of, later_turn, premise, slots, statement


def limbs(row: Row) -> Row:
    """Three columns more: what is said of its legs, twice, and what denies it."""
    if not row["legs"]:
        return row | {"limbs": "", "all_limbs": "", "other_limbs": ""}
    if row["legs"] == "0":
        return row | {"limbs": "没有腿", "all_limbs": "一条腿也没有", "other_limbs": "不是没有腿"}
    count = quantity(int(row["legs"])) + "条" + row["limb"]
    return row | {"limbs": f"有{count}", "all_limbs": f"一共有{count}", "other_limbs": f"没有{count}"}


ANIMALS = [limbs(row) for row in table("animals")]
# the same under other names; their young have none of their own
NAMED = ANIMALS + [
    row | {"name": alias, "young": "", "kg": ""} for row in ANIMALS if row["alias"] for alias in listed(row["alias"])
]
LEGS = Attribute(
    "limbs",
    """{it}有几条{limb}｜{it}长着几条{limb}｜{it}有多少条{limb}｜{it}一共几条{limb}｜{it}是几条{limb}的
    {it}身上有几条{limb}""",
    "{it}{limbs}｜{it}{limbs}｜{it}{all_limbs}",
    "{limbs}｜它{limbs}",
    "{other_limbs}",
)
FOOD = Attribute(
    "food",
    """{it}吃什么｜{it}喜欢吃什么｜{it}爱吃什么｜{it}吃些什么｜{it}平时吃什么｜{it}靠吃什么长大｜{it}的食物是什么
    喂{it}吃什么好｜{it}饿了吃什么""",
    "{it}吃{food}｜{it}吃{food}｜{it}爱吃{food}｜{it}喜欢吃{food}｜{it}平时吃{food}",
    "吃{food}｜{food}",
    "不吃{food}",
)
HOME = Attribute(
    "home",
    """{it}住在哪里｜{it}住在哪儿｜{it}住在什么地方｜{it}的家在哪里｜{it}生活在哪里｜{it}生活在什么地方
    在哪里能看到{it}｜{it}一般住哪里""",
    "{it}住在{home}｜{it}住在{home}｜{it}生活在{home}｜{it}的家在{home}",
    "住在{home}｜在{home}",
    "不住在{home}",
)
COVER = Attribute(
    "cover",
    "{it}身上长着什么｜{it}的身上有什么｜{it}的身体外面是什么｜{it}身上盖着什么｜{it}的皮肤外面有什么",
    "{it}身上长着{cover}｜{it}的身上是{cover}｜{it}身上有{cover}",
    "{cover}｜是{cover}",
    "没有{cover}",
)
VOICE = Attribute(
    "voice",
    """{it}怎么叫｜{it}是怎么叫的｜{it}叫起来是什么声音｜{it}的声音是怎样的｜{it}发出什么声音｜{it}会怎么叫
    怎么学{it}叫""",
    "{it}的声音是{voice}｜{it}{voice}地叫｜{it}发出{voice}的声音｜{it}叫起来{voice}的",
    "{voice}｜{voice}，{voice}",
    "不是{voice}",
)
YOUNG = Attribute(
    "young",
    """{it}的孩子叫什么｜{it}的宝宝叫什么｜{it}小时候叫什么｜{it}的小宝宝叫什么名字｜怎么叫{it}的孩子
    {it}生下的孩子叫什么""",
    "{it}的孩子叫{young}｜{it}的宝宝叫{young}｜{it}小的时候叫{young}",
    "叫{young}｜{young}",
)
KIND = Attribute(
    "kind",
    "{it}是什么动物｜{it}属于哪一类动物｜{it}是哪种动物｜{it}算什么动物｜{it}是哪一类｜{it}属于什么",
    "{it}是{kind}｜{it}属于{kind}｜{it}是一种{kind}",
    "是{kind}｜{kind}",
    "不是{kind}",
)
NOTE = Attribute(
    "note",
    """{it}有什么特别的｜{it}有什么本领｜{it}有什么不一样的地方｜{it}有什么有意思的地方｜说说{it}有什么特点
    {it}是什么样的""",
    "{told}",
    "{told}",
)
SUBJECT = Subject(NAMED, "name", "它", (LEGS, FOOD, HOME, COVER, VOICE, YOUNG, KIND, NOTE))

# ability → (column, questions, how the able and the unable answer)
ABILITIES = {
    "飞": (
        "fly",
        """{it}会飞吗｜{it}会不会飞｜{it}能飞吗｜{it}能不能飞｜{it}能飞起来吗｜{it}可以飞到天上吗｜{it}飞得起来吗
        {it}飞不飞得起来""",
    ),
    "游泳": (
        "swim",
        """{it}会游泳吗｜{it}会不会游泳｜{it}能在水里游吗｜{it}能不能游泳｜{it}下水会游吗｜{it}懂得游泳吗
        {it}掉进水里会游泳吗｜{it}游不游泳""",
    ),
    "下蛋": (
        "egg",
        """{it}会下蛋吗｜{it}会不会下蛋｜{it}下蛋吗｜{it}生孩子是下蛋吗｜{it}是下蛋的吗｜{it}下不下蛋
        {it}的孩子是从蛋里出来的吗｜{it}是从蛋里出来的吗""",
    ),
}
_WHY = {
    ("飞", "y"): "它有翅膀",
    ("飞", "n"): "它没有能飞的翅膀",
    ("游泳", "y"): "它不怕水",
    ("游泳", "n"): "它不会在水里活动",
    ("下蛋", "y"): "小宝宝从蛋里出来",
    ("下蛋", "n"): "它直接生下小宝宝",
}


def able(rng: Random, it: str, row: Row, ability: str) -> str:
    """The answer whether an animal can do something."""
    can = row[ABILITIES[ability][0]]
    why = _WHY[ability, can] if rng.random() < 0.3 and not (ability == "飞" and row["kind"] == "鸟") else ""
    tail = f"，{why}" if why else ""
    if can == "y":
        return say(rng, "{it}会{a}{t}。｜会，{it}会{a}{t}。｜会的，{it}会{a}{t}。", it=it, a=ability, t=tail)
    return say(rng, "{it}不会{a}{t}。｜不会，{it}不会{a}{t}。｜不会的，{it}不会{a}{t}。", it=it, a=ability, t=tail)


def ability(rng: Random) -> Chat:
    """Can it fly, and another one, and what does it eat."""
    what = rng.choice(list(ABILITIES))
    column, asks = ABILITIES[what]
    rows = [row for row in NAMED if row[column]]
    rows = rng.sample([r for r in rows if r[column] == "y"], 2) + rng.sample([r for r in rows if r[column] == "n"], 2)
    rng.shuffle(rows)
    chat = []
    for i, row in enumerate(rows[: rng.choice((1, 1, 2, 3))]):
        name = row["name"]
        ask = say(rng, "那{it}呢？｜{it}呢？｜{it}会不会？｜{it}也会吗？｜那{it}会吗？" if i else asks, it=name)
        ask = ask if i else ask + "？"
        chat.append((ask, able(rng, name, row, what)))
    other = rng.choice([a for a in ABILITIES if a != what])
    if row[ABILITIES[other][0]] and rng.random() < 0.3:
        ask = say(rng, ABILITIES[other][1], it="它")
        chat.append((say(rng, "那{a}？｜{a}？", a=ask), able(rng, "它", row, other)))
    elif rng.random() < 0.4:
        chat.append(later_turn(rng, SUBJECT, rng.choice(SUBJECT.of(row)), row))
    return chat


# what an animal is said to do that cannot be → why not
_ABSURD = (
    ("鱼", "{it}会在树上做窝", "{it}住在水里，不会在树上做窝"),
    ("鱼", "{it}会在天上飞", "{it}在水里游，不会在天上飞"),
    ("鱼", "{it}用腿走路", "{it}没有腿，它用尾巴和鳍游水"),
    ("鱼", "{it}身上长羽毛", "{it}身上没有羽毛，鸟才长羽毛"),
    ("鸟", "{it}有四条腿", "{it}只有两条腿"),
    ("鸟", "{it}生下来就会喝奶", "{it}是从蛋里出来的，不喝奶"),
    ("鸟", "{it}身上长着鳞", "{it}身上长的是羽毛，不是鳞"),
    ("昆虫", "{it}有八条腿", "{it}是昆虫，昆虫有六条腿"),
    ("昆虫", "{it}身上长着羽毛", "{it}是昆虫，昆虫没有羽毛"),
    ("哺乳动物", "{it}是从蛋里出来的", "{it}是妈妈直接生下来的"),
    ("哺乳动物", "{it}会下蛋", "{it}不下蛋，它生下小宝宝，用奶喂大"),
    ("哺乳动物", "{it}会说人的话", "{it}只会叫，不会说人的话"),
    ("哺乳动物", "{it}会打电话", "{it}不会打电话，人才会打电话"),
    ("哺乳动物", "{it}会自己做饭", "{it}不会做饭，它找到什么就吃什么"),
)


def absurd(rng: Random) -> Chat:
    kind, claim, truth = rng.choice(_ABSURD)
    row = rng.choice([row for row in ANIMALS if row["kind"] == kind])
    name = row["name"]
    chat = [(claimed(rng, claim.format(it=name)), corrected(rng, truth.format(it=name)))]
    if rng.random() < 0.4:
        chat.append(later_turn(rng, SUBJECT, rng.choice(SUBJECT.of(row)), row))
    return chat


def bigger(rng: Random) -> Chat:
    """Which of two or three is bigger or smaller; asked on for the other end."""
    rows = sorted(
        rng.sample([row for row in ANIMALS if row["kg"]], rng.choice((2, 2, 3))), key=lambda row: float(row["kg"])
    )
    weights = [float(row["kg"]) for row in rows]
    if any(b < 4 * a for a, b in zip(weights, weights[1:], strict=False)):
        return bigger(rng)
    names = [row["name"] for row in rows]
    small, big = names[0], names[-1]
    order = rng.sample(names, len(names))
    if len(names) == 2:
        core = draw(rng, "{a}和{b}谁[更|]{w}｜{a}跟{b}比，谁[更|]{w}｜{a}{w}还是{b}{w}｜{a}和{b}，哪一个{w}")
        big_answer = "{big}大，{small}小。｜{big}比{small}大。｜{big}更大。｜当然是{big}大。"
        small_answer = "{small}小，{big}大。｜{small}比{big}小。｜{small}更小。｜当然是{small}小。"
    else:
        core = draw(rng, "{l}，谁最{w}｜{l}里面，哪一个最{w}｜{l}比一比，谁最{w}｜{l}当中，哪个最{w}")
        big_answer = "{big}最大。｜最大的是{big}。｜它们里面{big}最大，{small}最小。"
        small_answer = "{small}最小。｜最小的是{small}。｜它们里面{small}最小，{big}最大。"
    word = rng.choice("大小")
    answers = {"大": big_answer, "小": small_answer}
    ask = asked(rng, core.format(a=order[0], b=order[1], l=joined(order), w=word))
    chat = [(ask, say(rng, answers[word], big=big, small=small))]
    if rng.random() < 0.4:
        other = "小" if word == "大" else "大"
        most = "最" if len(names) > 2 else ""
        on = say(rng, "[那|]谁{m}{w}｜[那|]哪一个{m}{w}｜{m}{w}的呢", w=other, m=most)
        chat.append((on + "？", say(rng, answers[other], big=big, small=small)))
    return chat


def riddle(rng: Random) -> Chat:
    """Who is it? From two to four of its attributes."""
    row = rng.choice([row for row in ANIMALS if row["note"] and row["kind"]])
    chosen = rng.sample([a for a in SUBJECT.of(row) if a not in (NOTE, YOUNG)], rng.choice((1, 2, 2, 3)))
    note = slots(row, "")["told"]
    hints = [statement(rng, attribute, row, rng.choice(("它", ""))) for attribute in chosen] + [note]
    rng.shuffle(hints)
    ask = draw(rng, "[猜一猜|猜个谜语|考考你|我说你猜|有一种动物]，{h}[。|，]{q}？")
    ask = ask.format(
        h="，".join(hints),
        q=draw(rng, "它是谁｜它是什么动物｜这是什么动物｜猜猜它是谁｜是哪种动物"),
    )
    name = row["name"]
    chat = [(ask, say(rng, "是{n}。｜它是{n}。｜我猜是{n}。｜这是{n}，{note}。｜{n}。", n=name, note=note))]
    if rng.random() < 0.3:
        thanks = say(rng, "太好了，我猜对了。｜谢谢，{n}的样子很好认。｜真高兴，再出一个吧。", n=name)
        chat.append((draw(rng, "[对了|猜对了|答对了|你真聪明]！"), thanks))
    return chat


def who(rng: Random) -> Chat:
    """Which animal does it? And which does that? And what does that one eat?"""
    rows = rng.sample(table("who"), rng.choice((1, 1, 2)))
    chat = []
    for row in rows:
        core = """什么动物{d}｜哪种动物{d}｜哪一种动物{d}｜{d}的是什么动物｜{d}的动物叫什么｜谁{d}｜什么{d}
        有一种动物{d}，是什么"""
        later = "那什么{d}？｜{d}的呢？｜哪种动物{d}？｜那谁{d}？"
        ask = say(rng, later, d=row["does"]) if chat else asked(rng, say(rng, core, d=row["does"]))
        chat.append((ask, say(rng, "{n}。｜是{n}。｜{n}{d}。｜{n}{d}。｜{d}的是{n}。", n=row["name"], d=row["does"])))
    known = [animal for animal in NAMED if animal["name"] == row["name"]]
    if known and rng.random() < 0.5:
        chat.append(later_turn(rng, SUBJECT, rng.choice(SUBJECT.of(known[0])), known[0]))
    return chat


_GROUPS = {
    "会飞的": lambda row: row["fly"] == "y",
    "不会飞的鸟": lambda row: row["fly"] == "n" and row["kind"] == "鸟",
    "会游泳的": lambda row: row["swim"] == "y",
    "住在大海里的": lambda row: row["home"] == "大海里",
    "农场里的": lambda row: row["home"].startswith("农场"),
    "吃草的": lambda row: row["food"].startswith("草"),
    "吃肉的": lambda row: row["food"] in ("肉", "鱼和肉"),
    "没有腿的": lambda row: row["legs"] == "0",
    "六条腿的": lambda row: row["legs"] == "6",
    "四条腿的": lambda row: row["legs"] == "4",
    "有硬壳的": lambda row: row["cover"] == "硬壳",
    "长羽毛的": lambda row: row["cover"] == "羽毛",
    "会下蛋的": lambda row: row["egg"] == "y",
    "住在非洲草原上的": lambda row: row["home"] == "非洲的草原上",
}


def name_some(rng: Random) -> Chat:
    """Name one, two or three of a sort; then whether another belongs to it."""
    group, belongs = rng.choice(list(_GROUPS.items()))
    rows = [row for row in ANIMALS if row["kind"] and belongs(row)]
    many = min(rng.choice((1, 2, 3)), len(rows))
    thing = group if group.endswith("鸟") else group + "动物"
    count = ("一", "两", "三")[many - 1]
    ask = say(
        rng,
        """[说出|说|举出|写出]{c}种{g}。｜你能说出{c}种{g}吗？｜请你说出{c}种{g}。｜有哪些{g}？[说{c}种就行。|说{c}种。]
        [告诉我|我想知道]{c}种{g}[的名字|]。｜{g}有哪些？[给我说{c}种。|说{c}种。]｜什么动物是{g}？说{c}种。""",
        c=count,
        g=thing,
    )
    names = [row["name"] for row in rng.sample(rows, many)]
    both = "都" if many > 1 else "它"
    chat = [(ask, say(rng, "{l}。｜有{l}。｜{l}，{both}是{g}。", l=joined(names), g=thing, both=both))]
    if rng.random() < 0.5:
        row = rng.choice([row for row in ANIMALS if row["kind"]])
        yes = belongs(row)
        plain = all(row[column] for column in ("fly", "swim", "egg", "legs", "cover", "food"))
        if plain and row["name"] not in names:
            truth = f"{row['name']}{'也' if yes else '不'}是{thing}"
            reply = say(rng, "[是的|对|算]，{t}。", t=truth) if yes else say(rng, "[不算|不是|不能算]，{t}。", t=truth)
            chat.append((say(rng, "那{n}[呢|算吗|是不是|也算吗]？｜{n}[算不算|是吗|算吗]？", n=row["name"]), reply))
    return chat


_OPEN = """{n}，你[见过|认识]吗？｜今天我们来认识{n}。｜{n}是一种很有意思的动物。｜我最喜欢的动物是{n}。
说到{n}，大家都不陌生。｜老师给我们讲了{n}。｜动物园里来了{n}。｜书上画着一{m}{n}。｜你想知道{n}的事吗？
妹妹问我{n}的事，我告诉她：｜[昨天|上个星期]我们在课上[讲到|学了]{n}。｜爷爷[知道|说了]很多{n}的事。"""
_CLOSE = """这就是{n}。｜你记住了吗？｜下次看到{n}，你就认识它了。｜真有意思。｜你说{n}是不是很特别？｜我真想看看{n}。
我很喜欢{n}。｜"""


def description(rng: Random) -> str:
    row = rng.choice(ANIMALS)
    facts = facts_of(rng, SUBJECT, row, rng.choice((3, 4, 5)))
    half = len(facts) // 2
    body = "，".join(facts[:half]) + "。" + "，".join(facts[half:]) + "。"
    opening = say(rng, _OPEN, n=row["name"], m=row["measure"]) if rng.random() < 0.7 else ""
    closing = say(rng, _CLOSE, n=row["name"]) if rng.random() < 0.5 else ""
    return opening + body + closing


ACTS: dict[Act, float] = {
    lambda rng: about(rng, SUBJECT): 5,
    lambda rng: across(rng, SUBJECT): 3,
    lambda rng: premise(rng, SUBJECT): 3,
    ability: 3,
    absurd: 1,
    bigger: 2,
    riddle: 2,
    who: 3,
    name_some: 2,
}
TALES: dict[Tale, float] = {description: 1}
