"""Stories outdoors: the weather that turns, a journey, a bus, a day by the clock, a walk with finds, a match."""

from random import Random

from ..tables import listed, table
from ..wording import number, quantity, say, tell
from .cast import child, children, elder, pronoun, teacher
from .kinds import Tale

# what is planned, how the day begins, what the elder says to bring, what comes, what it does, what helps
_TURNS = (
    (
        "去公园放风筝", "太阳很好，风轻轻地吹", "雨伞", "乌云跑过来，下起了大雨", "衣服一下子湿透了",
        "躲到亭子里，跟一位老爷爷一起等雨停",
    ),
    ("去爬山", "早上很暖和", "外套", "到了山顶，冷风呼呼地吹", "冷得直发抖", "跟爸爸合穿一件大衣"),
    ("去海边捡贝壳", "天阴阴的", "帽子", "太阳出来了，晒得沙子发烫", "脸晒得通红", "用大毛巾搭了一个小棚子"),
    ("去踢球", "外面凉快极了", "水壶", "越踢越热，汗流个不停", "嗓子干得冒烟", "喝了同学分给的半壶水"),
    ("去外婆家", "雪已经停了", "手套", "路上又飘起了雪花", "手冻得像红萝卜", "把手放进妈妈的口袋里"),
    ("去看花灯", "天还没有黑", "手电筒", "回来的路上，路灯坏了", "一脚踩进了水坑", "跟着前面打灯笼的人慢慢走"),
    ("去春游", "天空蓝蓝的", "雨衣", "刚吃完饭，雨点就落了下来", "头发都滴水了", "和同学一起顶着一块野餐布"),
    (
        "去学校", "早上雾很大", "围巾", "风从北边刮过来，雾散了，天也冷了", "脖子里灌满了冷风",
        "跟同桌围着一条围巾走回家",
    ),
)  # fmt: skip


def turned_weather(rng: Random) -> str:
    plan, start, gear, turn, effect, rescue = rng.choice(_TURNS)
    name = child(rng)
    heeds = rng.random() < 0.3
    slots: dict[str, object] = {
        "n": name,
        "p": pronoun(name),
        "x": plan,
        "s": start,
        "g": gear,
        "t": turn,
        "e": effect,
        "r": rescue,
        "h": elder(rng),
        "f": child(rng),
    }
    opening = (
        "星期天，{n}要{x}。{s}。｜{n}准备{x}，{s}。｜今天要{x}，{n}高兴得早早起了床。{s}。｜{s}，{n}背起包，要{x}。",
        "{h}说：“带上{g}吧，天会变的。”｜“别忘了{g}。”{h}在后面喊。｜天气预报说要变天，{h}让{p}带{g}。",
    )
    if heeds:
        return tell(
            rng,
            slots,
            *opening,
            """{n}看看天，觉得用不着，可还是把{g}放进了包里。｜{n}想了想，带上了{g}。
            {n}说：“好，听你的。”就把{g}带上了。""",
            "没想到，{t}。｜果然，过了一会儿，{t}。｜下午，{t}。",
            "别人{e}，{n}拿出{g}，一点也不怕。｜{n}有{g}，分给{f}一起用。｜{f}没有带{g}，{n}说：“来，我们一起用。”",
            "{n}心里想：多亏带了它。｜回到家，{n}对{h}说：“你说得对。”｜{f}说：“明天我也要听天气预报。”",
        )
    return tell(
        rng,
        slots,
        *opening,
        """“不用，天这么好。”{n}跑出了门。｜{n}嫌重，把{g}留在了家里。｜{n}摆摆手：“不会变的。”
        {n}嘴上答应，一转身就忘了。""",
        "没想到，{t}。｜谁知道，过了一会儿，{t}。｜可是，{t}。｜还没有玩够，{t}。",
        "{n}没有{g}，{e}。｜{n}{e}，这才想起{h}的话。｜“早知道就带{g}了！”{n}{e}。｜不一会儿，{n}{e}。",
        "{p}只好{r}。｜没有办法，{p}{r}。｜最后，{p}{r}，这才好了一点。｜幸好，{p}{r}。",
        """回到家，{h}端来一杯热水，什么也没有说。｜从那以后，{n}出门以前总要看看天。
        {n}打了一个喷嚏，说：“下次我一定带{g}。”
        {h}笑着问：“天会不会变？”{n}不好意思地点点头。｜第二天，{n}第一个把{g}放进了包里。""",
    )


_SIGHTS = {
    "动物园": ("大象用鼻子喷水", "猴子抢香蕉", "熊猫坐着吃竹子"),
    "海边": ("浪花一层一层推过来", "螃蟹横着跑", "远处的轮船像玩具"),
    "博物馆": ("比房子还高的恐龙骨头", "几千年前的碗", "石头做的刀"),
    "植物园": ("会合起叶子的含羞草", "比人还大的荷叶", "长满刺的仙人掌"),
    "山上": ("云从脚下飘过", "红红的太阳一点一点升起来", "山下的房子像火柴盒"),
    "农场": ("小羊排队喝奶", "母鸡带着一群小鸡", "奶牛慢慢地嚼草"),
    "湖边": ("白天鹅带着小天鹅", "荷花开了一大片", "鱼跳出水面"),
    "游乐园": ("大转轮慢慢升到天上", "木马一上一下地转", "小火车钻进山洞"),
}  # fmt: skip
_RIDES = {
    "火车": "窗外的树往后跑",
    "公共汽车": "一站一站地停",
    "地铁": "窗外黑黑的，一会儿就到了",
    "小汽车": "系好安全带，看着路边的房子",
    "轮船": "海鸥跟着船飞",
    "自行车": "风吹在脸上凉凉的",
}
_TROUBLES = (
    ("人太多，{n}一转身，找不到{h}了", "{p}没有乱跑，站在原地等，还告诉了穿制服的叔叔", "不一会儿，{h}就找了过来"),
    ("{n}的鞋带断了，走一步掉一步", "{p}从包里找出一根绳子，把鞋子捆好", "样子有点怪，可是又能走了"),
    ("走到岔路口，谁也不知道往哪边走", "{p}找到一块牌子，上面画着地图", "照着走，果然没有错"),
    ("{n}把午饭忘在了家里", "{f}把自己的饭团分成两半", "两个人吃得特别香"),
    ("{n}累得走不动了", "{h}说：“我们数到二十，再休息一会儿。”", "数着数着，就到了"),
    ("门口排了很长很长的队", "{n}和{f}玩起了猜谜语", "谜语还没有猜完，就轮到他们了"),
    ("{n}的帽子被风吹走了", "{p}追了几步，一位阿姨帮{p}捡了起来", "{p}说了谢谢，这回把带子系紧了"),
)  # fmt: skip


def journey(rng: Random) -> str:
    place = rng.choice(list(_SIGHTS))
    ride = rng.choice([ride for ride in _RIDES if ride != "轮船" or place == "海边"])
    name, friend = children(rng, 2)
    h, p = elder(rng), pronoun(name)
    trouble, deed, relief = (part.format(n=name, p=p, h=h, f=friend) for part in rng.choice(_TROUBLES))
    one, two = rng.sample(_SIGHTS[place], 2)
    slots: dict[str, object] = {
        "n": name,
        "p": p,
        "f": friend,
        "h": h,
        "at": place,
        "ride": ride,
        "on": "骑" if ride == "自行车" else "坐",
        "seen": _RIDES[ride],
        "one": one,
        "two": two,
        "x": trouble,
        "d": deed,
        "e": relief,
        "back": rng.choice(("爷爷", "弟弟", "同桌", "妹妹", "奶奶")),
    }
    return tell(
        rng,
        slots,
        """放假了，{h}带{n}和{f}去{at}。｜{n}早就想去{at}了，这一天终于来了。{h}还叫上了{f}。
        星期六，{n}、{f}和{h}一起去{at}。""",
        "他们{on}{ride}去，{seen}。｜{on}着{ride}，{seen}。｜路有点远，他们{on}{ride}，{seen}。",
        "到了{at}，他们先看见{one}。｜一进去，就看见{one}。｜{n}第一眼看见的是{one}。",
        "可是，{x}。｜正高兴的时候，{x}。｜没想到，{x}。",
        "{d}。{e}。｜怎么办呢？{d}，{e}。".replace("。”，", "。”"),
        "后来，他们又看见{two}，{n}看得出了神。｜{f}最喜欢的是{two}。｜快回家的时候，他们还看见了{two}。",
        """回到家，{n}把看见的都讲给{back}听。｜路上，{n}靠在{h}身上睡着了，手里还拿着一片叶子。
        晚上，{n}画了一张画，画的是{one}。｜{n}说：“下次我要带{back}一起来。”
        {h}问：“累不累？”{n}和{f}一起说：“不累！”""",
    ).replace("。”。", "。”")


def bus(rng: Random) -> str:
    """A bus and its passengers, reckoned stop by stop, and a seat given up."""
    name = child(rng)
    value = rng.randint(4, 9)
    parts = [
        say(
            rng,
            """{n}和{h}坐公共汽车，车上连他们一共{v}个人。｜公共汽车开出来的时候，车上有{v}个人，{n}坐在窗边。
            {n}上了车，数一数，车上有{v}个人。""",
            n=name,
            h=elder(rng),
            v=quantity(value),
        )
    ]
    stops = rng.sample(("图书馆", "菜市场", "医院", "公园", "学校", "火车站", "邮局", "电影院"), 3)
    for stop in stops:
        up = rng.random() < 0.5 or value < 4
        step = rng.randint(1, min(5, 20 - value)) if up else rng.randint(1, min(4, value - 2))
        new = value + step if up else value - step
        op = "加" if up else "减"
        parts.append(
            say(
                rng,
                """到了{s}，{w}{d}个，{v}{o}{x}等于{r}，车上有{c}个人。｜{s}到了，{w}{d}个人，现在是{c}个人。
                在{s}{w}{d}个人，{v}{o}{x}是{r}。""",
                s=stop,
                w="上来" if up else "下去",
                d=quantity(step),
                v=number(value),
                o=op,
                x=number(step),
                r=number(new),
                c=quantity(new),
            )
        )
        value = new
    who = rng.choice(("一位白头发的爷爷", "一位抱着孩子的阿姨", "一位拄着拐杖的奶奶", "一个脚上缠着纱布的叔叔"))
    parts.append(
        say(
            rng,
            """这时，{w}站在门边。{n}站起来说：“您坐这里吧。”｜{n}看见{w}没有座位，就让了出来。
            {w}站不稳，{n}连忙拉住，请他坐下。""".replace("请他坐下", "让出了座位"),
            w=who,
            n=name,
        )
    )
    parts.append(
        say(
            rng,
            """车上的人都看着{n}笑。｜“谢谢你，好孩子。”{n}的脸红了。｜下车的时候，{n}还在数人。
            {n}站着，觉得窗外的风景更好看了。""",
            n=name,
        )
    )
    return "".join(parts)


def clock_day(rng: Random) -> str:
    """A day by the clock on which one thing goes late and what follows from it."""
    name = child(rng)
    p = pronoun(name)
    rows = table("routine")
    late = rng.choice(
        (
            ("闹钟没有响", "没有吃早饭就跑出了门", "上课的时候肚子咕咕叫", "晚上把闹钟的电池换了"),
            ("昨天睡得太晚", "起床的时候眼睛都睁不开", "上课的时候差一点睡着", "晚上九点就关了灯"),
            ("找袜子找了半天", "赶到学校的时候铃已经响了", "在门口红着脸说了报告", "晚上把第二天的衣服都放在床边"),
            ("书包没有收拾", "到了学校才发现没带作业", "课间只好再写一遍", "睡觉以前照着课表把书包收拾好"),
            ("一边吃饭一边看书", "出门晚了十分钟", "错过了公共汽车，只好走路", "第二天吃饭的时候把书放在一边"),
        )
    )
    done = rng.sample([row for row in rows if 15 <= int(row["hour"]) <= 20], 2)
    done.sort(key=lambda row: int(row["hour"]))
    spoken = [f"{row['part']}{quantity((int(row['hour']) - 1) % 12 + 1)}点" for row in done]
    slots: dict[str, object] = {
        "n": name,
        "p": p,
        "a": late[0],
        "b": late[1],
        "c": late[2],
        "d": late[3],
        "t1": spoken[0],
        "x1": done[0]["does"],
        "t2": spoken[1],
        "x2": done[1]["does"],
        "h": elder(rng),
        "m": rng.choice(("六点半", "七点", "六点三刻", "七点一刻")),
    }
    return tell(
        rng,
        slots,
        """{n}每天{m}起床，今天却晚了，因为{a}。｜早上{m}，{n}应该起床了，可是{a}。｜这一天从一开始就不顺：{a}。
        “糟了，晚了！”{n}跳下床。原来{a}。""",
        "{p}{b}。｜结果，{p}{b}。｜急急忙忙的，{p}{b}。",
        "这还没有完，{p}{c}。｜后来，{p}{c}。｜因为这样，{p}{c}。",
        "{t1}，{n}{x1}；{t2}，{x2}。｜到了{t1}，{p}{x1}。{t2}，{p}{x2}。｜{t1}要{x1}，{t2}要{x2}，{n}一样一样做完了。",
        """{h}问{p}今天怎么样，{p}把事情说了一遍。{h}说：“一件事晚了，后面的事都会晚。”
        {n}想：要是早一点，就不会这样了。｜{h}说：“今天的早上，是从昨天的晚上开始的。”""",
        "于是，{p}{d}。｜{n}听了，{d}。｜那天，{p}{d}。",
        """第二天，{n}第一个到了学校。｜果然，第二天一切都顺顺当当。｜{h}看见了，点点头。
        第二天早上，{p}还有时间给花浇水。""",
    )


_FINDS = (
    ("一只迷路的小猫", "脖子上挂着一个小牌子", "照着牌子上的地址，一家一家地找", "门一打开，一个小姑娘哭着抱住了它"),
    ("一个钱包", "里面有钱，还有一张照片", "交给了派出所的警察", "第二天，照片上的爷爷来道谢了"),
    ("一封掉在地上的信", "信封上贴好了邮票，写好了地址", "把它投进了街角的邮筒", "{p}想，收信的人一定在等它"),
    ("一串钥匙", "上面挂着一只木头小熊", "在路口等了半个小时", "一个阿姨跑得满头大汗，看见钥匙就笑了"),
    ("一只翅膀受伤的蝴蝶", "它飞不起来，停在路中间", "轻轻地把它放到花丛里", "过了一会儿，它喝了花蜜，慢慢飞走了"),
    ("一本图书馆的书", "书后面盖着图书馆的章", "绕了一段路，把它送回了图书馆", "管理员说：“有个同学正着急地找它呢。”"),
    (
        "一只小手套", "湿湿的，沾着雪", "把它挂在路边的树枝上，让人一眼就能看见",
        "放学回来，手套已经不在了，树枝上系着一颗糖",
    ),
)  # fmt: skip


def find(rng: Random) -> str:
    what, clue, deed, end = rng.choice(_FINDS)
    name, friend = children(rng, 2)
    p = pronoun(name)
    slots: dict[str, object] = {
        "n": name,
        "f": friend,
        "p": p,
        "w": what,
        "c": clue,
        "d": deed,
        "e": end.format(p=p),
        "h": elder(rng),
    }
    return tell(
        rng,
        slots,
        """放学路上，{n}和{f}看见了{w}。｜{n}和{f}在路边发现了{w}。｜“快看，那是什么？”{f}说。原来是{w}。
        下着小雨，{n}和{f}走到桥边，看见{w}。""",
        "走近一看，{c}。｜{n}蹲下来看，{c}。｜{f}说：“你看，{c}。”",
        """{f}说：“我们还要回家写作业呢。”{n}说：“只要一会儿。”｜{f}想走，{n}却站着不动。
        “怎么办？”两个人商量了一会儿。｜{n}想：要是我丢了东西，会多着急啊。""",
        "最后，他们{d}。｜于是，他们{d}。｜{n}有了主意，拉着{f}，{d}。",
        "{e}。",
        """回家晚了一点，{h}听了，没有怪{p}。｜{f}说：“幸好我们没有走开。”｜{n}觉得，这一天的夕阳特别好看。
        {h}说：“换了我，也会这样做。”｜那天的作业，{n}写得特别快。""",
    ).replace("。”。", "。”")


_MATCHES = (
    ("拔河比赛", "力气使得不齐，输了第一局", "大家一起喊一二，喊到二才用力"),
    ("接力赛跑", "接棒的时候掉了棒", "把手伸直，等棒子碰到手心再跑"),
    ("跳长绳比赛", "总有人被绳子绊住", "前一个人跳出去，后一个人马上跟上，嘴里数着数"),
    ("足球比赛", "大家都去追球，没有人守门", "商量好谁守门，谁在后面，谁去进球"),
    ("合唱比赛", "有的快，有的慢，唱得乱七八糟", "看着指挥的手，听旁边人的声音"),
    ("搭积木比赛", "搭得太急，塔倒了两次", "先把下面几层放稳，再一块一块往上加"),
)  # fmt: skip


def match(rng: Random) -> str:
    what, fails, plan = rng.choice(_MATCHES)
    name, other = children(rng, 2)
    win = rng.random() < 0.55
    slots: dict[str, object] = {
        "n": name,
        "m": other,
        "x": what,
        "f": fails,
        "p": plan,
        "w": teacher(rng),
    }
    return tell(
        rng,
        slots,
        "学校要开{x}，{n}和{m}都报了名。｜今天有{x}，{n}的班也要上场。｜{x}快到了，{n}、{m}和同学们天天练。",
        "可是一开始，{f}。｜练习的时候，{f}。｜第一回，{f}。",
        """“都怪你！”有人说。{m}低下了头。｜大家你看我，我看你，谁也不说话。｜{m}说：“我们不行了。”
        有人生气，有人叹气。""",
        """{n}说：“别怪谁，我们想想办法：{p}。”｜{w}说：“一个人快没有用。你们{p}，再试一次。”
        {m}想了想，说：“{p}，好不好？”""",
        "大家照着练，果然好多了。｜试了几次，越来越好。｜这一次，谁也没有乱。",
        """比赛那天，他们赢了。大家抱在一起又跳又叫。｜最后，他们得了第一名。{n}和{m}的手都拍红了。
        这一回，他们班是第一名。"""
        if win
        else """比赛那天，他们还是差了一点点，可是没有人怪谁。｜最后，他们得了第二名。{m}说：“比练习的时候好多了！”
        这一回，他们班是第三名，大家还是笑着。""",
        """{w}说：“你们赢了自己。”｜{n}说：“一起做，比一个人做有意思。”｜回家的路上，大家还在唱歌。
        {n}把这一天记在了日记里。""",
    )


def season_walk(rng: Random) -> str:
    """A season, what is done in it, and a small question with its answer."""
    row = rng.choice(table("seasons"))
    why = rng.choice(table("whys"))
    name = child(rng)
    slots: dict[str, object] = {
        "n": name,
        "s": row["name"],
        "w": row["weather"],
        "nat": rng.choice(row["nature"].split("，")),
        "wear": row["wear"],
        "play": rng.choice(listed(row["play"])),
        "f": why["fact"],
        "b": why["because"],
        "h": rng.choice(("爷爷", "爸爸", "妈妈", "外公", "舅舅")),
    }
    return tell(
        rng,
        slots,
        """{s}的一天，天气{w}，{n}跟着{h}出门散步。｜{s}到了，{n}穿着{wear}，和{h}去{play}。
        {s}的傍晚，{h}带{n}出去走走，{nat}。""",
        "{n}一路上问个不停。｜{n}看看这里，摸摸那里，问题可多了。｜走着走着，{n}想起一件事。",
        "“为什么{f}？”{n}问。｜{n}问：“{h}，为什么{f}呢？”｜“我有一个问题，”{n}说，“为什么{f}？”",
        "{h}想了想，说：“因为{b}。”｜“因为{b}。”{h}说。｜{h}先让{n}自己猜。{n}猜了几个，都不对。{h}才说：“因为{b}。”",
        """{n}听了，又看了好一会儿。｜“原来是这样！”{n}说。
        {n}点点头，又问：“那别的时候呢？”{h}笑了：“你的问题比树叶还多。”""",
        """回到家，{n}把这句话讲给妹妹听，妹妹又去讲给小猫听。｜第二天，{n}在课上把它讲给了大家。
        {n}把它记在一个本子上，本子里已经有很多为什么了。｜{n}想：明天再问什么呢？""",
    )


TALES: dict[Tale, float] = {turned_weather: 4, journey: 4, bus: 2, clock_day: 3, find: 3, match: 3, season_walk: 3}
