"""Weather and what to bring, seasons, plants, and why things are as they are."""

from random import Random

from ..tables import listed, table
from ..wording import asked, claimed, confirmed, draw, number, say
from .cast import child
from .kinds import Act, Chat, Tale
from .rows import Attribute, Subject, about, across, facts_of, later_turn, premise

MONTHS = Attribute(
    "months",
    "{it}是哪几个月｜{it}有哪几个月｜{it}是几月到几月｜哪几个月是{it}｜{it}在几月｜{it}包括哪几个月",
    "{it}是{months}｜{it}有{months}｜{it}一般是{months}",
    "{months}｜是{months}",
    "不是{months}",
)
FEELS = Attribute(
    "weather",
    "{it}的天气怎么样｜{it}冷不冷｜{it}热不热｜{it}的天气是怎样的｜{it}暖和吗，还是冷｜{it}是什么样的天气",
    "{it}天气{weather}｜{it}的天气{weather}｜{it}很{weather}",
    "很{weather}",
    "并不{weather}",
)
NATURE = Attribute(
    "nature",
    "{it}会有什么变化｜{it}能看到什么｜{it}是什么样子｜到了{it}，外面有什么｜{it}的动物和植物怎么样｜{it}有什么特别的",
    "{it}，{nature}｜到了{it}，{nature}｜{it}里，{nature}",
    "{nature}",
)
WEAR = Attribute(
    "wear",
    "{it}穿什么｜{it}应该穿什么衣服｜{it}要穿什么｜{it}出门穿什么好｜到了{it}穿什么｜{it}的衣服是哪些",
    "{it}穿{wear}｜{it}应该穿{wear}｜{it}要穿{wear}｜到了{it}，穿{wear}就好",
    "穿{wear}｜{wear}",
    "不穿{wear}",
)
PLAY = Attribute(
    "play",
    "{it}可以玩什么｜{it}能做什么好玩的事｜{it}有什么好玩的｜{it}大家喜欢做什么｜到了{it}可以做什么｜{it}玩什么好",
    "{it}可以{play}｜{it}能{play}｜{it}大家喜欢{play}｜到了{it}，可以{play}",
    "{play}｜可以{play}",
)
EATS = Attribute(
    "food",
    "{it}吃什么｜{it}有什么好吃的｜{it}常吃什么｜到了{it}可以吃什么｜{it}的时候吃什么好｜{it}最适合吃什么",
    "{it}可以吃{food}｜{it}有{food}｜{it}常吃{food}",
    "{food}｜吃{food}",
)
SEASONS = Subject(table("seasons"), "name", "这个季节", (MONTHS, FEELS, NATURE, WEAR, PLAY, EATS))

BLOOMS = Attribute(
    "season",
    "{it}什么时候开花｜{it}在哪个季节开花｜{it}是什么季节开的｜什么季节能看到{it}开花｜{it}哪个季节开",
    "{it}在{season}开花｜{it}{season}开花｜{season}能看到{it}开花",
    "{season}｜在{season}",
    "不在{season}开花",
)
COLOUR = Attribute(
    "colour",
    "{it}是什么颜色｜{it}是什么颜色的｜{it}的颜色是什么｜{it}一般是什么颜色｜{it}的花是什么颜色｜{it}开出来是什么颜色",
    "{it}[一般|常常|多半]是{colour}的｜{it}的花[一般|多半]是{colour}的",
    "{colour}｜一般是{colour}的",
)
GROWS = Attribute(
    "where",
    "{it}长在哪里｜在哪里能看到{it}｜{it}一般长在什么地方｜{it}喜欢长在哪里｜{it}种在哪里｜去哪里看{it}",
    "{it}长在{where}｜{it}一般长在{where}｜在{where}能看到{it}",
    "{where}｜长在{where}",
)
NOTE = Attribute(
    "note",
    "{it}有什么特点｜{it}有什么特别的｜{it}是什么样的｜说说{it}是怎样的｜关于{it}，你知道什么｜怎样认出{it}",
    "{told}",
    "{told}",
)
PLANTS = Subject(table("plants"), "name", "它", (BLOOMS, COLOUR, GROWS, NOTE))
_ORDER = ["春天", "夏天", "秋天", "冬天"]


def next_season(rng: Random) -> Chat:
    """What comes after spring; and after that; what came before."""
    i = rng.randrange(4)
    after = rng.random() < 0.65
    step = 1 if after else -1
    core = (
        "{s}过完是什么季节｜{s}以后是哪个季节｜{s}的后面是什么季节｜过了{s}是什么｜{s}结束了，接下来是哪个季节"
        if after
        else "{s}的前面是哪个季节｜{s}以前是什么季节｜什么季节过完是{s}｜{s}的上一个季节是什么"
    )
    first, second = _ORDER[(i + step) % 4], _ORDER[(i + 2 * step) % 4]
    reply = (
        "{n}。｜是{n}。｜{s}过完是{n}。｜{s}以后是{n}。"
        if after
        else "{n}。｜是{n}。｜{s}以前是{n}。｜{s}的前面是{n}。"
    )
    chat = [(asked(rng, say(rng, core, s=_ORDER[i])), say(rng, reply, s=_ORDER[i], n=first))]
    if rng.random() < 0.5:
        ask = draw(
            rng, "再往后呢？｜再下一个呢？｜然后呢？｜接着呢？" if after else "再往前呢？｜再前面呢？｜再上一个呢？"
        )
        chat.append((ask, say(rng, "{n}。｜是{n}。｜再{w}是{n}。", n=second, w="往后" if after else "往前")))
    if rng.random() < 0.3:
        row = next(row for row in SEASONS.table if row["name"] == (second if len(chat) > 1 else first))
        chat.append(later_turn(rng, SEASONS, rng.choice(SEASONS.attributes), row))
    return chat


def season_of(rng: Random) -> Chat:
    """In which season does one build snowmen, and what is April?"""
    facts = [
        (does, row["name"])
        for row in SEASONS.table
        for key in ("play", "nature")
        for does in listed(row[key].replace("，", "、"))
    ]
    facts += [(f"{month}", row["name"]) for row in SEASONS.table for month in listed(row["months"].replace("和", "、"))]
    facts = [
        (fact, season) for fact, season in facts if not fact.startswith("有的") and fact not in ("果子熟了", "种树")
    ]
    chat = []
    for fact, season in rng.sample(facts, rng.choice((1, 1, 2))):
        month = fact.endswith("月")
        if chat:
            ask = say(rng, "那{f}呢？｜{f}呢？｜{f}是什么季节？", f=fact)
        elif month:
            ask = asked(
                rng,
                say(rng, "{f}是什么季节｜{f}属于哪个季节｜{f}是哪个季节的｜{f}在哪个季节里｜到了{f}是什么季节", f=fact),
            )
        else:
            ask = asked(
                rng,
                say(rng, "什么季节{f}｜哪个季节{f}｜{f}是在什么季节｜{f}，这是哪个季节｜{f}的时候是什么季节", f=fact),
            )
        reply = "{f}是{s}。｜是{s}。｜{s}。｜{f}在{s}。" if month else "{s}。｜是{s}。｜{s}{f}。｜{f}是在{s}。"
        chat.append((ask, say(rng, reply, f=fact, s=season)))
    return chat


def bring(rng: Random) -> Chat:
    """The weather, and what to take along; then why, or what not to do."""
    row = rng.choice(table("weather"))
    name = row["name"]
    state = name if name[0] in "下打刮" else f"今天是{name}" if name[-1] == "天" else f"今天有{name}"
    ask = (
        say(
            rng,
            """{s}[，|的时候，][我|]出门[要|该]带什么？｜{s}，要[带|准备]什么？
        {s}，出门[怎么办|要注意什么|带什么好]？｜{s}，我该带什么[去学校|出门]？
        如果{s}，[要带|该带|出门带]什么？｜外面{s}，[带什么|该准备什么]好？｜天气预报说{s}，我要带什么？""",
            s=state,
        )
        .replace("外面今天", "今天外面")
        .replace("如果今天", "要是今天")
    )
    reply = "带上{b}。｜[要|应该|最好]带{b}。｜带{b}，这样{y}。｜出门带上{b}。｜带{b}吧。"
    chat = [(ask, say(rng, reply, b=row["bring"], y=row["because"]))]
    further = rng.random()
    if further < 0.3:
        ask = draw(rng, "为什么？｜为什么要带？｜带它有什么用？｜为什么呢？")
        chat.append((ask, say(rng, "因为带上{b}，{y}。｜带了{b}，{y}。｜这样{y}。", b=row["bring"], y=row["because"])))
    elif further < 0.6:
        ask = say(rng, "那可以{a}吗？｜我想{a}，行吗？｜能不能{a}？｜我可以{a}吗？", a=row["avoid"])
        chat.append(
            (
                ask,
                say(
                    rng,
                    "不要{a}，可以{i}。｜最好不要，{i}吧。｜不行，那样不好，还是{i}吧。",
                    a=row["avoid"],
                    i=row["instead"],
                ),
            )
        )
    return chat


def sky(rng: Random) -> Chat:
    """From what one sees to the weather, and on to what to do."""
    row = rng.choice(table("weather"))
    core = "{s}，这是什么天气｜{s}，是什么天气｜{s}，外面怎么了｜{s}，说明天气怎么样｜窗外{s}，是什么天气"
    name = row["name"]
    reply = "{n}了。｜这是{n}。｜外面{n}了。" if name[0] in "下打刮" else "是{n}。｜这是{n}。｜今天是{n}。"
    chat = [(asked(rng, say(rng, core, s=row["sky"])), say(rng, reply, n=name))]
    if rng.random() < 0.5:
        ask = draw(rng, "那我该带什么？｜出门要带什么？｜那我要准备什么？｜我要出门，带什么呢？")
        chat.append((ask, say(rng, "带上{b}。｜带{b}。｜要带{b}，{y}。", b=row["bring"], y=row["because"])))
    elif rng.random() < 0.5:
        ask = draw(rng, "那做什么好？｜那我可以做什么？｜现在该怎么办？｜那怎么办呢？")
        chat.append((ask, say(rng, "可以{i}。｜{i}。｜最好{i}。", i=row["instead"])))
    return chat


def degrees(rng: Random) -> Chat:
    """Warmer or colder, by how much; what to wear."""
    places = rng.sample(("北京", "上海", "哈尔滨", "广州", "成都", "昆明", "海口", "西安", "拉萨", "武汉"), 2)
    one, two = rng.sample(range(1, 36), 2)
    told = say(rng, "今天{a}{x}度，{b}{y}度。", a=places[0], b=places[1], x=number(one), y=number(two))
    warm, cold = places if one > two else places[::-1]
    word = rng.choice(("热", "冷"))
    ask = say(rng, "哪里更{w}？｜哪个地方{w}一些？｜哪边{w}？｜谁更{w}？", w=word)
    winner = warm if word == "热" else cold
    chat = [(told + ask, say(rng, "{p}更{w}。｜{p}{w}一些。｜是{p}更{w}。", p=winner, w=word))]
    if rng.random() < 0.6:
        ask = draw(rng, "相差多少度？｜差几度？｜两个地方差多少度？｜高几度？")
        chat.append(
            (ask, say(rng, "差{d}度。｜相差{d}度。｜{a}比{b}高{d}度。", d=number(abs(one - two)), a=warm, b=cold))
        )
    return chat


def why(rng: Random) -> Chat:
    """Why is it so: first the question, then 为什么呢 after a confirmed fact."""
    row = rng.choice(table("whys"))
    fact, because = row["fact"], row["because"]
    if rng.random() < 0.7:
        core = "为什么{f}｜{f}是为什么｜{f}，这是什么原因｜怎么{f}呢，是为什么｜{f}是什么道理｜{f}，为什么呢"
        reply = "因为{b}。｜因为{b}，所以{f}。｜{f}，因为{b}。｜是因为{b}。"
        return [(asked(rng, say(rng, core, f=fact)).replace("呢呢", "呢"), say(rng, reply, f=fact, b=because))]
    ask = claimed(rng, fact)
    chat = [(ask, confirmed(rng, fact))]
    chat.append(
        (
            draw(rng, "为什么呢？｜为什么？｜那是为什么？｜是什么原因呢？｜怎么会这样呢？"),
            say(rng, "因为{b}。｜是因为{b}。", b=because),
        )
    )
    if rng.random() < 0.4:
        chat.append(
            (
                draw(rng, "原来是这样。｜我懂了，谢谢。｜我明白了。"),
                draw(rng, "不客气。｜明白了就好。｜你真爱动脑筋。｜爱问为什么是好事。"),
            )
        )
    return chat


_SKY_AND_EARTH = (
    ("太阳从哪边升起", "太阳从东边升起"),
    ("太阳从哪边落下", "太阳从西边落下"),
    ("彩虹有几种颜色", "彩虹有七种颜色"),
    ("彩虹一般什么时候出现", "彩虹一般在雨停了、太阳出来的时候出现"),
    ("冰化了变成什么", "冰化了变成水"),
    ("水冷到结成硬块叫什么", "水冷了会结成冰"),
    ("水烧开了会变成什么跑掉", "水烧开了会变成水汽"),
    ("雪是什么颜色的", "雪是白色的"),
    ("雨是从哪里来的", "雨是从云里落下来的"),
    ("晚上天上能看到什么", "晚上天上能看到月亮和星星"),
    ("白天天上最亮的是什么", "白天天上最亮的是太阳"),
    ("地球是什么形状的", "地球是圆的，像一个大球"),
    ("月亮会自己发光吗", "月亮自己不发光，它照到了太阳的光"),
    ("风是什么", "风是流动的空气"),
    ("闪电和雷声，先到的是哪个", "先看见闪电，后听见雷声"),
    ("河里的水流到哪里去", "河里的水大多流到大海里去"),
    ("海水是什么味道", "海水是咸的"),
    ("种子要长大，需要什么", "种子要长大，需要水、阳光和土"),
    ("植物用什么吸水", "植物用根吸水"),
    ("秋天的树叶会变成什么颜色", "秋天很多树叶会变黄，有的会变红"),
    ("冬天北方的河面会怎么样", "冬天北方的河面会结冰"),
    ("四个方向是哪四个", "四个方向是东、南、西、北"),
    ("面向太阳升起的地方，后面是哪边", "后面是西边"),
    ("天上的云是什么变的", "云是很多很小的水滴变的"),
    ("下过雨以后，地上会有什么", "下过雨以后，地上会有水坑"),
    ("影子在什么时候最长", "早上和傍晚影子最长"),
)


def sky_and_earth(rng: Random) -> Chat:
    """Small questions about sun, rain, water and seeds."""
    return [(asked(rng, core), truth + "。") for core, truth in rng.sample(_SKY_AND_EARTH, rng.choice((1, 1, 2)))]


def plant_kind(rng: Random) -> Chat:
    """Which of these flowers opens in winter?"""
    season = rng.choice(_ORDER)
    inside = [row["name"] for row in PLANTS.table if row["season"] == season and row["name"] != "苹果树"]
    outside = [row["name"] for row in PLANTS.table if row["season"] not in ("", season) and row["name"] != "苹果树"]
    right = rng.choice(inside)
    names = [right, *rng.sample(outside, 2)]
    rng.shuffle(names)
    core = "{l}，哪个在{s}开｜{l}里面，{s}开的是哪个｜{l}，哪一种是{s}开的花｜{s}开的花是哪个，{l}"
    return [
        (
            asked(rng, say(rng, core, l="、".join(names), s=season)),
            say(rng, "{n}在{s}开。｜是{n}。｜{n}是{s}开的。｜{s}开的是{n}。", n=right, s=season),
        )
    ]


_GROWING = ("先把种子放进土里", "再浇水", "过些日子冒出小芽", "长出叶子", "开出花", "花落了以后结出果子")


def growing(rng: Random) -> Chat:
    """How a plant grows, step by step."""
    i = rng.randrange(len(_GROWING) - 1)
    core = "种花的时候，{a}，然后呢｜种豆子，{a}，接下来怎么样｜一棵小苗，{a}，后来呢｜种下一颗种子，{a}，以后会怎么样"
    strip = [step.removeprefix("先").removeprefix("再").removeprefix("过些日子") for step in _GROWING]
    chat = [(say(rng, core, a=strip[i]) + "？", say(rng, "然后{b}。｜接下来{b}。｜{b}。", b=strip[i + 1]))]
    while i + 2 < len(_GROWING) and len(chat) < 4 and rng.random() < 0.6:
        i += 1
        chat.append(
            (
                draw(rng, "再然后呢？｜后来呢？｜接下来呢？｜然后呢？"),
                say(rng, "然后{b}。｜后来{b}。｜接着{b}。", b=strip[i + 1]),
            )
        )
    return chat


def description(rng: Random) -> str:
    """A season or a plant, as somebody sees it."""
    name = child(rng)
    if rng.random() < 0.5:
        row = rng.choice(PLANTS.table)
        opening = say(
            rng,
            """{c}家的[院子|阳台]里种着{n}。｜{c}最喜欢{n}。｜放学路上，{c}看见了{n}。｜爷爷教{c}认{n}。
            书里夹着{n}的叶子。
            {c}给{n}浇水。｜“这是什么？”{c}问。妈妈说：“这是{n}。”｜春游的时候，{c}认识了{n}。""",
            c=name,
            n=row["name"],
        )
        facts = facts_of(rng, PLANTS, row, 3)
        closing = say(rng, "{c}把它画了下来。｜{c}看了好一会儿。｜{c}轻轻地摸了摸。｜{c}想：明年它还会这样。｜", c=name)
        return f"{opening}{'，'.join(facts)}。{closing}"
    row = rng.choice(SEASONS.table)
    season = row["name"]
    parts = [
        say(rng, "{s}来了，天气{w}。｜{s}到了，天气{w}。｜{s}的早晨，天气{w}。", s=season, w=row["weather"]),
        "，".join(rng.sample(row["nature"].split("，"), 2)) + "。",
        say(rng, "{c}穿着{w}出门。｜妈妈让{c}穿上{w}。", c=name, w=row["wear"]),
        say(rng, "{c}和朋友们{p}。｜[放学后|星期天|下午]，{c}去{p}。", c=name, p=rng.choice(listed(row["play"]))),
        say(rng, "回到家，桌上有{f}。｜奶奶说：“来，吃{f}。”｜{c}最爱吃这时候的{f}。", c=name, f=row["food"]),
        say(rng, "{c}说：“我喜欢{s}。”｜{s}真好。｜{c}希望{s}长一点。｜{s}就这样一天一天过去。", c=name, s=season),
    ]
    return "".join(parts)


ACTS: dict[Act, float] = {
    lambda rng: about(rng, SEASONS): 3,
    lambda rng: across(rng, SEASONS): 2,
    lambda rng: premise(rng, SEASONS): 2,
    lambda rng: about(rng, PLANTS): 2,
    lambda rng: across(rng, PLANTS): 1,
    next_season: 2,
    season_of: 3,
    bring: 4,
    sky: 2,
    degrees: 2,
    why: 4,
    sky_and_earth: 2,
    plant_kind: 1,
    growing: 1,
}
TALES: dict[Tale, float] = {description: 1}
