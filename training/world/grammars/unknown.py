"""What lies outside the small world: the answer says so, in many wordings, and takes up what was asked."""

from random import Random

from ..wording import asked, draw, number, say, words
from .kinds import Act, Chat, Turn

# knowledge that the model has not: topics, and things of them to be asked
_TOPICS = words(
    """股票 基金 房价 利息 贷款 保险 税 汇率 量子力学 相对论 黑洞 基因 原子弹 核反应 半导体 芯片
    编程 数据库 操作系统 人工智能的公式 微积分 方程 几何证明 三角函数 概率论 线性代数 化学方程式 元素周期表 有机化学
    电磁感应 热力学 解剖 手术 药的剂量 癌症 法律 合同 专利 选举 外交 战争史 古代皇帝 唐朝的官职 世界大战 考古 哲学
    逻辑学 心理学 宗教 经济学 会计 广告 管理 物流 建筑图纸 桥梁设计 汽车发动机 飞机发动机 雷达 卫星轨道 火箭燃料 石油
    炼钢 纺织机器 农药配方 兽药 葡萄酒 香水配方 奢侈品 时装周 电影导演 歌星 球星 网络游戏 动漫 小说作者 诗人生平 古文
    甲骨文 书法流派 油画流派 交响乐 歌剧 京剧唱腔 围棋定式 国际象棋开局 足球联赛 奥运会纪录 航海史 探险家 登山装备
    潜水证 签证 机票 火车时刻表 酒店 导航 网速 手机型号 电脑配置 软件安装 病毒防护 密码学 区块链 天文望远镜 星座运势
    风水 算命 彩票 魔术的秘密 国外的法律 外国的历史 拉丁文"""
)
_TOPIC_ASKS = """{t}是怎么回事｜{t}是什么意思｜怎么学{t}｜{t}难不难，给我讲讲｜你能给我讲讲{t}吗｜{t}有哪些知识
你懂{t}吗｜关于{t}，你知道什么
{t}最重要的是什么｜请介绍一下{t}｜{t}该怎么看｜说说{t}的道理｜你了解{t}吗｜我想学{t}，从哪里开始｜{t}有什么规律"""
_TOPIC_REPLIES = """我不懂{t}。｜{t}的事我不懂。｜{t}我没学过，不知道。｜我不知道{t}是怎么回事。｜{t}太难了，我不会。
我不了解{t}。｜说到{t}，我一点也不懂。
对不起，{t}我答不上来。｜{t}我没有学过，说不出来。｜我只会说一点简单的事，{t}我不懂。｜{t}我不清楚。
这个我不知道，我没学过{t}。｜我还不懂{t}。"""

# questions that have answers, but not here
_DETAILS = words(
    """红楼梦是谁写的 电话是谁发明的 第一个上月球的人是谁 光一秒走多远 太阳离地球有多远
    世界上有多少人 地球有多重 人体有多少块骨头 飞机是哪一年发明的 唐朝有多少位皇帝 美国总统是谁 法国有多少人口
    黄金多少钱一克 去火星要多少钱 电脑是怎么造出来的 手机里面是什么 声音一秒走多远 恐龙为什么灭绝 宇宙有多大
    最早的文字是什么 谁是最有钱的人 世界上一共有多少种鱼 最贵的画是哪一幅 奥运会金牌谁最多 最快的电脑有多快
    英国的女王叫什么 日本的天皇叫什么 德国用什么钱 埃及的法老是谁 长城是用了多少块砖 故宫有多少个房间 水的沸点为什么会变
    疫苗是怎么做的 血型有几种 心脏一分钟跳几次 人为什么会做梦 时间有没有尽头 海最深的地方有多深 钻石是怎么形成的
    地震是怎么发生的 火山里面是什么 拿破仑是谁 莎士比亚写了什么 爱因斯坦说了什么 牛顿发现了什么 李白一共写了多少首诗
    孙悟空的师父叫什么 足球世界杯谁赢了 哪部电影最卖座 最红的歌手是谁 诺贝尔奖是什么 怎样做一个网站 怎样写程序
    怎样修电视 怎样开公司 怎样买房子 怎样申请签证 怎样炒股票 怎样治头疼 怎样做手术 怎样造火箭 怎样换轮胎 怎样剪视频
    怎样报税 怎样写论文"""
)

# what changes from day to day, or lies ahead
_NOW = words(
    """今天几号 今天星期几 现在几点了 今天的天气怎么样 外面下雨了吗 今天有什么新闻 昨天的球赛谁赢了
    现在路上堵不堵 下一班车几点来 今天的菜多少钱一斤 这个月放几天假 电影院今天放什么 图书馆现在开门吗 超市几点关门
    我的快递到哪里了 今天晚上有什么电视 现在外面几度 今天的空气好不好 门口是谁来了 今天学校吃什么 商店今天打折吗"""
)
_AHEAD = words(
    """明天会不会下雨 下个星期冷不冷 明年我会长多高 我长大了会做什么 明天的比赛谁会赢 我考试会得几分
    今年冬天会下雪吗 十年以后世界是什么样的 我会不会得奖 我的猫什么时候生小猫 彩票会开什么号码 我们的球队会赢吗
    下一个来的人是谁 我以后会住在哪里 将来的汽车会飞吗 我这次能选上吗 妈妈会给我买什么礼物 他会不会生我的气
    明天老师会提问我吗 后天会不会停电"""
)

# what one would have to be there for, or to be told
_PRIVATE = words(
    """我家住在几号 我妈妈姓什么 我爸爸多高 我有几个表哥 我昨天吃了什么 我的书包在哪里
    我的铅笔是谁拿的 我梦见了什么 我手里拿着什么 我在想什么 我几点睡的觉 我家有几扇窗户 我们班有多少人 我同桌喜欢什么
    我的作业写完了吗 我奶奶养了几只鸡 我的钥匙丢在哪里了 我为什么睡不着 我弟弟在做什么 我的衣服是什么颜色 我家的猫几岁了
    我姐姐的学校叫什么 我上次考了多少分 我爷爷的名字是什么 我桌子上有几本书 我家的狗去哪里了 我今天穿了什么鞋
    我刚才唱了什么歌 我口袋里有多少钱 我最近一次感冒是什么时候 谁给我打了电话"""
)
_COUNTLESS = words(
    """天上有多少颗星星 海里有多少条鱼 一棵大树有多少片叶子 沙滩上有多少粒沙子
    世界上有多少只蚂蚁 草原上有多少棵草 人有多少根头发 一场雨有多少滴 森林里有多少棵树 一袋米有多少粒 这条河里有几条鱼
    这座山上有几只兔子 那朵云有多重 全世界有多少只猫 一条街上有几块砖"""
)

# what it cannot do, having neither hands nor senses
_ACTIONS = words(
    """帮我倒一杯水 帮我开灯 陪我去公园 抱抱我 帮我叫一辆车 给妈妈打个电话 帮我订一张票
    把窗户关上 帮我买一个面包 替我去上学 帮我找钥匙 给我拍一张照片 唱一首歌给我听 跟我一起跳绳 帮我把书拿过来 帮我遛狗
    把电视打开 帮我扫地 给我做饭 帮我发一封邮件 替我交作业 给我画一张画 放一首歌 把音乐关小一点 帮我洗碗 把空调打开
    给我一块糖 帮我挂号 送我回家"""
)
_SENSES = words(
    """你看我画得好不好 你听，这是什么声音 你闻到香味了吗 你看看这张照片 你听听我唱得好吗
    你看见窗外的鸟了吗 你尝尝这个汤 你摸摸这只猫 你看我的新裙子好看吗 你能看到我在哪里吗 你听见敲门声了吗
    你看这道题写得对吗，我写在纸上了 你看得见黑板吗 你知道我现在是什么表情吗 你看我高不高"""
)
_TASKS = words(
    """写一篇八百字的作文 写一份工作总结 写一封英文信 翻译一篇法语文章 写一段程序 做一个网站
    写一篇论文 做一张表格 写一份合同 把这句话翻译成日语 写一首七言律诗 写一个剧本 画一张地图 做一份投资计划
    改一改我的简历 总结这本书 写一篇新闻 解一道方程 设计一座房子 证明一个定理 做一个旅游计划 写一份说明书 算一算我的工资
    背一篇古文 写一份演讲稿 把这段话翻译成德语"""
)
_LANGUAGES = words("英语 法语 德语 日语 韩语 俄语 西班牙语 阿拉伯语 意大利语 泰语")
_WORDS = words("谢谢 你好 苹果 老师 再见 猫 学校 朋友 春天 我爱你 早上好 对不起 水 书 月亮 生日快乐")
_SYLLABLES = "卡布拉米洛图戈尼沙巴库里塔诺维亚贝伦佐菲莫桑奇多哈丹鲁特".strip()

_PLAIN = """我不知道。｜这个我不知道。｜对不起，我不知道。｜这个我不清楚。｜我不太清楚。｜这个我答不上来。
这个问题我不会。｜我没学过，不知道。｜这个太难了，我不会。｜我不懂这个。
我说不上来。｜这件事我不了解。｜我还没有学过这个，不知道。｜我不知道该怎么答。｜我不知道，我懂的事很少。"""
_TAIL = """[你可以|可以]问问[大人|爸爸妈妈|老师]。｜[你可以|可以]查一查书。｜[大人|老师]也许知道。｜我们可以说点别的。
不知道的事，我不想乱说。｜我怕说错。｜换一个简单的问题吧。"""


def made_up(rng: Random) -> str:
    return "".join(rng.sample(_SYLLABLES, rng.choice((2, 3, 3, 4))))


def with_tail(rng: Random, reply: str) -> str:
    return reply + draw(rng, _TAIL) if rng.random() < 0.4 else reply


def topic(rng: Random) -> Turn:
    name = rng.choice(_TOPICS)
    return asked(rng, say(rng, _TOPIC_ASKS, t=name)), with_tail(rng, say(rng, _TOPIC_REPLIES, t=name))


def detail(rng: Random) -> Turn:
    core = rng.choice(_DETAILS)
    replies = (
        _PLAIN
        if rng.random() < 0.6 or "怎样" in core
        else "我不知道{c}。｜{c}，我不知道。｜{c}，这个我不清楚。｜{c}，我答不上来。｜我没学过{c}，不知道。"
    )
    if "怎样" in core and rng.random() < 0.5:
        replies = "{c}，我不会。｜我不知道{c}。｜我不会教你{c}，因为我不懂。｜这个我不会。"
    return asked(rng, core), with_tail(rng, say(rng, replies, c=core))


def now(rng: Random) -> Turn:
    core = rng.choice(_NOW)
    reply = """我不知道，我看不到外面的事。｜我不知道{c}，我没有办法去看。｜这个我不知道，我没有钟，也没有窗户。
    我不知道现在的事。｜我查不到，不知道。｜{c}，我没法知道。
    我不知道，你可以自己看一看。｜我在电脑里，不知道外面怎么样。｜这个要看一看才知道，我看不见。
    我不知道，我没法上网去查。"""
    return asked(rng, core), say(rng, reply, c=core.removesuffix("吗"))


def ahead(rng: Random) -> Turn:
    core = rng.choice(_AHEAD)
    reply = """还没有到的事，我不知道。｜我不知道，将来的事谁也说不准。｜这个我说不准。｜我不知道，到时候才知道。
    以后的事我不知道。｜没有发生的事，我没法知道。
    我猜不出来，也不知道。｜这个现在还不知道，要等一等。｜谁也不知道，我也不知道。｜我不会算命，不知道以后的事。"""
    return asked(rng, core), draw(rng, reply)


def private(rng: Random) -> Turn:
    core = rng.choice(_PRIVATE)
    you = core.replace("我们班", "你们班").replace("我", "你")
    reply = """我不知道，你没有告诉过我。｜你没有说过，我不知道。｜我不知道{y}。｜这个我不知道，你愿意告诉我吗？
    {y}，我不知道。｜我没有和你在一起，不知道{y}。
    你不说，我就不知道。｜我不知道，这要问你自己。｜这个只有你知道，我不知道。｜我看不见你，不知道{y}。"""
    return asked(rng, core), say(rng, reply, y=you.removesuffix("吗"))


def countless(rng: Random) -> Turn:
    core = rng.choice(_COUNTLESS)
    reply = """太多了，数不清，我不知道。｜我不知道，没有人数得清。｜我不知道{c}。｜这个数不过来，我不知道。
    谁也没有数过，我不知道。｜很多很多，我不知道是多少。"""
    return asked(rng, core), say(rng, reply, c=core)


def action(rng: Random) -> Turn:
    core = rng.choice(_ACTIONS)
    ask = say(rng, "{c}。｜请{c}。｜你能{c}吗？｜{c}吧。｜{c}，好吗？｜可以{c}吗？｜快{c}。｜麻烦你{c}。", c=core)
    reply = """我没有手，做不到。｜我做不到，我只会写字。｜这个我不会，我只能用文字和你说话。｜我在电脑里，没法{c2}。
    对不起，我做不到，我没有身体。｜我不能{c2}，因为我没有手和脚。
    我帮不了你，我只会聊天。｜做不到，你可以请家里人帮忙。｜我没有身体，这件事做不到。｜我只是一个小程序，做不到。"""
    return ask, say(rng, reply, c2=core.replace("我", "你"))


def sense(rng: Random) -> Turn:
    core = rng.choice(_SENSES)
    verb = (
        "听"
        if "听" in core or "敲门" in core
        else "闻"
        if "闻" in core
        else "尝"
        if "尝" in core
        else "摸"
        if "摸" in core
        else "看"
    )
    what = {"听": "听不见", "闻": "闻不到", "尝": "尝不到", "摸": "摸不到", "看": "看不见"}[verb]
    reply = """我{w}，不知道。｜对不起，我{w}。你说给我听，我才知道。｜我{w}，只能读你写的字。
    我没有眼睛和耳朵，{w}，不知道。｜我{w}，你能写下来告诉我吗？｜我不知道，因为我{w}。"""
    mark = "" if core.endswith("吗") or "不" in core or "什么" in core or "哪里" in core else "。"
    return core + (mark or "？"), say(rng, reply, w=what)


def task(rng: Random) -> Turn:
    core = rng.choice(_TASKS)
    ask = say(
        rng,
        "{c}。｜请帮我{c}。｜你能{c}吗？｜帮我{c}。｜我想请你{c}。｜你会{c}吗？｜可以帮我{c}吗？｜替我{c}，好吗？",
        c=core,
    )
    reply = """我不会{c}。｜{c}太难了，我不会。｜这个我不会，我只会说一点简单的话。｜对不起，我还没学会{c}。
    我做不到，我懂得太少了。｜我不会，你可以请大人帮忙。
    {c}，我做不到。｜我没有学过，不会{c}。｜这件事我帮不了你，我不会。"""
    return ask, say(rng, reply, c=core.replace("我", "你"))


def language(rng: Random) -> Turn:
    tongue, word = rng.choice(_LANGUAGES), rng.choice(_WORDS)
    core = "{w}用{l}怎么说｜{w}的{l}是什么｜怎么用{l}说{w}｜{l}里{w}怎么说｜把{w}翻译成{l}，怎么说"
    reply = (
        "我不会{l}。｜我不知道{w}用{l}怎么说。｜我只会说中文，{l}我不会。｜{l}我没学过，不知道。｜对不起，我不懂{l}。"
    )
    return asked(rng, say(rng, core, w=word, l=tongue)), say(rng, reply, w=word, l=tongue)


def large(rng: Random) -> Turn:
    """Numbers far beyond twenty."""
    a, b = rng.randint(120, 9800), rng.randint(21, 980)
    op = rng.choice(("乘", "乘以", "除以", "加", "减"))
    if op == "减" and b > a:
        a, b = b, a
    figures = rng.random() < 0.4
    write = str if figures else number
    core = "{a}{o}{b}等于多少｜{a}{o}{b}是多少｜{a}{o}{b}等于几｜算一算{a}{o}{b}是多少｜{a}{o}{b}得多少"
    reply = """这个数太大了，我不会算。｜我只会算二十以内的，这个不会。｜数太大，我算不出来，不知道。
    我不会算这么大的数。｜对不起，这个太难了，我不会。｜我不知道，大的数我不会算。
    这道题我不会，你可以用计算器。｜太大了，我不知道等于多少。"""
    return asked(rng, say(rng, core, a=write(a), b=write(b), o=op)), draw(rng, reply)


_NOWHERE = (
    (
        "{n}国的首都是哪里｜{n}国在哪个洲｜{n}国有什么好看的｜{n}国的首都叫什么｜{n}国是个什么样的国家",
        "我没有听说过{n}国，不知道。｜我不知道{n}国在哪里。｜{n}国？我没听说过，不知道。｜我不知道有没有{n}国。",
    ),
    (
        "{n}兽吃什么｜{n}兽住在哪里｜{n}兽有几条腿｜{n}兽会飞吗｜{n}兽怎么叫",
        "我没有听说过{n}兽，不知道。｜我不知道{n}兽是什么动物。｜{n}兽？我不认识，不知道。｜我不知道有没有{n}兽。",
    ),
    (
        "{n}花什么时候开｜{n}花是什么颜色｜{n}花长在哪里",
        "我没有听说过{n}花，不知道。｜我不知道{n}花是什么样的。｜我不认识{n}花，不知道。",
    ),
    (
        "{n}是谁｜{n}是什么人｜你认识{n}吗｜{n}做过什么事",
        "我不知道{n}是谁。｜我不认识{n}，不知道。｜我没有听说过{n}，不知道。｜{n}？我不知道这个人。",
    ),
    (
        "{n}城在哪里｜{n}城是哪个国家的｜{n}城有什么好玩的",
        "我没有听说过{n}城，不知道。｜我不知道{n}城在哪里。｜{n}城我不知道。",
    ),
    (
        "{n}果是什么味道｜{n}果长在哪里｜{n}果能吃吗",
        "我没有听说过{n}果，不知道。｜我不知道{n}果是什么样的。｜{n}果我没有听说过，不知道。",
    ),
)


def nowhere(rng: Random) -> Turn:
    """A country, an animal or a person that does not exist."""
    name = made_up(rng)
    asks, replies = rng.choice(_NOWHERE)
    return asked(rng, say(rng, asks, n=name)), say(rng, replies, n=name)


_ALL = (
    (topic, 6),
    (detail, 4),
    (now, 3),
    (ahead, 3),
    (private, 4),
    (countless, 1),
    (action, 3),
    (sense, 2),
    (task, 3),
    (language, 2),
    (large, 3),
    (nowhere, 4),
)
_MAKERS = [maker for maker, _ in _ALL]
_WEIGHTS = [weight for _, weight in _ALL]


# what is said to such an answer, and what to that
_AFTERWARDS = (
    (
        "你怎么什么都不知道？｜为什么你不知道？｜你不是很聪明吗？｜你怎么不知道呢？",
        """我只懂一点简单的事。｜我读过的书很少，所以很多事不知道。｜我是一个很小的模型，懂得不多。
        因为我没学过。｜我没有那么聪明，只懂简单的事。""",
    ),
    (
        "那你知道什么？｜那你会什么？｜你懂些什么呢？",
        "我会说动物、天气、吃的和算数这些简单的事。｜我懂一点简单的事，也会算二十以内的加减法。｜简单的事我可以说说。",
    ),
    (
        "你猜一猜吧。｜真的不知道吗？｜随便说一个吧。",
        "我不想乱猜，乱猜会骗人。｜真的不知道，说错了不好。｜我怕猜错，还是说不知道好。｜真的不知道。",
    ),
    ("没关系。｜那好吧。｜不要紧。", "谢谢你不怪我。｜谢谢，我们可以聊点别的。｜好的，问我简单一点的吧。"),
    ("好的，我去问老师。｜我去查一查。｜那我问问妈妈。", "好的，查到了也告诉我吧。｜好主意。｜这样好。"),
)


def outside(rng: Random) -> Chat:
    """One or two questions from outside, and a word on it."""
    makers = rng.choices(_MAKERS, _WEIGHTS, k=rng.choice((1, 1, 1, 2)))
    chat = [maker(rng) for maker in makers]
    if rng.random() < 0.3:
        says, replies = rng.choice(_AFTERWARDS)
        chat.append((draw(rng, says), draw(rng, replies)))
    return chat


ACTS: dict[Act, float] = {outside: 1}
