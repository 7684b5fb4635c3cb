"""Lists: counted, sorted, repeated, the first and the last of them, what belongs and what does not."""

from random import Random

from ..tables import table
from ..wording import asked, draw, joined, number, quantity, say, words
from .cast import children
from .kinds import Act, Chat, Tale

_SETS: dict[str, list[str]] = {
    "动物": [row["name"] for row in table("animals")],
    "水果": [row["name"] for row in table("foods") if row["kind"] == "水果"],
    "蔬菜": [row["name"] for row in table("foods") if row["kind"] == "蔬菜"],
    "工具": words("锤子 锯子 铲子 剪刀 螺丝刀 钳子 梯子 扫帚 拖把 尺子 扳手"),
    "国家": [row["country"] for row in table("countries")][:40],
    "车": [row["name"] for row in table("vehicles") if row["name"].endswith("车")],
    "颜色": [row["colour"] for row in table("colours")],
    "花": words("桃花 迎春花 牡丹 荷花 牵牛花 茉莉花 菊花 桂花 梅花 水仙"),
    "衣服": ["毛衣", "外套", "裤子", "裙子", "衬衫", "大衣", "雨衣", "短袖"],
    "家里人": ["爸爸", "妈妈", "爷爷", "奶奶", "哥哥", "姐姐", "弟弟", "妹妹"],
    "文具": ["铅笔", "橡皮", "尺子", "本子", "胶水", "彩笔", "卷笔刀"],
    "家具": ["桌子", "椅子", "床", "柜子", "沙发", "书架"],
    "节日": ["春节", "元宵节", "清明节", "端午节", "中秋节", "国庆节", "儿童节"],
}
_COUNTER = {"国家": "个", "车": "种", "颜色": "种", "家里人": "个", "节日": "个"}


def some(rng: Random, low: int = 3, high: int = 6) -> tuple[str, list[str]]:
    kind = rng.choice(list(_SETS))
    return kind, rng.sample(_SETS[kind], min(rng.randint(low, high), len(_SETS[kind])))


def count(rng: Random) -> Chat:
    """How many are there in the list; one more, one fewer."""
    kind, names = some(rng)
    c = _COUNTER.get(kind, "样")
    listing = "、".join(names)
    core = """{l}，一共有几{c}｜{l}，这里有几{c}{k}｜数一数，{l}，有几{c}｜{l}，我说了几{c}｜{l}里有多少{c}{k}
    {l}，总共是几{c}"""
    ask = asked(rng, say(rng, core, l=listing, c=c, k=kind))
    spoken = "，".join(f"{name}，{number(i + 1)}" for i, name in enumerate(names))
    reply = "一共有{n}{c}。｜{n}{c}。｜有{n}{c}{k}。｜数一数：{s}。一共{n}{c}。"
    chat = [(ask, say(rng, reply, n=quantity(len(names)), c=c, k=kind, s=spoken))]
    for _ in range(rng.choice((0, 1, 1, 2))):
        if rng.random() < 0.5:
            new = rng.choice([name for name in _SETS[kind] if name not in names] or [""])
            if not new:
                break
            names.append(new)
            ask = say(rng, "再加上{n}呢？｜加一{c}{n}，是几{c}？｜如果还有{n}呢，一共几{c}？", n=new, c=c).replace(
                f"一{c}{new}", new
            )
        elif len(names) > 2:
            gone = names.pop(rng.randrange(len(names)))
            ask = say(rng, "去掉{g}呢？｜不算{g}，有几{c}？｜拿走{g}，还剩几{c}？", g=gone, c=c)
        else:
            break
        chat.append((ask, say(rng, "{n}{c}。｜那就是{n}{c}。｜有{n}{c}。", n=quantity(len(names)), c=c)))
    return chat


_NTH = ("第一个", "第二个", "第三个", "第四个", "第五个", "第六个")


def position(rng: Random) -> Chat:
    """First, last, third, before, after, in the middle."""
    _, names = some(rng, 3, 5)
    told = (
        say(rng, "{l}，", l="、".join(names))
        if rng.random() < 0.6
        else say(rng, "我说几个词：{l}。｜听好了：{l}。｜这里有{l}。", l="、".join(names))
    )
    i = rng.randrange(len(names))
    j = rng.randrange(1, len(names))
    turns = [
        (
            say(rng, "{n}是什么？｜{n}是哪一个？｜我说的{n}是什么？", n=_NTH[i]),
            say(rng, "{n}是{x}。｜是{x}。｜{x}。", n=_NTH[i], x=names[i]),
        ),
        (
            draw(rng, "最后一个是什么？｜最后我说了什么？｜哪个在最后？"),
            say(rng, "最后一个是{x}。｜是{x}。｜{x}。", x=names[-1]),
        ),
        (
            draw(rng, "第一个是什么？｜最先说的是什么？｜哪个在最前面？"),
            say(rng, "第一个是{x}。｜是{x}。｜{x}。", x=names[0]),
        ),
        (
            say(rng, "{x}前面是什么？｜{x}的前一个是什么？", x=names[j]),
            say(rng, "是{y}。｜{x}前面是{y}。｜{y}。", x=names[j], y=names[j - 1]),
        ),
        (
            say(rng, "{y}后面是什么？｜{y}的后一个是什么？", y=names[j - 1]),
            say(rng, "是{x}。｜{y}后面是{x}。｜{x}。", x=names[j], y=names[j - 1]),
        ),
        (
            say(rng, "{x}排第几？｜{x}是第几个？", x=names[i]),
            say(rng, "{x}是{n}。｜是{n}。｜{n}。", x=names[i], n=_NTH[i]),
        ),
    ]
    chosen = rng.sample(turns, rng.choice((1, 2, 3)))
    return [(told + chosen[0][0], chosen[0][1]), *chosen[1:]]


_SAYINGS = (
    "今天天气真好", "我爱我的家", "小猫在睡觉", "春天来了", "早睡早起身体好", "我们是好朋友", "月亮圆圆的",
    "小鸟飞走了", "饭要慢慢吃", "太阳出来了", "妈妈辛苦了", "我会努力的", "红灯停绿灯行", "白白的云", "大家一起来",
    "天黑了", "下雨了要打伞", "苹果红红的", "爷爷在下棋", "书是我的朋友", "慢慢走，别着急", "谢谢老师", "明天会更好",
)  # fmt: skip


def repeat(rng: Random) -> Chat:
    """Say after me; say it again; say it twice."""
    text = rng.choice(_SAYINGS) if rng.random() < 0.6 else "、".join(some(rng, 2, 4)[1])
    ask = say(
        rng,
        """跟我说：{t}。｜请你重复一遍：{t}。｜跟着我念：{t}。｜我说一句，你也说一句：{t}。｜把这句话再说一遍：{t}。
        学我说话：{t}。
        照着说：{t}。｜请说：{t}。""",
        t=text,
    )
    chat = [(ask, text + "。")]
    if rng.random() < 0.5:
        ask = draw(
            rng, "再说一遍。｜再来一次。｜我没听清，你再说一遍好吗？｜请再说一次。｜刚才说的是什么？｜再念一遍吧。"
        )
        chat.append((ask, text + "。"))
    if rng.random() < 0.25:
        other = rng.choice([saying for saying in _SAYINGS if saying != text])
        chat.append((say(rng, "再说一句：{o}。｜换一句：{o}。｜这次说：{o}。", o=other), other + "。"))
        if rng.random() < 0.5:
            chat.append(
                (draw(rng, "我第一句说的是什么？｜最开始那句呢？｜前一句是什么？｜第一句是什么来着？"), text + "。")
            )
    return chat


def odd_one(rng: Random) -> Chat:
    """Which one does not belong, and why."""
    kind, other = rng.sample([k for k in _SETS if k not in ("颜色", "花", "工具", "文具")], 2)
    same = rng.sample(_SETS[kind], rng.choice((2, 3)))
    odd = rng.choice(_SETS[other])
    names = [*same, odd]
    rng.shuffle(names)
    core = """{l}，哪个和别的不一样｜{l}，哪一个不是{k}｜{l}里面，哪个不该放在一起｜{l}，找出不一样的一个
    {l}，哪个跟别的不是一类"""
    ask = asked(rng, say(rng, core, l="、".join(names), k=kind))
    chat = [(ask, say(rng, "{o}。｜是{o}，它不是{k}。｜{o}不是{k}。｜{o}跟别的不一样。", o=odd, k=kind))]
    if rng.random() < 0.5:
        ask = draw(rng, "为什么？｜为什么是它？｜说说理由。｜怎么看出来的？")
        chat.append(
            (
                ask,
                say(
                    rng,
                    "因为{o}不是{k}，{s}都是{k}。｜{s}都是{k}，{o}是{q}。｜因为别的都是{k}。",
                    o=odd,
                    k=kind,
                    s=joined(same),
                    q=other,
                ),
            )
        )
    return chat


def sort(rng: Random) -> Chat:
    """Divide a mixed list into its two kinds."""
    one, two = rng.sample([k for k in _SETS if k not in ("工具", "文具", "花", "颜色", "家里人")], 2)
    first, second = rng.sample(_SETS[one], 2), rng.sample(_SETS[two], 2)
    names = first + second
    rng.shuffle(names)
    core = "把{l}分成两类，怎么分｜{l}，哪些是{a}，哪些是{b}｜{l}可以分成哪两类｜给{l}分一分类"
    ask = say(rng, core, l="、".join(names), a=one, b=two)
    ask += "。" if ask.endswith("分类") else "？"
    one_order = [name for name in names if name in first]
    two_order = [name for name in names if name in second]
    return [
        (
            ask,
            say(
                rng,
                "{x}是{a}，{y}是{b}。｜{a}有{x}，{b}有{y}。｜一类是{a}：{x}；一类是{b}：{y}。",
                a=one,
                b=two,
                x=joined(one_order),
                y=joined(two_order),
            ),
        )
    ]


def kind_of(rng: Random) -> Chat:
    """Of what kind is it; a list of a kind; does this one belong to it."""
    kinds = [k for k in _SETS if k not in ("家里人",)]
    chat = []
    for kind in rng.sample(kinds, rng.choice((1, 1, 2))):
        name = rng.choice(_SETS[kind])
        if kind == "车" and name == "小汽车":
            name = "卡车"
        core = "{n}是什么｜{n}是哪一类东西｜{n}属于什么｜{n}是一种什么｜{n}算什么｜什么是{n}"
        ask = say(rng, "那{n}呢？｜{n}呢？｜{n}是什么？", n=name) if chat else asked(rng, say(rng, core, n=name))
        word = {"国家": "一个国家", "颜色": "一种颜色", "家里人": "家里人", "节日": "一个节日"}.get(kind, f"一种{kind}")
        chat.append((ask, say(rng, "{n}是{w}。｜{n}是{w}。｜是{w}。", n=name, w=word)))
    return chat


def longest(rng: Random) -> Chat:
    """How many characters has the word; which word is longest."""
    _, names = some(rng, 2, 3)
    lengths = {name: len(name) for name in names}
    if len(set(lengths.values())) < len(names) or rng.random() < 0.5:
        name = rng.choice(names)
        core = "{n}这个词有几个字｜{n}是几个字｜{n}一共几个字｜数一数{n}有几个字"
        return [
            (
                asked(rng, say(rng, core, n=name)),
                say(rng, "{n}有{c}个字。｜{c}个字。｜是{c}个字。", n=name, c=quantity(len(name))),
            )
        ]
    long = max(names, key=lengths.__getitem__)
    core = "{l}，哪个词最长｜{l}，哪个词的字最多｜{l}里面，最长的词是哪个"
    return [
        (
            asked(rng, say(rng, core, l="、".join(names))),
            say(rng, "{x}最长。｜是{x}，有{c}个字。｜{x}。", x=long, c=quantity(len(long))),
        )
    ]


def errands(rng: Random) -> Chat:
    """A list of things to buy or do, told; asked back; crossed out."""
    _, goods = rng.choice(list(_SETS.items())[1:3]) if rng.random() < 0.5 else ("", _SETS["文具"])
    things = rng.sample(goods, rng.choice((3, 4)))
    told = say(rng, "妈妈让我买{l}。｜我要买{l}。｜记一下，要买{l}。｜今天的购物单上有{l}。", l=joined(things))
    chat = [
        (
            told,
            say(
                rng,
                "好的，我记住了：{l}。｜记下了，一共{c}样。｜知道了。｜好，{l}。",
                l="、".join(things),
                c=quantity(len(things)),
            ),
        )
    ]
    for _ in range(rng.choice((1, 1, 2))):
        if rng.random() < 0.5 and len(things) > 2:
            done = things.pop(rng.randrange(len(things)))
            ask = say(rng, "{d}已经买了，还要买什么？｜我买好了{d}，还剩什么没买？｜{d}不用买了，还要买哪些？", d=done)
            chat.append((ask, say(rng, "还要买{l}。｜还剩{l}。｜还有{l}。", l=joined(things))))
        else:
            ask = draw(rng, "我要买什么来着？｜购物单上有什么？｜我忘了，要买哪些？｜再说一遍要买的东西。")
            chat.append((ask, say(rng, "要买{l}。｜{l}。｜你要买{l}。", l=joined(things))))
    return chat


def list_text(rng: Random) -> str:
    """Children play at naming things of a kind."""
    kind, names = some(rng, 3, 4)
    players = children(rng, len(names))
    opening = say(
        rng,
        "几个孩子玩游戏，一人说一种{k}，不许重复。｜车上没有事做，大家轮流说{k}的名字。｜老师说：“每人说一{c}{k}。”",
        k=kind,
        c=_COUNTER.get(kind, "种"),
    )
    parts = [
        say(rng, "{p}说：“{n}。”｜“{n}！”{p}说。｜轮到{p}，{p}说：“{n}。”", p=player, n=name)
        for player, name in zip(players, names, strict=True)
    ]
    again = say(
        rng, "又轮到{p}，{p}说：“{n}。”大家笑了：“{n}已经说过了！”", p=players[0], n=names[rng.randrange(1, len(names))]
    )
    closing = say(
        rng,
        "数一数，一共说了{c}{m}。｜{p}只好给大家唱了一首歌。｜大家决定再来一次，这回说别的。",
        c=quantity(len(names)),
        m=_COUNTER.get(kind, "种"),
        p=players[0],
    )
    return opening + "".join(parts) + again + closing


ACTS: dict[Act, float] = {
    count: 4,
    position: 4,
    repeat: 4,
    odd_one: 3,
    sort: 2,
    kind_of: 2,
    longest: 1,
    errands: 3,
}
TALES: dict[Tale, float] = {list_text: 1}
