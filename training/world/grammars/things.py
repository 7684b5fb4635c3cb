"""Tools and what they are for, materials, measure words, opposites."""

from random import Random

from ..tables import listed, table
from ..wording import asked, claimed, confirmed, corrected, draw, joined, quantity, say
from .kinds import Act, Chat, Tale
from .rows import Attribute, Subject, about, across, later_turn, premise

USE = Attribute(
    "use",
    """{it}有什么用｜{it}是用来做什么的｜{it}是干什么用的｜{it}可以用来做什么｜人们用{it}做什么｜{it}能做什么
    {it}有什么用处｜什么时候要用{it}｜{it}拿来干什么""",
    "{it}是用来{use}的｜{it}可以用来{use}｜{it}能{use}｜人们用{it}{use}｜{it}用来{use}",
    "用来{use}｜{use}",
    "不是用来{use}的",
)
MEASURE = Attribute(
    "measure",
    """{it}前面用什么量词｜一什么{it}，该填什么字｜数{it}用哪个字，是个还是别的｜{it}的量词是什么
    说{it}，一的后面用什么字""",
    "可以说一{measure}{name}｜用{measure}，一{measure}{name}｜我们说一{measure}{name}",
    "一{measure}{name}",
)
TOOLS = Subject(table("tools"), "name", "它", (USE, MEASURE))

PROPERTY = Attribute(
    "property",
    "{it}有什么特点｜{it}是什么样的｜{it}有什么特别的地方｜{it}摸上去、看上去怎么样｜说说{it}的特点｜{it}好在哪里",
    "{it}{property}｜{it}{property}｜{it}的特点是{property}",
    "{property}",
)
THINGS = Attribute(
    "things",
    "{it}可以做什么｜用{it}能做成什么｜什么东西是用{it}做的｜{it}能做哪些东西｜人们用{it}做什么｜哪些东西里有{it}",
    "{it}可以做{things}｜{it}能做{things}｜用{it}可以做{things}",
    "{things}｜可以做{things}",
)
MATERIALS = Subject(table("materials"), "material", "它", (PROPERTY, THINGS))


def which_tool(rng: Random) -> Chat:
    """I want to do this: with what? And that? And how does one count it?"""
    chat = []
    for row in rng.sample(TOOLS.table, rng.choice((1, 1, 2, 3))):
        ask = (
            say(rng, "那{u}呢？｜{u}呢？｜{u}用什么？｜要是{u}呢？｜如果要{u}呢？", u=row["use"])
            if chat
            else asked(
                rng,
                say(
                    rng,
                    """{u}用什么｜{u}要用什么[工具|东西|]｜我要{u}，该用什么｜想{u}，拿什么好｜什么东西可以{u}
                    {u}的时候要用到什么｜妈妈要{u}，我该递给她什么""",
                    u=row["use"],
                ),
            )
        )
        reply = "用{n}。｜{u}用{n}。｜用{n}可以{u}。｜拿一{m}{n}。｜{u}要用{n}。"
        chat.append((ask, say(rng, reply, u=row["use"], n=row["name"], m=row["measure"])))
    if rng.random() < 0.25:
        chat.append(later_turn(rng, TOOLS, MEASURE, row))
    return chat


def wrong_tool(rng: Random) -> Chat:
    """Can one do it with that? No, because …; what then?"""
    row = rng.choice(TOOLS.table)
    ask = say(
        rng,
        """可以用{w}{u}吗？｜能用{w}{u}吗？｜我想用{w}{u}，行吗？｜{w}能{u}吗？｜用{w}{u}好不好？｜{u}用{w}，对吗？
        没有{n}，能用{w}{u}吗？｜弟弟要用{w}{u}，可以吗？""",
        w=row["wrong"],
        u=row["use"],
        n=row["name"],
    )
    if rng.random() < 0.5:
        reply = say(
            rng,
            "[不行|不能|不好]，{y}，{u}要用{n}。｜{y}，要{u}还是用{n}。｜[不行|不能]，{u}要用{n}，{y}。",
            y=row["why_not"],
            u=row["use"],
            n=row["name"],
        )
        return [(ask, reply)]
    chat = [(ask, say(rng, "[不行|不能|不好]，{y}。｜{y}，不行。｜最好不要，{y}。", y=row["why_not"]))]
    ask = say(rng, "那用什么[好|呢]？｜那该用什么？｜那怎么办？｜应该用什么呢？｜那要用什么{u}？", u=row["use"])
    chat.append(
        (
            ask,
            say(
                rng,
                "用{n}。｜{u}要用{n}。｜用{n}就可以。｜拿一{m}{n}来。",
                n=row["name"],
                u=row["use"],
                m=row["measure"],
            ),
        )
    )
    return chat


def made_of(rng: Random) -> Chat:
    """What is the window made of, and why."""
    row = rng.choice(MATERIALS.table)
    thing = rng.choice(listed(row["things"]))
    core = "{t}是用什么做的｜{t}是什么材料做的｜做{t}要用什么｜{t}一般用什么做｜{t}用什么做成"
    reply = "{t}[一般|可以|]用{m}做。｜{t}是用{m}做的。｜用{m}做的。"
    chat = [(asked(rng, say(rng, core, t=thing)), say(rng, reply, t=thing, m=row["material"]))]
    if rng.random() < 0.5:
        ask = say(
            rng, "为什么用{m}？｜为什么呢？｜{m}有什么好？｜用{m}有什么好处？｜{m}有什么特点？", m=row["material"]
        )
        chat.append((ask, say(rng, "因为{m}{p}。｜{m}{p}。", m=row["material"], p=row["property"])))
    return chat


_MEASURES = [(row["measure"], noun) for row in table("measures") for noun in listed(row["nouns"])]
_ACCEPTED = {noun: {m for m, n in _MEASURES if n == noun} for _, noun in _MEASURES}


def measure(rng: Random) -> Chat:
    """Measure words: which, right or wrong, and the next one."""
    chat = []
    for word, noun in rng.sample(_MEASURES, rng.choice((1, 1, 2, 3))):
        n = rng.choice((1, 1, 1, 2, 3))
        count = quantity(n)
        if not chat and rng.random() < 0.35:
            wrong = rng.choice([m for m, _ in _MEASURES if m not in _ACCEPTED[noun] and m != "个"])
            claim = say(
                rng, "可以说{c}{w}{n}｜应该说{c}{w}{n}｜{c}{w}{n}这样说对｜{n}的量词是{w}", c=count, w=wrong, n=noun
            )
            truth = say(rng, "应该说{c}{m}{n}｜要说{c}{m}{n}｜我们说{c}{m}{n}", c=count, m=word, n=noun)
            chat.append((claimed(rng, claim), corrected(rng, truth)))
            continue
        first = """{n}用什么量词｜一什么{n}，怎么说｜{n}的量词是什么｜该说一个{n}，还是一什么{n}｜说{n}的时候用哪个量词
        {c}什么{n}，填什么字"""
        ask = (
            say(rng, "那{n}呢？｜{n}呢？｜换成{n}呢？｜{n}用什么？", n=noun)
            if chat
            else asked(rng, say(rng, first, n=noun, c=count))
        )
        reply = "{c}{m}{n}。｜用{m}，{c}{m}{n}。｜我们说{c}{m}{n}。｜可以说{c}{m}{n}。"
        chat.append((ask, say(rng, reply, c=count, m=word, n=noun)))
    return chat


_OPPOSITES = [(row["word"], row["opposite"]) for row in table("opposites")]


def opposite(rng: Random) -> Chat:
    chat = []
    for pair in rng.sample(_OPPOSITES, rng.choice((1, 1, 2, 3))):
        a, b = pair if rng.random() < 0.5 else pair[::-1]
        if chat:
            ask = say(rng, "那{a}呢？｜{a}呢？｜{a}的反义词呢？｜跟{a}相反的呢？", a=a)
        else:
            core = """{a}的反义词是什么｜跟{a}相反的词是什么｜{a}反过来是什么｜和{a}意思相反的是哪个词
            {a}的相反是什么｜什么词和{a}相反"""
            ask = asked(rng, say(rng, core, a=a))
        chat.append((ask, say(rng, "{b}。｜{a}的反义词是{b}。｜和{a}相反的是{b}。｜是{b}。", a=a, b=b)))
    return chat


def opposite_claim(rng: Random) -> Chat:
    (a, b), (_, wrong) = rng.sample(_OPPOSITES, 2)
    right = rng.random() < 0.4
    claim = say(rng, "{a}的反义词是{b}｜{a}和{b}意思相反｜跟{a}相反的是{b}", a=a, b=b if right else wrong)
    truth = say(rng, "{a}的反义词是{b}｜{a}和{b}意思相反｜跟{a}相反的是{b}", a=a, b=b)
    return [(claimed(rng, claim), confirmed(rng, truth) if right else corrected(rng, truth))]


_COMPARED = set("大小多少高矮长短远近快慢冷热轻重软硬厚薄宽窄深浅粗细胖瘦新旧干湿亮暗黑白饱饿甜苦松紧直弯满空浓淡贵")


def example(rng: Random) -> Chat:
    """Which of the two is heavy, soft, far away."""
    row = rng.choice(table("opposites"))
    ends = ((row["word"], row["thing"], row["other"]), (row["opposite"], row["other"], row["thing"]))
    word, thing, other = rng.choice(ends)
    if word not in _COMPARED:
        return opposite(rng)
    a, b = rng.sample((thing, other), 2)
    core = "{a}和{b}，哪个{w}｜{a}跟{b}比，哪个更{w}｜是{a}{w}，还是{b}{w}｜{a}和{b}哪一个比较{w}｜哪个{w}，{a}还是{b}"
    reply = "{t}{w}。｜{t}更{w}。｜是{t}{w}。｜{t}比{o}{w}。"
    return [(asked(rng, say(rng, core, a=a, b=b, w=word)), say(rng, reply, t=thing, o=other, w=word))]


def tell_apart(rng: Random) -> Chat:
    """Of three things, which does not serve this purpose."""
    row, *others = rng.sample(TOOLS.table, 3)
    names = [row["name"], *(other["name"] for other in others)]
    rng.shuffle(names)
    core = """{l}里面，哪个可以{u}｜{l}，用哪个{u}｜要{u}，选{l}里的哪一个｜{l}，哪一样是用来{u}的
    桌上有{l}，我要{u}，拿哪个"""
    reply = "{n}。｜用{n}。｜{n}可以{u}。｜拿{n}，它是用来{u}的。"
    ask = asked(rng, say(rng, core, l=joined(names), u=row["use"]))
    return [(ask, say(rng, reply, n=row["name"], u=row["use"]))]


_PLACES_AT_HOME = {
    "衣服": "衣柜里", "碗": "碗柜里", "牛奶": "冰箱里", "书": "书架上", "鞋": "鞋架上", "牙刷": "洗手间的杯子里",
    "被子": "床上", "铅笔": "文具盒里", "玩具": "玩具箱里", "雨伞": "门边的伞架上", "垃圾": "垃圾桶里",
    "菜刀": "厨房的刀架上", "课本": "书包里", "剩菜": "冰箱里", "钥匙": "门口的挂钩上", "毛巾": "毛巾架上",
}  # fmt: skip


def put_where(rng: Random) -> Chat:
    thing, place = rng.choice(list(_PLACES_AT_HOME.items()))
    core = "{t}放在哪里｜{t}应该放在哪里｜用完的{t}放在哪儿｜{t}要收在什么地方｜在家里，{t}一般在哪里｜找{t}要去哪里找"
    chat = [
        (
            asked(rng, say(rng, core, t=thing)),
            say(rng, "放在{p}。｜{t}放在{p}。｜{t}一般在{p}。｜{p}。", t=thing, p=place),
        )
    ]
    if rng.random() < 0.4:
        other, where = rng.choice([pair for pair in _PLACES_AT_HOME.items() if pair[0] != thing])
        ask = say(rng, "那{o}呢？｜{o}呢？｜{o}放哪里？", o=other)
        chat.append((ask, say(rng, "{o}放在{w}。｜放在{w}。｜{o}一般在{w}。", o=other, w=where)))
    return chat


def description(rng: Random) -> str:
    """Three tools, each with its use, in a small scene."""
    rows = rng.sample(TOOLS.table, 3)
    opening = draw(
        rng,
        """爷爷的工具箱里有很多东西。｜家里每样东西都有自己的用处。｜搬家的时候，妈妈把东西一样一样拿出来。
        老师让我们说说家里的东西。
        弟弟什么都要问：“这是做什么用的？”｜我和爸爸一起收拾屋子。｜杂货店里挂满了东西。""",
    )
    forms = "{n}用来{u}｜{n}可以{u}｜要{u}，就用{n}｜有一{m}{n}，是{u}用的｜{n}是{u}的好帮手"
    parts = [say(rng, forms, n=row["name"], u=row["use"], m=row["measure"]) for row in rows]
    row = rng.choice(rows)
    wrong = (
        say(rng, "可不能用{w}{u}，{y}。", w=row["wrong"], u=row["use"], y=row["why_not"]) if rng.random() < 0.6 else ""
    )
    closing = draw(
        rng,
        """用完了，都要放回原来的地方。｜每一样都少不了。｜弟弟听了，点点头。｜少了哪一样，都不方便。
        你家也有这些吗？｜""",
    )
    return f"{opening}{'，'.join(parts)}。{wrong}{closing}"


ACTS: dict[Act, float] = {
    lambda rng: about(rng, TOOLS): 2,
    lambda rng: across(rng, TOOLS): 2,
    lambda rng: premise(rng, TOOLS): 1,
    lambda rng: about(rng, MATERIALS): 1,
    lambda rng: across(rng, MATERIALS): 1,
    which_tool: 4,
    wrong_tool: 3,
    made_of: 2,
    measure: 3,
    opposite: 3,
    opposite_claim: 1,
    example: 2,
    tell_apart: 2,
    put_where: 1,
}
TALES: dict[Tale, float] = {description: 1}
