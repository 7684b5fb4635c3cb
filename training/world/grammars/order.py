"""Who is taller, who stands where in a queue, what follows from a rule."""

from random import Random

from ..wording import draw, number, quantity, say
from .cast import child, children
from .kinds import Act, Chat

# more, less, how two are compared, who is at either end
_MORE = (
    ("高", "矮", "{a}比{b}{w}", "谁最高", "谁最矮"), ("大", "小", "{a}比{b}{w}", "谁年纪最大", "谁年纪最小"),
    ("重", "轻", "{a}比{b}{w}", "谁最重", "谁最轻"), ("快", "慢", "{a}跑得比{b}{w}", "谁跑得最快", "谁跑得最慢"),
    ("早", "晚", "{a}来得比{b}{w}", "谁来得最早", "谁来得最晚"),
    ("多", "少", "{a}的书比{b}{w}", "谁的书最多", "谁的书最少"),
    ("远", "近", "{a}家比{b}家{w}", "谁的家最远", "谁的家最近"),
    ("长", "短", "{a}的绳子比{b}的{w}", "谁的绳子最长", "谁的绳子最短"),
)  # fmt: skip


def order_of_three(rng: Random) -> Chat:
    """A is taller than B, B taller than C: who is tallest, shortest, in the middle?"""
    more, less, form, most, least = rng.choice(_MORE)
    a, b, c = children(rng, 3)  # from most to least
    one = rng.choice((form.format(a=a, b=b, w=more), form.format(a=b, b=a, w=less)))
    two = rng.choice((form.format(a=b, b=c, w=more), form.format(a=c, b=b, w=less)))
    first, second = rng.sample((one, two), 2)
    told = f"{first}，{second}。"
    asks = {
        "most": (
            draw(rng, f"{most}？｜三个人里{most}？｜他们{most}？"),
            say(rng, "{a}。｜{a}最{m}。｜是{a}。｜{a}最{m}，{c}最{l}。", a=a, c=c, m=more, l=less),
        ),
        "least": (
            draw(rng, f"{least}？｜三个人里{least}？｜那{least}？"),
            say(rng, "{c}。｜{c}最{l}。｜是{c}。｜{c}最{l}，{a}最{m}。", a=a, c=c, m=more, l=less),
        ),
        "middle": (
            draw(rng, "谁在中间？｜中间的是谁？｜排在中间的是谁？"),
            say(rng, "{b}。｜{b}在中间。｜是{b}。", b=b),
        ),
        "pair": (
            say(rng, "{a}和{c}比，谁{m}？｜{a}比{c}{m}吗？｜{c}和{a}谁{m}？", a=a, c=c, m=more),
            say(rng, "{a}比{c}{m}。｜{a}{m}。｜{a}更{m}。", a=a, c=c, m=more),
        ),
        "row": (
            say(rng, "从{m}到{l}怎么排？｜按从{m}到{l}排一排。｜从{m}到{l}排队，怎么站？", m=more, l=less),
            f"{a}、{b}、{c}。",
        ),
    }
    kinds = rng.sample(list(asks), rng.choice((1, 2, 2, 3)))
    turns = [asks[kind] for kind in kinds]
    if "吗" in turns[0][0]:
        turns[0] = (turns[0][0], say(rng, "是的，{a}比{c}{m}。｜对，{a}比{c}{m}。", a=a, c=c, m=more))
    return [(told + turns[0][0], turns[0][1]), *turns[1:]]


def queue(rng: Random) -> Chat:
    """A queue: how many before, behind, altogether; who is first."""
    if rng.random() < 0.5:
        before, behind = rng.randint(1, 9), rng.randint(1, 9)
        name = rng.choice(("我", child(rng)))
        told = say(
            rng,
            "{n}排队，前面有{a}个人，后面有{b}个人，｜排队的时候，{n}前面{a}人，后面{b}人，",
            n=name,
            a=quantity(before),
            b=quantity(behind),
        )
        ask = draw(rng, "一共有几个人？｜这一队一共多少人？｜这队有几个人？")
        total = before + behind + 1
        reply = "{a}加{b}再加一，等于{t}，一共{t}个人。｜一共{t}个人。｜{t}个人，别忘了算上{y}自己。"
        chat = [
            (
                told + ask,
                say(rng, reply, a=number(before), b=number(behind), t=number(total), y="你" if name == "我" else name),
            )
        ]
        if rng.random() < 0.5:
            ask = say(rng, "{n}排第几？｜从前面数，{n}是第几个？｜那{n}是第几？", n=name)
            chat.append((ask, say(rng, "第{k}。｜排第{k}。｜从前面数是第{k}个。", k=number(before + 1))))
        return chat
    names = children(rng, rng.choice((3, 4)))
    told = say(
        rng,
        "{l}排成一队，{f}在最前面。｜排队的顺序是{l}。｜从前往后站着{l}。｜{l}依次排队。",
        l="、".join(names),
        f=names[0],
    )
    turns = []
    i = rng.randrange(1, len(names))
    nth = ("第一", "第二", "第三", "第四")
    turns.append(
        (
            say(rng, "{x}排第几？｜{x}是第几个？", x=names[i]),
            say(rng, "{x}排{k}。｜{k}。｜是{k}个。", x=names[i], k=nth[i]),
        )
    )
    turns.append(
        (draw(rng, "最后一个是谁？｜谁排在最后？"), say(rng, "是{x}。｜{x}排在最后。｜最后是{x}。", x=names[-1]))
    )
    turns.append(
        (
            say(rng, "谁在{x}前面？｜{x}的前面是谁？", x=names[i]),
            say(rng, "{y}在{x}前面。｜是{y}。｜{y}。", x=names[i], y=names[i - 1]),
        )
    )
    turns.append(
        (draw(rng, "一共几个人？｜有几个人在排队？"), say(rng, "{c}个人。｜一共{c}个人。", c=quantity(len(names))))
    )
    rng.shuffle(turns)
    turns = turns[: rng.choice((1, 2, 3))]
    return [(told + turns[0][0], turns[0][1]), *turns[1:]]


_IF_THEN = (
    ("{a}每次下雨都穿雨靴", "今天下雨了", "{a}会穿什么", "{a}会穿雨靴。｜雨靴。｜今天下雨，{a}会穿雨靴。"),
    ("{a}一吃辣的就流眼泪", "{a}刚吃了辣椒", "{a}会怎么样", "{a}会流眼泪。｜会流眼泪。｜{a}吃了辣的，会流眼泪。"),
    ("图书馆星期一不开门", "今天是星期一", "{a}今天能去借书吗", """不能，图书馆星期一不开门。｜今天不能借书。
    借不了，今天是星期一。"""),
    ("所有的鸟都有羽毛", "麻雀是鸟", "麻雀有羽毛吗", "有，麻雀有羽毛。｜麻雀是鸟，所以有羽毛。｜有羽毛。"),
    ("昆虫都有六条腿", "蜻蜓是昆虫", "蜻蜓有几条腿", "六条腿。｜蜻蜓有六条腿。｜蜻蜓是昆虫，有六条腿。"),
    ("盒子里不是红球就是蓝球", "{a}摸出来的不是红球", "{a}摸到的是什么球", "是蓝球。｜蓝球。｜不是红球，就是蓝球。"),
    ("{a}的帽子不是红的就是黄的", "{a}的帽子不是黄的", "{a}的帽子是什么颜色", """是红色的。｜红色。
    不是黄的，就是红的。"""),
    ("钥匙不在左边口袋，就在右边口袋", "左边口袋里没有", "{a}的钥匙在哪里", """在右边口袋里。｜右边口袋。
    左边没有，就在右边口袋里。"""),
    ("{a}只有周末才看电视", "今天是星期三", "{a}今天看电视吗", "不看，今天不是周末。｜今天不看电视。｜不看。"),
    ("谁先到谁先玩", "{a}比{b}先到", "谁先玩", "{a}先玩。｜是{a}。｜{a}先到，所以{a}先玩。"),
    ("{a}有一只猫和一只狗，猫叫{c}，狗叫{d}", "{d}跑出去了", "跑出去的是猫还是狗", """是狗。｜跑出去的是狗。
    {d}是狗，所以是狗跑出去了。"""),
    ("红灯停，绿灯行", "现在是红灯", "{a}能过马路吗", "不能，要等绿灯。｜不能过，红灯要停。｜现在不能。"),
    ("冰块在太阳下会化", "{a}把冰块放在太阳下", "冰块会怎么样", "冰块会化。｜会化成水。｜冰块会变成水。"),
    ("{a}的杯子是蓝的，{b}的杯子是绿的", "桌上有一个绿杯子", "桌上的杯子是谁的", "是{b}的。｜{b}的。｜绿杯子是{b}的。"),
    ("{a}今天生病了，在家休息", "老师点名", "谁没有来", "{a}没有来。｜是{a}。｜{a}生病了，没有来。"),
    ("花三天不浇水就会蔫", "{a}忘了浇水，已经四天了", "花会怎么样", "花会蔫。｜会蔫。｜四天没浇水，花蔫了。"),
    ("{a}坐在{b}的左边", "", "{b}坐在{a}的哪一边", "右边。｜{b}在{a}的右边。｜坐在右边。"),
    ("{a}是{b}的哥哥", "", "{b}比{a}大还是小", "{b}比{a}小。｜小。｜{b}小，{a}是哥哥。"),
    ("{a}和{b}同一天过生日，{a}的生日是五月三日", "", "{b}的生日是哪天", """也是五月三日。｜五月三日。
    {b}的生日也是五月三日。"""),
    ("{a}去年七岁", "", "{a}今年几岁", "八岁。｜{a}今年八岁。｜七加一，今年八岁。"),
)  # fmt: skip


_PAIRS = (("哥哥", "弟弟"), ("姐姐", "妹妹"), ("哥哥", "妹妹"), ("姐姐", "弟弟"), ("表哥", "表弟"), ("堂姐", "堂妹"))


def ages(rng: Random) -> Chat:
    """How much older; how old then, if so much older; how old together in some years."""
    old_one, young_one = rng.choice(_PAIRS) if rng.random() < 0.6 else tuple(children(rng, 2))
    young, gap = rng.randint(3, 12), rng.randint(1, 6)
    old = young + gap
    said = {
        "a": old_one,
        "b": young_one,
        "x": number(old),
        "y": number(young),
        "g": quantity(gap),
    }
    kind = rng.randrange(3)
    if kind == 0:
        ask = """{a}{x}岁，{b}{y}岁，{a}比{b}大几岁？｜{a}{x}岁，{b}{y}岁，他们差几岁？
        {b}{y}岁，{a}{x}岁，{b}比{a}小几岁？"""
        reply = "{x}减{y}等于{n}，差{g}岁。｜差{g}岁。｜{a}比{b}大{g}岁。"
    elif kind == 1:
        ask = """{b}{y}岁，{a}比{b}大{g}岁，{a}几岁？｜{b}今年{y}岁，{a}大{g}岁，{a}多大？
        {a}比{b}大{g}岁，{b}{y}岁，那么{a}几岁？"""
        reply = "{y}加{n}等于{x}，{a}{x}岁。｜{a}{x}岁。｜{x}岁。"
    else:
        ask = """{a}{x}岁，{b}比{a}小{g}岁，{b}几岁？｜{a}今年{x}岁，{b}小{g}岁，{b}多大？
        {b}比{a}小{g}岁，{a}{x}岁，那么{b}几岁？"""
        reply = "{x}减{n}等于{y}，{b}{y}岁。｜{b}{y}岁。｜{y}岁。"
    chat = [(say(rng, ask, **said), say(rng, reply, n=number(gap), **said))]
    if rng.random() < 0.5:
        years = rng.randint(1, 3)
        who, then = rng.choice(((old_one, old + years), (young_one, young + years)))
        ask = say(rng, "再过{y}年，{w}几岁？｜{y}年以后{w}多大？｜那{y}年后{w}几岁？", y=quantity(years), w=who)
        chat.append((ask, say(rng, "{t}岁。｜{w}{t}岁。｜那时候{w}{t}岁。", t=number(then), w=who)))
    return chat


def inference(rng: Random) -> Chat:
    rule, given, ask, reply = rng.choice(_IF_THEN)
    a, b = children(rng, 2)
    c, d = rng.sample(("咪咪", "豆豆", "球球", "花花", "黑黑", "团团", "毛毛"), 2)
    said = {"a": a, "b": b, "c": c, "d": d}
    told = f"{rule}。{given}，" if given else f"{rule}，"
    return [((told + ask + "？").format(**said), say(rng, reply, **said))]


ACTS: dict[Act, float] = {order_of_three: 4, queue: 3, ages: 2, inference: 3}
