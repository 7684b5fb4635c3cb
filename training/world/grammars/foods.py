"""Food: taste, colour, what it is made of and where it grows; recipes in order; what to eat."""

from random import Random

from ..tables import table
from ..wording import asked, draw, joined, say
from .kinds import Act, Chat, Tale
from .rows import Attribute, Subject, about, across, answer, facts_of, later_turn, premise

TASTE = Attribute(
    "taste",
    """{it}是什么味道｜{it}[吃起来|尝起来]是什么味道｜{it}什么味道｜{it}的味道怎么样｜{it}[吃起来|尝起来]怎么样
    {it}是[甜的|酸的|咸的|苦的]还是[辣的|别的味道]｜{it}的味道是[怎样|怎么样]的""",
    "{it}是{taste}的｜{it}是{taste}的｜{it}[吃起来|尝起来]是{taste}的｜{it}的味道是{taste}的",
    "{taste}的｜是{taste}的",
    "不是{taste}的",
)
COLOUR = Attribute(
    "colour",
    "{it}是什么颜色｜{it}是什么颜色的｜{it}什么颜色｜{it}的颜色是什么｜{it}是哪种颜色的｜{it}看上去是什么颜色",
    "{it}是{colour}的｜{it}是{colour}的｜{it}的颜色是{colour}",
    "{colour}｜{colour}的｜是{colour}的",
    "不是{colour}的",
)
GROWS = Attribute(
    "grows",
    "{it}长在哪里｜{it}是长在哪里的｜{it}长在什么地方｜{it}从哪里长出来｜在哪里能摘到或者挖到{it}｜{it}是哪里长的",
    "{it}长在{grows}｜{it}长在{grows}｜{it}是长在{grows}的",
    "长在{grows}｜{grows}",
    "不长在{grows}",
)
MADE = Attribute(
    "made",
    "{it}是用什么做的｜{it}用什么做｜做{it}要用什么｜{it}是什么做成的｜{it}是怎么来的，用了什么｜什么东西能做成{it}",
    "{it}是用{made}做的｜{it}是用{made}做的｜{it}用{made}做成｜{it}是{made}做成的",
    "用{made}做的｜{made}",
    "不是用{made}做的",
)
KIND = Attribute(
    "kind",
    """{it}是哪一类吃的｜{it}属于哪一类｜{it}是蔬菜还是水果，还是别的｜{it}算哪一类｜{it}是哪一种食物
    {it}算水果还是别的""",
    "{it}是{kind}｜{it}属于{kind}｜{it}是一种{kind}",
    "是{kind}｜{kind}",
    "不是{kind}",
)
MEASURE = Attribute(
    "measure",
    "{it}前面用什么量词｜说{it}的时候，一后面用什么字｜一什么{it}｜数{it}的时候用哪个量词｜{it}的量词是什么",
    "可以说一{measure}{name}｜用{measure}，一{measure}{name}｜我们说一{measure}{name}",
    "一{measure}{name}",
)
NOTE = Attribute(
    "note",
    """{it}有什么特点｜{it}有什么特别的｜{it}是什么样的｜说说{it}是怎样的｜关于{it}，你知道什么
    {it}好不好认，是什么样子""",
    "{told}",
    "{told}",
)
SUBJECT = Subject(table("foods"), "name", "它", (TASTE, COLOUR, GROWS, MADE, KIND, MEASURE, NOTE))
_SPOKEN = ("甜", "酸", "辣", "苦", "咸")


def some_of_taste(rng: Random) -> Chat:
    """Name something sweet, then something sour."""
    chat = []
    for taste in rng.sample(_SPOKEN, rng.choice((1, 1, 2, 3))):
        names = [row["name"] for row in SUBJECT.table if row["taste"] == taste]
        many = rng.choice((1, 2, 3))
        count = "几样" if many == 3 else ("一样", "两样")[many - 1]
        ask = say(
            rng,
            """什么东西是{t}的？｜[说|说出|告诉我]{c}{t}的东西。｜哪些东西[吃起来|]是{t}的？｜有什么{t}的东西[吃|]？
            你知道{c}{t}的东西吗？｜{t}的东西有哪些？｜我想[吃|尝]{t}的，吃什么？｜吃什么[会|能]觉得{t}？"""
            if not chat
            else "{t}的呢？｜那{t}的呢？｜{t}的有什么？｜那什么是{t}的？",
            t=taste,
            c=count,
        )
        chosen = rng.sample(names, min(many, len(names)))
        reply = (
            "{n}是{t}的。｜{n}。｜{n}吃起来是{t}的。｜有{n}。"
            if many == 1
            else "{n}都是{t}的。｜{n}。｜有{n}。｜比如{n}。"
        )
        chat.append((ask, say(rng, reply, n=joined(chosen), t=taste)))
    return chat


def odd_one(rng: Random) -> Chat:
    """Which of four is no fruit, no vegetable, no drink?"""
    kind, other = rng.sample(("水果", "蔬菜", "饮料", "点心", "调料"), 2)
    same = rng.sample([row["name"] for row in SUBJECT.table if row["kind"] == kind], rng.choice((2, 3)))
    odd = rng.choice([row for row in SUBJECT.table if row["kind"] == other])
    names = [*same, odd["name"]]
    rng.shuffle(names)
    core = say(
        rng,
        """{l}，哪一个不是{k}｜{l}里面，哪个不是{k}｜下面哪一个不是{k}：{l}｜{l}，谁不是{k}
        {l}，哪一个和别的不一样｜{l}当中，哪一样不是{k}""",
        l="、".join(names),
        k=kind,
    )
    reply = "{o}不是{k}，它是{q}。｜{o}不是{k}。｜是{o}，它是{q}，别的是{k}。｜{o}不一样，它是{q}，{s}是{k}。"
    return [(asked(rng, core), say(rng, reply, o=odd["name"], k=kind, q=odd["kind"], s=joined(same)))]


_GROUPS = {
    "水果": {"kind": "水果"},
    "蔬菜": {"kind": "蔬菜"},
    "饮料": {"kind": "饮料"},
    "调料": {"kind": "调料"},
    "红色的水果": {"kind": "水果", "colour": "红色"},
    "黄色的水果": {"kind": "水果", "colour": "黄色"},
    "橙色的水果": {"kind": "水果", "colour": "橙色"},
    "绿色的蔬菜": {"kind": "蔬菜", "colour": "绿色"},
    "白色的蔬菜": {"kind": "蔬菜", "colour": "白色"},
    "长在树上的水果": {"kind": "水果", "grows": "树上"},
    "长在土里的蔬菜": {"kind": "蔬菜", "grows": "土里"},
    "长在藤上的蔬菜": {"kind": "蔬菜", "grows": "藤上"},
    "酸甜的水果": {"kind": "水果", "taste": "酸甜"},
    "用面粉做的东西": {"made": "面粉"},
    "用黄豆做的东西": {"made": "黄豆"},
    "用大米做的东西": {"made": "大米"},
    "用牛奶做的东西": {"made": "牛奶"},
}


def name_some(rng: Random) -> Chat:
    """Name one, two or three of a sort; then how one of them tastes or looks."""
    group, wanted = rng.choice(list(_GROUPS.items()))
    rows = [row for row in SUBJECT.table if all(row[column] == value for column, value in wanted.items())]
    many = min(rng.choice((1, 1, 2, 3)), len(rows))
    chosen = rng.sample(rows, many)
    ask = say(
        rng,
        """[说|说出|举出]{c}种{g}。｜你能说出{c}种{g}吗？｜有什么{g}？｜{g}有哪些？说{c}种。｜你知道什么{g}？
        告诉我{c}种{g}的名字。｜哪些是{g}？｜我想知道{c}种{g}。""",
        c="一两三"[many - 1],
        g=group,
    )
    names = joined([row["name"] for row in chosen])
    chat = [(ask, say(rng, "{n}。｜有{n}。｜{n}是{g}。｜比如{n}。", n=names, g=group))]
    if many == 1 and rng.random() < 0.5:
        chat.append(later_turn(rng, SUBJECT, rng.choice(SUBJECT.of(chosen[0])), chosen[0]))
    elif many > 1 and rng.random() < 0.4:
        row = chosen[-1]
        last = rng.choice(("最后一个", "后面那个", "你说的最后一种"))
        attribute = rng.choice([a for a in SUBJECT.of(row) if a not in (KIND, MEASURE)])
        ask = say(rng, attribute.asks, **{**row, "it": last}) + "？"
        chat.append((ask, answer(rng, SUBJECT, attribute, row, row["name"])))
    return chat


_STEPS = ("first", "then", "next", "last")


def recipe(rng: Random) -> Chat:
    """How to make a dish: in one answer, or asked step by step with 然后呢; and what to do when it goes wrong."""
    row = rng.choice(table("recipes"))
    dish = row["dish"]
    how = say(
        rng,
        "怎么{d}｜{d}要怎么做｜{d}先做什么，后做什么｜{d}有几步，怎么做｜教我{d}吧，怎么做｜你会{d}吗，怎么做",
        d=dish,
    )
    if rng.random() < 0.45:
        text = say(
            rng,
            """先{first}，再{then}，然后{next}，最后{last}。
            第一步，{first}；第二步，{then}；第三步，{next}；第四步，{last}。
            {first}，{then}，接着{next}，{last}就好了。｜先{first}，{then}。再{next}，最后{last}。""",
            **row,
        )
        chat = [(asked(rng, how), text)]
    else:
        first = say(rng, "{d}第一步做什么｜{d}先做什么｜{d}从哪里开始｜{d}一开始要做什么｜{d}最先做什么", d=dish)
        chat = [(asked(rng, rng.choice((how, first))), say(rng, "先{f}。｜第一步，{f}。｜要先{f}。", f=row["first"]))]
        for step in _STEPS[1 : rng.choice((2, 3, 4, 4))]:
            ask = draw(
                rng, "然后呢？｜再然后呢？｜接下来呢？｜接着做什么？｜做完了呢？｜下一步呢？｜后来呢？｜之后做什么？"
            )
            last = "最后{s}。｜最后{s}，就做好了。｜最后一步，{s}。"
            reply = last if step == "last" else "再{s}。｜然后{s}。｜接着{s}。｜接下来{s}。"
            chat.append((ask, say(rng, reply, s=row[step])))
    if rng.random() < 0.35:
        ask = say(
            rng, "{t}怎么办？｜要是{t}呢？｜我{d}的时候，{t}，怎么办？｜如果{t}，该怎么办？", t=row["trouble"], d=dish
        )
        chat.append((ask, say(rng, "{f}。｜没关系，{f}。｜别急，{f}。｜不要紧，{f}。", f=row["fix"])))
    return chat


def wrong_order(rng: Random) -> Chat:
    """Is this step before that one?"""
    row = rng.choice(table("recipes"))
    steps = [row[step] for step in _STEPS if row[step][0] not in "先再" and "，" not in row[step]]
    i, j = sorted(rng.sample(range(len(steps)), 2))
    early, late = steps[i], steps[j]
    a, b = rng.sample((early, late), 2)
    core = say(
        rng,
        """{d}的时候，先{a}还是先{b}｜{d}，哪个在前面：{a}，还是{b}｜{d}是先{a}，还是先{b}
        {d}的时候，{a}和{b}，哪一步在先｜{d}的时候，应该先{a}，还是先{b}""",
        d=row["dish"],
        a=a,
        b=b,
    )
    reply = "先{e}，后{l}。｜先{e}，再{l}。｜{e}在前面。｜应该先{e}。"
    return [(asked(rng, core), say(rng, reply, e=early, l=late))]


_NEEDS = {
    "我饿了": "米饭 面条 馒头 包子 面包 饺子 粥",
    "我口渴了": "西瓜 果汁 茶 豆浆 牛奶",
    "天很热，我想吃凉的": "西瓜 冰淇淋 黄瓜",
    "我想吃甜的": "苹果 蛋糕 蜂蜜 香蕉 饼干",
    "我想吃酸的": "柠檬 醋",
    "我感冒了，没有胃口": "粥 姜 面条",
    "我想长高": "牛奶 鸡蛋 豆腐",
    "早饭不知道吃什么": "豆浆 包子 鸡蛋 粥 面包 牛奶",
    "我要过生日": "蛋糕 面条",
    "我牙疼": "粥 豆腐",
    "中秋节快到了": "月饼",
    "端午节快到了": "粽子",
    "我要去看电影": "爆米花",
    "下午有点饿": "饼干 香蕉 酸奶",
}


def hungry(rng: Random) -> Chat:
    """What to eat; and, as the second turn, what it tastes like or how it looks."""
    need, names = rng.choice(list(_NEEDS.items()))
    name = rng.choice(names.split())
    row = next(row for row in SUBJECT.table if row["name"] == name)
    ask = say(
        rng,
        """{n}。｜{n}，吃点什么好？｜{n}，[有什么|你说|吃什么]好呢？｜{n}，怎么办？｜{n}，该吃什么？
        {n}，你有什么主意？""",
        n=need,
    )
    drinks = row["kind"] == "饮料"
    reply = "可以{v}一{m}{f}。｜{v}一{m}{f}吧。｜那就{v}{f}吧。｜试试{f}吧。"
    chat = [(ask, say(rng, reply, v="喝" if drinks else "吃", m=row["measure"], f=name))]
    if rng.random() < 0.5:
        chat.append(later_turn(rng, SUBJECT, rng.choice([a for a in SUBJECT.of(row) if a != KIND]), row))
    return chat


_SAFE = (
    ("能吃不认识的蘑菇", "不能，不认识的蘑菇可能有毒"),
    ("可以吃发霉的面包", "不可以，发霉的面包吃了会生病"),
    ("饭前要洗手", "要，饭前洗手才干净"),
    ("可以一边跑一边吃东西", "不可以，一边跑一边吃容易噎着"),
    ("没洗的苹果能吃", "要先洗干净，再吃苹果"),
    ("能只吃糖不吃饭", "不能，只吃糖对身体不好，牙齿也会坏"),
    ("刚出锅的汤能马上喝", "不能，太烫了，要吹一吹，等凉一点再喝"),
    ("小朋友可以自己开火做饭", "不可以，要有大人在旁边"),
    ("菜刀可以拿来玩", "不可以，菜刀会割伤手"),
    ("吃完饭马上跑步好", "不好，吃完饭要休息一会儿再跑"),
    ("豆角没煮熟能吃", "不能，没煮熟的豆角会让人中毒"),
    ("西瓜皮能吃", "西瓜皮很硬，我们一般吃里面红红的瓤"),
    ("香蕉要剥皮才能吃", "要，香蕉剥了皮再吃"),
    ("鸡蛋能生吃", "最好不要，鸡蛋煮熟了再吃"),
    ("牛奶放在外面好几天还能喝", "不能，放久了的牛奶会坏"),
    ("掉在地上的饼干还能吃", "最好不要吃，地上有脏东西"),
)


def safe(rng: Random) -> Chat:
    """What is good to do at table and in the kitchen, and what is not."""
    claim, truth = rng.choice(_SAFE)
    ask = say(
        rng,
        "{c}吗？｜{c}吗？｜请问，{c}吗？｜你说，{c}吗？｜{c}吗？我想知道。｜弟弟问我，{c}吗？｜老师，{c}吗？",
        c=claim,
    )
    chat = [(ask, truth + "。")]
    if rng.random() < 0.3:
        chat.append(
            (
                draw(rng, "[知道了|记住了|好的|明白了]，谢谢。｜我记住了。｜原来是这样。"),
                draw(rng, "不客气。｜记住就好。｜真乖。｜不用谢。"),
            )
        )
    return chat


_OPEN = """{n}，很多人都爱吃。｜今天[妈妈|奶奶|爸爸]买了一{m}{n}。｜[桌子上|厨房里|篮子里]放着一{m}{n}。｜你吃过{n}吗？
我家常常吃{n}。｜说说{n}吧。｜[爷爷|外婆]最爱吃{n}。｜今天的晚饭有{n}。｜市场里[有人|一位阿姨]在卖{n}。"""
_CLOSE = """你[也想吃|喜欢吃]{n}吗？｜我咬了一口，真好吃。｜[妹妹|弟弟]吃完还想要。｜一家人吃得很高兴。
真想现在就吃一{m}。
吃完别忘了擦嘴。｜我们分着吃，一人一点。｜"""


def description(rng: Random) -> str:
    row = rng.choice([row for row in SUBJECT.table if row["note"]])
    facts = facts_of(rng, SUBJECT, row, rng.choice((2, 3, 4)))
    opening = say(rng, _OPEN, n=row["name"], m=row["measure"])
    closing = say(rng, _CLOSE, n=row["name"], m=row["measure"]) if rng.random() < 0.7 else ""
    return f"{opening}{'，'.join(facts)}。{closing}"


ACTS: dict[Act, float] = {
    lambda rng: about(rng, SUBJECT): 4,
    lambda rng: across(rng, SUBJECT): 2,
    lambda rng: premise(rng, SUBJECT): 2,
    some_of_taste: 2,
    odd_one: 2,
    name_some: 3,
    recipe: 3,
    wrong_order: 1,
    hungry: 2,
    safe: 1,
}
TALES: dict[Tale, float] = {description: 1}
