"""Stories at home: cooking that goes wrong, the right tool, growing something, a surprise, a festival, a purchase."""

from random import Random

from ..tables import listed, table
from ..wording import number, quantity, tell
from .cast import child, elder, pronoun
from .kinds import Tale


def cooking(rng: Random) -> str:
    row = rng.choice(table("recipes"))
    name = child(rng)
    guest, why = rng.choice(
        (
            ("妈妈", "妈妈下班回来很累"),
            ("爸爸", "爸爸今天过生日"),
            ("奶奶", "奶奶生病了，没有胃口"),
            ("妹妹", "妹妹喊肚子饿"),
            ("爷爷", "爷爷修了一上午篱笆"),
            ("外婆", "外婆从很远的地方来看大家"),
            ("弟弟", "弟弟考了一百分"),
        )
    )
    slots: dict[str, object] = {
        **row,
        "n": name,
        "p": pronoun(name),
        "g": guest,
        "why": why,
        "w": rng.choice([w for w in ("爸爸", "妈妈", "奶奶", "姑姑", "外公") if w != guest]),
    }
    return tell(
        rng,
        slots,
        """{why}，{n}想：我来{dish}吧。｜{n}说：“今天我来{dish}。”因为{why}。｜{why}。{n}决定自己动手{dish}。
        “我会{dish}，让我来！”{n}说。原来{why}。""",
        """{w}在旁边看着。{p}先{first}，再{then}。｜{p}洗了手，{first}，然后{then}。
        {w}说：“小心烫。”{n}点点头，{first}，又{then}。｜第一步，{first}；第二步，{then}。""",
        "接着{next}。｜然后{next}。｜{n}一边哼歌，一边{next}。",
        "不好，{trouble}！｜谁知道{trouble}。｜{p}一看，{trouble}。｜可是，{trouble}了。".replace("了了", "了"),
        """{w}说：“别急，{fix}。”｜{n}急得叫起来。{w}笑着说：“{fix}就行。”｜“{fix}。”{w}教{p}。
        {w}说自己第一次也这样，还说：“{fix}。”""",
        "{n}照着做，最后{last}。｜{n}记住了。然后{last}。｜这一回，{p}小心多了，{last}。",
        """{g}尝了一口，说：“真好吃，这是我吃过最好的。”｜{g}吃得干干净净。{n}看着，比自己吃还高兴。
        虽然样子不太好看，{g}却说很香。
        {g}问：“是谁做的？”{n}的脸一下子红了。｜一家人围在一起，你一口，我一口，一会儿就吃完了。""",
    )


_FIXED = ("枕头", "闹钟", "背包", "水壶", "杯子", "哨子", "地图", "放大镜")


def right_tool(rng: Random) -> str:
    row = rng.choice(
        [row for row in table("tools") if row["measure"] in "把块根双条支张个瓶" and row["name"] not in _FIXED]
    )
    name = child(rng)
    slots: dict[str, object] = {
        **row,
        "n": name,
        "p": pronoun(name),
        "h": elder(rng),
        "one": f"一{row['measure']}{row['name']}",
    }
    return tell(
        rng,
        slots,
        """{n}要{use}，可是找不到{name}。｜“我来{use}！”{n}说。｜{h}让{n}{use}。｜星期天，{n}在家里帮忙，要{use}。
        老师布置了一件事：回家{use}。""",
        """{p}看见旁边有{wrong}，就拿来用。｜{p}想：{wrong}也差不多吧。｜{p}随手拿起{wrong}。
        “没关系，用{wrong}也行。”{n}说。""",
        "可是{why_not}。{p}试了一次又一次，还是不行。｜谁知道{why_not}，白忙了半天。｜结果呢，{why_not}。",
        "{n}皱着眉头，不知道怎么办。｜“怎么回事？”{n}有点着急了。｜{n}把{wrong}放下，叹了一口气。",
        """{h}走过来看了看，说：“{use}要用{name}呀。”｜{h}笑了：“你想想，{why_not}，怎么能{use}呢？”
        弟弟说：“{name}在柜子里，我看见过。”｜{n}忽然想起来，上次{h}用的是{name}。""",
        """{n}找来{one}，一会儿就做好了。｜换了{name}，果然一下子就成了。｜{h}递给{p}{one}。这一次，又快又好。
        {p}从柜子里拿出{name}，三两下就好了。""",
        """{n}说：“原来什么事要用什么东西，不能乱用。”｜用完以后，{p}把{name}擦干净，放回原处。
        {h}说：“找对了东西，事情就做好了一半。”
        {n}记住了：{name}是用来{use}的。｜从那以后，{n}做事先想一想该用什么。""",
    )


# seed or animal, care, days and what happens in them, a worry with its cause, what is done, the end
_GROWING = (
    (
        "一颗向日葵种子", "每天浇一点水", ("五", "土里钻出一个小绿芽"),
        ("叶子蔫了", "太阳太晒，土都干了", "把花盆搬到阴凉的地方，又浇了水"), "夏天的时候，开出一朵比脸还大的花",
    ),
    (
        "几颗黄豆", "每天早晚换一次水", ("三", "冒出白白的小尾巴"),
        ("有一颗发霉了", "水放得太多", "把坏的拿掉，少放一点水"), "一个星期以后，长成了一大盆豆芽",
    ),
    (
        "一条蚕", "每天喂新鲜的桑叶", ("二十", "长得又白又胖"), ("它不吃东西了", "它要脱皮了", "不去碰它，静静地等着"),
        "后来，它吐丝做了一个白白的茧",
    ),
    (
        "一小盆蝌蚪", "每天换一点池塘里的水", ("三十", "长出了两条后腿"),
        ("有一只浮在水面上", "水里没有地方歇脚", "放进一块露出水面的石头"), "它们变成了小青蛙，被送回了池塘",
    ),
    (
        "一颗草莓苗", "每天看它渴不渴", ("十", "开出了小白花"),
        ("叶子上有了小洞", "有小虫在吃叶子", "把小虫一条一条捉走"), "过了些日子，结出了红红的草莓",
    ),
    (
        "一只受伤的小鸟", "每天喂它小米和水", ("七", "能站起来了"),
        ("它不肯叫", "它想念自己的同伴", "把笼子挂到有鸟叫的窗口"), "它的翅膀好了，飞回了树林",
    ),
    (
        "一个蒜瓣", "放在浅浅的水里", ("四", "长出了绿绿的叶子"),
        ("叶子歪向一边", "它总是朝着有光的地方长", "每天把盘子转一转"), "妈妈剪下来炒了一盘鸡蛋，真香",
    ),
    (
        "一盆含羞草", "每天放到窗台上晒太阳", ("六", "多了三片小叶子"),
        ("叶子都合起来不肯打开", "大家碰得太多了", "在旁边写了一张纸条：请不要碰我"), "过了两天，叶子又一片一片打开了",
    ),
    (
        "一只小鸡", "每天喂小米，晚上放进纸盒里", ("十五", "长出了新羽毛"),
        ("晚上一直叫", "夜里太冷了", "在纸盒里放了一个热水袋"), "秋天的时候，它下了第一个蛋",
    ),
    (
        "一棵小树苗", "每个星期给它浇两桶水", ("三十", "长出了新枝条"),
        ("风一吹就歪", "根还没有扎稳", "用木棍和绳子把它扶直"), "第二年春天，它长得比自己还高了",
    ),
)  # fmt: skip


def growing(rng: Random) -> str:
    what, care, (days, change), (worry, cause, cure), end = rng.choice(_GROWING)
    name = child(rng)
    slots: dict[str, object] = {
        "n": name,
        "p": pronoun(name),
        "x": what,
        "c": care,
        "d": days,
        "v": change,
        "w": worry,
        "b": cause,
        "r": cure,
        "e": end,
        "h": elder(rng),
    }
    return tell(
        rng,
        slots,
        "{h}送给{n}{x}。｜{n}得到了{x}。｜科学课上，老师发给{n}{x}。｜春天，{n}带回家{x}。",
        "{p}{c}，一天也没有忘。｜从那天起，{p}{c}。｜{h}教{p}：要{c}。{n}天天照着做。｜{n}很用心，{c}。",
        """第一天，没有动静。第二天，还是老样子。｜{n}每天都要看好几遍。｜“怎么还没有变化？”{n}有点着急。
        头几天，什么也看不出来。""",
        "到了第{d}天，它{v}！｜第{d}天早上，{n}叫起来：“快看，它{v}！”｜过了{d}天，它{v}，{n}高兴极了。",
        "可是有一天，{w}。｜没想到，过了几天，{w}。｜{n}刚高兴了几天，{w}。",
        "{n}去问{h}。{h}看了看，说：“是因为{b}。”｜{h}说：“别担心，{b}。”｜{p}查了书，又想了想，原来是{b}。",
        "{n}赶快{r}。｜于是，{p}{r}。｜{p}照{h}说的，{r}。",
        "{e}。",
        """{n}说：“照顾它，要天天想着它。”｜{n}把这些都写进了日记。｜{h}说：“你给它时间，它就给你惊喜。”
        那一天，{n}比过节还高兴。｜{n}觉得，等一等是值得的。""",
    )


_GIFTS = (
    ("妈妈", "生日", "一张画", "画了三个晚上", "把画藏在枕头底下", "妈妈铺床的时候差一点看见"),
    ("爸爸", "生日", "一个笔筒", "用竹筒和彩纸做了两天", "藏在书架后面", "爸爸找书的时候差一点碰到"),
    ("奶奶", "生日", "一条围巾", "跟着姑姑学了半个月", "把毛线藏在书包里", "毛线团滚了出来，一直滚到奶奶脚边"),
    ("老师", "教师节", "一本大家写的小册子", "每个同学写了一页", "藏在讲台下面", "老师弯腰捡粉笔的时候差一点发现"),
    ("外公", "生日", "一首歌", "每天放学练十分钟", "只在楼下的小花园里唱", "外公正好出来散步"),
    ("好朋友", "生日", "一只纸船", "折坏了七张纸", "放在鞋盒里", "好朋友非要看鞋盒里是什么"),
    ("妹妹", "生日", "一个布娃娃", "用旧衣服缝了一个星期", "藏在柜子最上面", "妹妹踮着脚要拿柜子上的糖"),
)  # fmt: skip


def surprise(rng: Random) -> str:
    who, day, gift, work, hide, near = rng.choice(_GIFTS)
    name = child(rng)
    occasion = f"{who}的{day}快到了" if day == "生日" else f"{day}快到了"
    slots: dict[str, object] = {
        "n": name,
        "p": pronoun(name),
        "w": who,
        "o": occasion,
        "g": gift,
        "k": work,
        "h": hide,
        "e": near,
        "excuse": rng.choice(("这是作业", "里面是旧报纸", "我在找橡皮", "老师不让别人看", "是给小猫的")),
        "d": "生日快乐" if day == "生日" else "节日快乐",
    }
    return tell(
        rng,
        slots,
        "{o}，{n}想送一样礼物，可是钱不够。｜{o}。{n}想：送什么好呢？｜{n}记得很清楚，{o}。｜日历上有一个红圈，{o}。",
        """{p}打开存钱罐，只有三个硬币。“自己做的才好。”{p}想。｜{p}想来想去，决定自己做{g}。
        “买来的东西谁都有，我要自己准备{g}。”""",
        "为了{g}，{p}{k}。｜{p}{k}，手都酸了。｜{p}悄悄地准备{g}，{k}。",
        "为了不让{w}知道，{p}{h}。｜这是一个秘密，{p}{h}。｜{p}{h}，谁也没有告诉。",
        """有一次，{e}。{n}赶快说：“{excuse}。”｜真险，{e}！{n}的心都快跳出来了。
        没想到，{e}。{n}脸都红了，说：“{excuse}。”""",
        """到了那一天，{n}拿出{g}，说：“{d}！”｜那天早上，{n}双手捧着礼物，大声说：“{d}！”
        终于等到了这一天。{p}把{g}送到{w}面前。""",
        """{w}愣了一下，眼睛湿了。｜{w}笑得合不拢嘴，看了一遍又一遍。｜“原来你这些天是在忙这个！”{w}说。
        {w}说：“这是我收到过最好的礼物。”
        {w}把{n}抱了起来，半天没有说话。""",
    )


_JOBS = {
    "春节": ("贴春联", "包饺子", "打扫屋子", "挂灯笼"), "元宵节": ("做花灯", "煮汤圆", "写灯谜"),
    "端午节": ("洗粽叶", "包粽子", "编五彩绳"), "中秋节": ("切月饼", "摆水果", "搬椅子到院子里"),
    "国庆节": ("挂国旗", "吹气球", "排练唱歌"), "重阳节": ("买花糕", "挑选礼物", "打电话问候外婆"),
    "腊八节": ("泡豆子", "洗红枣", "看着火煮粥"), "除夕": ("贴福字", "炸丸子", "摆碗筷"),
}  # fmt: skip
_HITCHES = (
    ("弟弟把面粉撒了一地", "大家一起扫，扫着扫着都笑了"), ("停电了", "爸爸点起蜡烛，屋子里反而更有意思"),
    ("下起了雨", "就把桌子搬进屋里，听着雨声过节"), ("爷爷的火车晚点了", "大家就等着，菜热了又热"),
    ("少了一双筷子", "弟弟说自己用勺子"), ("妈妈要加班", "就把饭送到妈妈的单位去"),
    ("邻居的孩子一个人在家", "就请他一起来"), ("糖不见了", "原来是小猫把糖罐碰到了桌子底下"),
)  # fmt: skip


def feast(rng: Random) -> str:
    row = rng.choice([row for row in table("festivals") if row["name"] in _JOBS])
    name = child(rng)
    jobs = rng.sample(_JOBS[row["name"]], 3)
    hitch, solved = rng.choice(_HITCHES)
    slots: dict[str, object] = {
        "n": name,
        "f": row["name"],
        "date": row["date"],
        "a": jobs[0],
        "b": jobs[1],
        "c": jobs[2],
        "h": hitch,
        "s": solved,
        "does": rng.choice(listed(row["does"].replace("，", "、"))),
        "food": f"吃{row['food']}" if row["food"] else rng.choice(listed(row["does"].replace("，", "、"))),
    }
    return tell(
        rng,
        slots,
        """明天就是{f}了，{n}家里忙得热热闹闹。｜{f}到了，是{date}。｜{n}盼了好久，{f}终于来了。
        “今天是{f}！”{n}一早就醒了。""",
        "奶奶{a}，爸爸{b}，{n}帮着{c}。｜{n}{a}，妈妈{b}，爸爸{c}。｜大家分了工：有的{a}，有的{b}，{n}的任务是{c}。",
        "正忙着，{h}。｜没想到，{h}。｜就在这时候，{h}。",
        "怎么办呢？{s}。｜没关系，{s}。｜{n}想了个主意，{s}。",
        "到了晚上，一家人{food}，说说笑笑。｜最后，大家坐在一起，{food}。｜天黑了，灯亮了，全家{food}。",
        """{n}问：“为什么{f}要这样过？”爷爷就讲起了从前的故事。｜{n}说：“要是天天都是{f}就好了。”
        那天的照片里，每个人都在笑。｜{n}觉得，一家人在一起，就是过节。""",
    )


_SHOPPING = {
    "酱油": (5, 8, "瓶"),
    "鸡蛋": (6, 9, "盒"),
    "豆腐": (2, 4, "块"),
    "青菜": (2, 5, "把"),
    "面条": (3, 6, "包"),
    "盐": (2, 3, "袋"),
    "牛奶": (3, 6, "盒"),
    "番茄": (3, 6, "袋"),
    "馒头": (2, 5, "袋"),
    "醋": (4, 7, "瓶"),
}


def purchase(rng: Random) -> str:
    """Sent to the shop with a list and a note; one thing is forgotten or too dear; the change is reckoned."""
    name = child(rng)
    things = rng.sample(list(_SHOPPING), 2)
    prices = [rng.randint(*_SHOPPING[thing][:2]) for thing in things]
    total = sum(prices)
    if total > 18:
        return purchase(rng)
    measure = [_SHOPPING[thing][2] for thing in things]
    left = 20 - total
    slots: dict[str, object] = {
        "n": name,
        "p": pronoun(name),
        "h": rng.choice(("妈妈", "奶奶", "爸爸", "外婆")),
        "a": f"一{measure[0]}{things[0]}",
        "b": f"一{measure[1]}{things[1]}",
        "ta": things[0],
        "tb": things[1],
        "pa": quantity(prices[0]),
        "pb": quantity(prices[1]),
        "sum": f"{number(prices[0])}加{number(prices[1])}等于{number(total)}",
        "t": quantity(total),
        "sub": f"二十减{number(total)}等于{number(left)}",
        "l": quantity(left),
        "shop": rng.choice(("街角的小店", "菜市场", "楼下的超市", "桥头的杂货店")),
        "who": rng.choice(("售货员阿姨", "店里的爷爷", "收钱的叔叔", "老板娘")),
    }
    return tell(
        rng,
        slots,
        """{h}给{n}二十元，让{p}去买{a}和{b}。｜{n}第一次一个人去买东西。{h}说：“买{a}、{b}，这是二十元。”
        家里没有{ta}和{tb}了，{h}叫{n}拿二十元去买。""",
        "路上，{n}一遍一遍地念：“{ta}、{tb}。”｜{n}怕忘了，把要买的写在手心上。｜{p}走得很快，钱捏在手里，都出汗了。",
        """到了{shop}，{p}拿了{a}，就往回走。走到半路，总觉得少了什么。啊，是{tb}！{p}又跑了回去。
        {shop}里人很多，{n}排在最后。有人想插队，{p}说：“请排队。”
        在{shop}，{p}先找到{ta}，{tb}却怎么也找不到，就去问{who}。
        半路上遇见一只小狗，{n}跟它玩了一会儿，差一点忘了要买什么。到了{shop}才想起来。""",
        """{ta}{pa}元，{tb}{pb}元，{sum}。
        {who}说：“{ta}{pa}元，{tb}{pb}元，一共多少？”{n}想了想：“{sum}，一共{t}元。”
        一个要{pa}元，一个要{pb}元，{p}算了算：{sum}。""",
        """{p}给了二十元，{sub}，找回{l}元。｜{who}收了二十元，找给{p}{l}元。{n}数了一遍，{sub}，没有错。
        “二十元，{sub}，找你{l}元。”{who}说。""",
        """回到家，{h}问：“都买到了吗？”{n}把东西和{l}元放在桌上，一样不少。｜{h}说：“钱也算得清清楚楚，你长大了。”
        {h}用剩下的钱奖励了{p}一颗糖。{p}说：“还是放进存钱罐吧。”｜晚饭的时候，{n}觉得菜特别香，因为{tb}是自己买的。""",
    )


TALES: dict[Tale, float] = {cooking: 3, right_tool: 3, growing: 3, surprise: 2, feast: 2, purchase: 3}
