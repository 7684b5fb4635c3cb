"""What somebody tells of themselves, and asks back later; what was not told is not known."""

from random import Random

from ..wording import draw, number, say, words
from .cast import child, children
from .kinds import Act, Chat, Tale, Turn

_LIKES = {
    "颜色": ("红色 黄色 蓝色 绿色 紫色 白色 粉红色 橙色 黑色", "喜欢"),
    "水果": ("苹果 香蕉 西瓜 葡萄 草莓 橘子 桃子 梨 芒果 樱桃 荔枝 菠萝", "爱吃"),
    "动物": ("猫 狗 兔子 熊猫 大象 长颈鹿 小鸟 金鱼 老虎 马 海豚 企鹅 猴子 乌龟", "喜欢"),
    "运动": ("跑步 游泳 打篮球 踢足球 跳绳 打乒乓球 骑自行车 爬山 滑冰 打羽毛球", "喜欢"),
    "课": ("语文课 数学课 音乐课 美术课 体育课 科学课 英语课", "喜欢"),
    "季节": ("春天 夏天 秋天 冬天", "喜欢"),
    "菜": ("番茄炒蛋 土豆丝 红烧肉 青菜 豆腐 鱼 饺子 面条 鸡汤 茄子", "爱吃"),
    "玩具": ("积木 皮球 小汽车 布娃娃 拼图 风筝 陀螺 小火车 玩具熊", "喜欢"),
    "节日": ("春节 中秋节 儿童节 端午节 元宵节 国庆节", "喜欢"),
    "花": ("荷花 桃花 菊花 梅花 牡丹 向日葵 茉莉花 桂花", "喜欢"),
}
_PETS = {
    "猫": "只",
    "狗": "只",
    "兔子": "只",
    "乌龟": "只",
    "金鱼": "条",
    "鹦鹉": "只",
    "仓鼠": "只",
    "鸽子": "只",
    "小鸭": "只",
    "小羊": "只",
}
_PET_NAMES = words(
    """咪咪 豆豆 球球 花花 黑黑 团团 毛毛 雪球 小白 小黑 旺旺 点点 灰灰 皮皮 糖糖 阿黄 小灰 胖胖
    乐乐 笨笨 芝麻 汤圆 饭团 可可 年糕"""
)
_CITIES = words(
    """北京 上海 广州 成都 杭州 南京 西安 武汉 长沙 昆明 青岛 苏州 重庆 天津 沈阳 哈尔滨 福州 厦门
    济南 郑州 兰州 贵阳 南宁 海口 合肥 太原"""
)
_DREAMS = words(
    """医生 老师 警察 画家 厨师 飞行员 科学家 歌唱家 消防员 作家 宇航员 司机 运动员 兽医 护士 木匠
    园丁 船长 记者"""
)
_SCHOOLS = ["一", "二", "三", "四", "五", "六"]
_NOT_TOLD = (
    ("我爸爸叫什么", "你爸爸叫什么"), ("我妈妈多大", "你妈妈多大"), ("我家的电话是多少", "你家的电话是多少"),
    ("我最怕什么", "你最怕什么"), ("我早上吃了什么", "你早上吃了什么"), ("我的同桌是谁", "你的同桌是谁"),
    ("我有几本书", "你有几本书"), ("我家在几楼", "你家在几楼"), ("我的老师姓什么", "你的老师姓什么"),
    ("我昨天去了哪里", "你昨天去了哪里"), ("我的生日礼物是什么", "你的生日礼物是什么"),
    ("我有没有哥哥", "你有没有哥哥"), ("我的鞋子是几号的", "你的鞋子是几号的"),
    ("我的书包是什么颜色", "你的书包是什么颜色"), ("我表弟几岁", "你表弟几岁"), ("我奶奶住在哪里", "你奶奶住在哪里"),
)  # fmt: skip


class Fact:
    """One thing told of oneself: how it is told, heard, asked back and answered."""

    def __init__(self, rng: Random, told: str, heard: str, asks: str, answers: str, **slots: object) -> None:
        self.told = say(rng, told, **slots)
        self.heard = say(rng, heard, **slots)
        self.turn: Turn = (say(rng, asks, **slots), say(rng, answers, **slots))


def name_fact(rng: Random) -> Fact:
    return Fact(
        rng,
        "我叫{n}。｜我的名字叫{n}。｜我是{n}。｜你好，我叫{n}。｜大家都叫我{n}。｜你可以叫我{n}。｜认识一下，我叫{n}。",
        "{n}，你好，很高兴认识你。｜你好，{n}！｜{n}，这个名字真好听。｜认识你很高兴，{n}。｜{n}你好，我记住了。",
        """我叫什么？｜我叫什么名字？｜你还记得我叫什么吗？｜我的名字是什么？｜你知道我是谁吗？｜我叫什么来着？
        你记得我的名字吗？
        说说我的名字。｜你忘了我叫什么吗？｜我刚才说我叫什么？｜还记得我是谁吗？""",
        "你叫{n}。｜你叫{n}。｜你是{n}。｜记得，你叫{n}。｜你的名字叫{n}。｜你说你叫{n}。",
        n=child(rng),
    )


def age_fact(rng: Random) -> Fact:
    return Fact(
        rng,
        "我今年{a}岁。｜我{a}岁了。｜我刚满{a}岁。｜我今年{a}岁了。｜我上个月满了{a}岁。",
        "{a}岁，真好！｜原来你{a}岁了。｜{a}岁的你一定很能干。｜好的，你{a}岁。｜{a}岁，正是长个子的时候。",
        "我几岁了？｜我今年几岁？｜你记得我多大吗？｜我多大了？｜我几岁来着？｜你知道我的年龄吗？｜我说我几岁？",
        "你今年{a}岁。｜你{a}岁。｜{a}岁。｜你说你{a}岁。｜你今年{a}岁了。",
        a=number(rng.randint(5, 12)),
    )


def like_fact(rng: Random) -> Fact:
    kind = rng.choice(list(_LIKES))
    things, verb = _LIKES[kind]
    return Fact(
        rng,
        "我最{v}{t}。｜我喜欢的{k}是{t}。｜{k}里面，我最{v}{t}。｜我{v}{t}。｜说到{k}，我最{v}{t}。｜我特别{v}{t}。",
        "{t}很不错。｜原来你{v}{t}。｜{t}真好，我记住了。｜好的，你{v}{t}。｜很多人也{v}{t}。｜{t}，我知道了。",
        """我最{v}什么{k}？｜我喜欢的{k}是什么？｜你记得我{v}什么{k}吗？｜我{v}哪种{k}？｜我刚才说我{v}什么{k}？
        我{v}的{k}是哪一个？""",
        "你最{v}{t}。｜你{v}{t}。｜是{t}。｜你说你{v}{t}。｜{t}。",
        k=kind,
        t=rng.choice(things.split()),
        v=verb,
    )


def pet_fact(rng: Random) -> Fact:
    kind, measure = rng.choice(list(_PETS.items()))
    return Fact(
        rng,
        """我家有一{m}{k}，叫{n}。｜我养了一{m}{k}，名字叫{n}。｜我的{k}叫{n}。｜爸爸送给我一{m}{k}，我叫它{n}。
        我有一{m}叫{n}的{k}。""",
        """{n}这个名字真可爱！｜{n}一定很可爱。｜一{m}叫{n}的{k}，真好。｜{k}很可爱，替我向{n}问好。
        好的，你的{k}叫{n}。""",
        """我的{k}叫什么？｜我家的{k}叫什么名字？｜你记得我的{k}叫什么吗？｜{k}的名字是什么？｜它叫什么来着？
        我给{k}起了什么名字？""",
        "它叫{n}。｜你的{k}叫{n}。｜叫{n}。｜{n}。｜你的{k}名字叫{n}。",
        k=kind,
        m=measure,
        n=rng.choice(_PET_NAMES),
    )


def home_fact(rng: Random) -> Fact:
    return Fact(
        rng,
        "我住在{c}。｜我家在{c}。｜我是{c}人。｜我从{c}来。｜我和爸爸妈妈住在{c}。",
        "{c}是个好地方。｜{c}，我记住了。｜原来你住在{c}。｜好的，你家在{c}。",
        "我住在哪里？｜我家在哪里？｜你记得我住在哪儿吗？｜我是哪里人？｜我住在哪个城市？｜我说我家在哪里？",
        "你住在{c}。｜在{c}。｜你家在{c}。｜{c}。｜你说你住在{c}。",
        c=rng.choice(_CITIES),
    )


def dream_fact(rng: Random) -> Fact:
    return Fact(
        rng,
        "我长大了想当{j}。｜我想成为一名{j}。｜我的梦想是当{j}。｜将来我要当{j}。｜我以后想做{j}。",
        "当{j}很了不起，加油！｜{j}是很好的工作。｜祝你将来当上{j}。｜真好，{j}能帮助很多人。",
        "我长大了想做什么？｜我的梦想是什么？｜我想当什么来着？｜你记得我将来想做什么吗？｜我以后要当什么？",
        "你想当{j}。｜你的梦想是当{j}。｜当{j}。｜你说长大了想当{j}。",
        j=rng.choice(_DREAMS),
    )


def friend_fact(rng: Random) -> Fact:
    return Fact(
        rng,
        "我最好的朋友叫{n}。｜我的好朋友是{n}。｜我和{n}是好朋友。｜{n}是我最好的朋友。",
        "有{n}这样的朋友真好。｜真好，你们要好好相处。｜{n}一定也很喜欢你。｜好的，你的好朋友是{n}。",
        "我最好的朋友是谁？｜我的好朋友叫什么？｜你记得我的朋友叫什么吗？｜我和谁是好朋友？",
        "你最好的朋友是{n}。｜是{n}。｜你的好朋友叫{n}。｜{n}。",
        n=child(rng),
    )


def class_fact(rng: Random) -> Fact:
    return Fact(
        rng,
        "我上{g}年级{c}班。｜我在{g}年级{c}班。｜我是{g}年级{c}班的学生。｜我读{g}年级，在{c}班。",
        "{g}年级的课难不难？｜{g}年级{c}班，我记住了。｜{g}年级了，真不错。｜好的，{g}年级{c}班。",
        "我上几年级？｜我在几班？｜我是哪个班的？｜你记得我读几年级吗？",
        "你上{g}年级{c}班。｜你在{g}年级{c}班。｜{g}年级{c}班。",
        g=rng.choice(_SCHOOLS),
        c=rng.choice(_SCHOOLS),
    )


def birthday_fact(rng: Random) -> Fact:
    return Fact(
        rng,
        "我的生日是{m}月{d}日。｜我{m}月{d}日过生日。｜我是{m}月{d}日生的。｜{m}月{d}日是我的生日。",
        "{m}月{d}日，我记住了。｜到时候祝你生日快乐！｜好的，你的生日是{m}月{d}日。｜{m}月过生日，真好。",
        "我的生日是哪天？｜我什么时候过生日？｜你记得我的生日吗？｜我的生日是几月几日？｜我哪一天生日？",
        "你的生日是{m}月{d}日。｜是{m}月{d}日。｜{m}月{d}日。｜你{m}月{d}日过生日。",
        m=number(rng.randint(1, 12)),
        d=number(rng.randint(1, 28)),
    )


def number_fact(rng: Random) -> Fact:
    return Fact(
        rng,
        "请记住一个数：{n}。｜我想了一个数，是{n}。｜帮我记住{n}这个数。｜我的号码是{n}。｜记住，我的幸运数字是{n}。",
        "好的，我记住了，{n}。｜记住了，是{n}。｜{n}，记下了。｜好，{n}。",
        "我说的数是几？｜那个数是多少？｜你记住的数是几？｜我刚才让你记的数是什么？｜是哪个数来着？",
        "是{n}。｜{n}。｜你说的数是{n}。｜那个数是{n}。",
        n=number(rng.randint(1, 99)),
    )


def brought_fact(rng: Random) -> Fact:
    things = words(
        """一个苹果 一把雨伞 两本书 一盒彩笔 一瓶水 三块饼干 一根跳绳 一张照片 一个皮球 一顶帽子
        两支铅笔 一束花 一包糖 一只纸鹤 一本画册"""
    )
    return Fact(
        rng,
        "我今天带了{t}。｜我手里拿着{t}。｜我的包里有{t}。｜妈妈给了我{t}。｜我桌上放着{t}。",
        "{t}，我知道了。｜好的，你有{t}。｜{t}，真不错。｜记住了，是{t}。",
        "我有什么？｜我刚才说我有什么东西？｜那样东西是什么？｜我说的是什么东西？｜你记得是什么吗？",
        "你有{t}。｜是{t}。｜{t}。｜你说的是{t}。",
        t=rng.choice(things),
    )


def did_fact(rng: Random) -> Fact:
    place, did = rng.choice(
        (
            ("公园", "放了风筝"),
            ("动物园", "看了大象"),
            ("图书馆", "借了三本书"),
            ("海边", "捡了贝壳"),
            ("外婆家", "包了饺子"),
            ("博物馆", "看了恐龙骨头"),
            ("山上", "看了日出"),
            ("游泳馆", "学了游泳"),
            ("超市", "买了牛奶"),
            ("电影院", "看了动画片"),
            ("农场", "喂了小羊"),
            ("书店", "买了一本故事书"),
            ("湖边", "划了船"),
            ("果园", "摘了苹果"),
            ("理发店", "剪了头发"),
            ("体育馆", "打了羽毛球"),
        )
    )
    when = rng.choice(("昨天", "今天早上", "星期天", "上个周末", "暑假里", "刚才", "前天"))
    asking_place = rng.random() < 0.5
    return Fact(
        rng,
        "{w}我去了{p}，{d}。｜{w}，我在{p}{d}。｜我{w}去{p}{d}。｜{w}妈妈带我去了{p}，{d}。",
        "听起来很有意思！｜去{p}真好。｜{d}，你一定很开心。｜真好，我记住了。",
        "我{w}去了哪里？｜{w}我在哪儿？｜我说我{w}去了什么地方？｜你记得我{w}去哪里了吗？"
        if asking_place
        else "我在{p}做了什么？｜我{w}做了什么？｜你记得我在{p}干什么了吗？",
        "你{w}去了{p}。｜去了{p}。｜{p}。｜你去了{p}。" if asking_place else "你{d}。｜你在{p}{d}。｜{d}。",
        w=when,
        p=place,
        d=did,
    )


_FACTS = (
    (name_fact, 5),
    (age_fact, 3),
    (like_fact, 5),
    (pet_fact, 3),
    (home_fact, 2),
    (dream_fact, 2),
    (friend_fact, 2),
    (class_fact, 1),
    (birthday_fact, 2),
    (number_fact, 3),
    (brought_fact, 2),
    (did_fact, 2),
)


def some_facts(rng: Random, count: int) -> list[Fact]:
    """Facts of different kinds."""
    makers = [maker for maker, weight in _FACTS for _ in range(weight)]
    chosen = []
    while len(chosen) < count:
        maker = rng.choice(makers)
        makers = [other for other in makers if other is not maker]
        chosen.append(maker)
    return [maker(rng) for maker in chosen]


def not_told(rng: Random) -> Turn:
    ask, known = rng.choice(_NOT_TOLD)
    ask = say(rng, "{a}？｜你知道{a}吗？｜那{a}？｜{a}呢？", a=ask)
    reply = """我不知道{k}。｜你还没有告诉我，我不知道。｜我不知道，你没有说过{k}。｜这个你没有说过，我不知道。
    我不知道{k}，你愿意告诉我吗？
    你没有说过，所以我不知道。"""
    return ask, say(rng, reply, k=known)


def told_and_asked(rng: Random) -> Chat:
    """One to three facts in one turn or several, asked back in any order; sometimes one that was never told."""
    facts = some_facts(rng, rng.choice((1, 1, 2, 2, 3)))
    if len(facts) > 1 and rng.random() < 0.5:
        told = "".join(fact.told for fact in facts)
        chat = [
            (
                told,
                facts[0].heard
                if rng.random() < 0.5
                else draw(rng, "好的，我都记住了。｜知道了，我记下了。｜很高兴知道这些。｜好的，我记在心里。"),
            )
        ]
    else:
        chat = [(fact.told, fact.heard) for fact in facts]
    asked = rng.sample(facts, rng.randint(1, len(facts)))
    chat += [fact.turn for fact in asked]
    if rng.random() < 0.25:
        chat.insert(rng.randint(len(chat) - len(asked), len(chat)), not_told(rng))
    return chat


def changed(rng: Random) -> Chat:
    """Told wrongly, put right, asked back: the later one counts."""
    maker = rng.choice([name_fact, age_fact, number_fact, pet_fact, home_fact, birthday_fact])
    first = maker(rng)
    second = maker(rng)
    if first.turn[1] == second.turn[1] or maker is pet_fact:
        maker = name_fact
        first, second = maker(rng), maker(rng)
    sorry = draw(rng, "说错了，｜不对，｜我说错了，｜对不起，我说错了，｜啊，不是，｜等一下，")
    chat = [
        (first.told, first.heard),
        (sorry + second.told.removeprefix("你好，"), draw(rng, "没关系，") + second.heard),
    ]
    chat.append(second.turn)
    return chat


def of_two(rng: Random) -> Chat:
    """What two others like, own or are; asked back of either."""
    a, b = children(rng, 2)
    kind = rng.choice(list(_LIKES))
    things, verb = _LIKES[kind]
    x, y = rng.sample(things.split(), 2)
    told = say(
        rng,
        """{a}{v}{x}，{b}{v}{y}。｜{a}最{v}{x}，{b}最{v}{y}。｜我有两个朋友，{a}{v}{x}，{b}{v}{y}。
        {a}{v}的是{x}，{b}{v}的是{y}。""",
        a=a,
        b=b,
        x=x,
        y=y,
        v=verb,
    )
    chat = [(told, draw(rng, "好的，我记住了。｜他们喜欢的不一样。｜知道了。｜各有各的喜好。"))]
    pairs = [(a, x), (b, y)]
    rng.shuffle(pairs)
    for who, what in pairs[: rng.choice((1, 2))]:
        if rng.random() < 0.5:
            ask = say(
                rng,
                "{w}{v}什么？｜{w}{v}什么{k}？｜那{w}呢？" if len(chat) > 1 else "{w}{v}什么？｜{w}{v}什么{k}？",
                w=who,
                v=verb,
                k=kind,
            )
            chat.append((ask, say(rng, "{w}{v}{t}。｜{t}。｜{w}最{v}{t}。", w=who, v=verb, t=what)))
        else:
            chat.append(
                (
                    say(rng, "谁{v}{t}？｜{v}{t}的是谁？", v=verb, t=what),
                    say(rng, "{w}{v}{t}。｜是{w}。｜{w}。", w=who, v=verb, t=what),
                )
            )
    if len(chat) > 1 and rng.random() < 0.25:
        third = child(rng)
        if third not in (a, b):
            chat.append(
                (
                    say(rng, "那{t}呢？｜{t}{v}什么？", t=third, v=verb),
                    say(
                        rng,
                        "你没有说{t}的事，我不知道。｜我不知道{t}{v}什么。｜你没有告诉我{t}{v}什么。",
                        t=third,
                        v=verb,
                    ),
                )
            )
    return chat


def hidden(rng: Random) -> Chat:
    """Where things were put; moved; asked back."""
    things = rng.sample(words("钥匙 铅笔 苹果 皮球 眼镜 故事书 帽子 雨伞 糖果 手套 水杯 照片"), 2)
    spots = rng.sample(words("桌子上 抽屉里 书包里 床底下 柜子里 窗台上 门后面 沙发上 盒子里 椅子上"), 3)
    place = dict(zip(things, spots, strict=False))
    told = say(
        rng,
        "{a}在{x}，{b}在{y}。｜我把{a}放在{x}，把{b}放在{y}。｜记住，{a}放在{x}，{b}放在{y}。",
        a=things[0],
        x=spots[0],
        b=things[1],
        y=spots[1],
    )
    chat = [(told, draw(rng, "好的，我记住了。｜记下了。｜知道它们在哪里了。｜好。"))]
    if rng.random() < 0.5:
        moved = rng.choice(things)
        place[moved] = spots[2]
        chat.append(
            (
                say(rng, "后来我把{m}拿到了{s}。｜我又把{m}放到了{s}。｜{m}现在换到{s}了。", m=moved, s=spots[2]),
                say(rng, "好的，{m}现在在{s}。｜知道了，{m}在{s}。", m=moved, s=spots[2]),
            )
        )
    for thing in rng.sample(things, rng.choice((1, 2))):
        ask = say(rng, "{t}在哪里？｜我的{t}呢？｜{t}放在哪儿了？｜去哪里拿{t}？", t=thing)
        chat.append((ask, say(rng, "{t}在{s}。｜在{s}。｜你的{t}在{s}。", t=thing, s=place[thing])))
    return chat


def named_model(rng: Random) -> Chat:
    """A name given to the model, and asked back."""
    name = rng.choice((*_PET_NAMES, "小书", "小问", "阿答", "小星星", "小铅笔", "小石头"))
    chat = [
        (
            say(rng, "我给你起个名字，叫{n}。｜以后我叫你{n}，好吗？｜你就叫{n}吧。｜我想叫你{n}。", n=name),
            say(
                rng,
                "好的，你可以叫我{n}。｜{n}，这个名字真好听，谢谢你。｜谢谢，我喜欢{n}这个名字。｜好，我就叫{n}。",
                n=name,
            ),
        )
    ]
    chat.append(
        (
            draw(rng, "你叫什么？｜我叫你什么？｜你的名字是什么？｜你记得我给你起的名字吗？｜那你现在叫什么？"),
            say(rng, "你叫我{n}。｜我叫{n}，是你起的名字。｜叫{n}。｜{n}。", n=name),
        )
    )
    return chat


def introduction(rng: Random) -> str:
    """A child says who it is, and another answers."""
    facts = some_facts(rng, 4)
    mine = [fact.told for fact in facts if "你" not in fact.told][:3]
    opening = draw(
        rng,
        """新学期，老师让大家介绍自己。有个孩子站起来说：“｜火车上，坐在对面的孩子笑着说：“｜日记的第一页写着：“
        信是这样写的：“｜夏令营的第一天，有人先开口了：“｜电话那头说：“""",
    )
    closing = draw(
        rng,
        "”大家都鼓起掌来。｜”说完，他坐下了。｜”“认识你真高兴。”另一个孩子说。｜”我看了好几遍。｜”两个人很快成了朋友。",
    )
    return opening + "".join(mine) + closing


ACTS: dict[Act, float] = {
    told_and_asked: 10,
    changed: 2,
    of_two: 3,
    hidden: 3,
    named_model: 1,
    lambda rng: [not_told(rng)]: 1,
}
TALES: dict[Tale, float] = {introduction: 1}
