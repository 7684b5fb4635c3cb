"""Feelings: told, with their cause, and answered; guessed from what happened; in a small scene."""

from random import Random

from ..tables import Row, table
from ..wording import asked, draw, say
from .cast import child, children, elder, teacher
from .kinds import Act, Chat, Tale

_ROWS = table("feelings")
_COMPLAIN = {
    "高兴": "我今天很高兴。｜我好开心！｜今天真高兴。｜我高兴极了！｜你猜我为什么这么开心？｜我心情特别好。",
    "骄傲": "我今天特别骄傲。｜我觉得自己真棒！｜告诉你一件得意的事。｜我心里很得意。",
    "激动": "我好激动！｜我激动得睡不着。｜我的心跳得好快。｜我有点坐不住了。",
    "感动": "我今天很感动。｜我心里暖暖的。｜我差一点就哭了，是高兴的。",
    "放心": "我终于放心了。｜我松了一口气。｜现在我不担心了。",
    "难过": "我今天很难过。｜我心里难受。｜我好难过，想哭。｜我一点也不开心。｜我心情不好。｜今天真不高兴。",
    "伤心": "我很伤心。｜我伤心得吃不下饭。｜我哭了。｜我心里酸酸的。",
    "生气": "我很生气！｜气死我了。｜我现在一肚子气。｜我不想理他了。｜我生气得不想说话。",
    "害怕": "我害怕。｜我有点怕。｜我好害怕啊。｜我吓坏了。｜我不敢动。",
    "紧张": "我好紧张。｜我紧张得手心出汗。｜我心里怦怦跳。｜我有点紧张，怎么办？",
    "着急": "我好着急。｜急死我了。｜怎么办，我急得要哭了。｜我急得满头大汗。",
    "害羞": "我很害羞。｜我不好意思。｜我一说话脸就红。",
    "后悔": "我很后悔。｜我做错了一件事。｜我真不该那样做。",
    "孤单": "我觉得很孤单。｜我一个人，好没意思。｜没有人陪我。",
    "失望": "我好失望。｜真扫兴。｜我白白盼了那么久。",
    "委屈": "我好委屈。｜我觉得不公平。｜没有人相信我。",
    "累": "我好累。｜我累坏了。｜我一点力气也没有了。",
    "无聊": "我好无聊。｜真没意思。｜我不知道做什么好。",
}
_HEARD_BAD = """怎么了？｜怎么了？愿意跟我说说吗？｜发生什么事了？｜出了什么事？｜别急，慢慢说给我听。
是什么事让你这样？
我在听，你说吧。｜能告诉我为什么吗？"""
_HEARD_GOOD = "是吗？有什么好事？｜真好！发生什么事了？｜快说给我听听。｜什么事这么高兴？｜真为你高兴，是为了什么？"


def told(rng: Random) -> Chat:
    """A feeling, then its cause, then what to do; or all at once."""
    row = rng.choice(_ROWS)
    good = row["good"] == "1"
    comfort = say(
        rng,
        "{c}。{a}。｜{c}，{a}。｜{c}。｜{c}，{a}，好吗？" if "可以" not in row["advice"] else "{c}。{a}。｜{c}，{a}。",
        c=row["comfort"],
        a=row["advice"],
    )
    feeling = draw(rng, _COMPLAIN[row["feeling"]])
    style = rng.random()
    if style < 0.45:
        chat = [
            (feeling, draw(rng, _HEARD_GOOD if good else _HEARD_BAD)),
            (row["cause"] + rng.choice("。。！"), comfort),
        ]
    elif style < 0.8:
        chat = [
            (
                say(
                    rng,
                    "{c}，我{f}。｜{c}。｜{c}，我[真的|好|很]{f}。｜因为{c}，我{f}。｜{c}，心里很{f}。",
                    c=row["cause"],
                    f=row["feeling"],
                ),
                comfort,
            )
        ]
    else:
        chat = [(f"{feeling}{row['cause']}。", comfort)]
    if rng.random() < 0.35:
        if row["advice"] in comfort:
            on = draw(
                rng, "好的，我试试。｜谢谢你，我好一点了。｜我知道了，谢谢。｜嗯，我去做。｜听你这么说，我好多了。"
            )
            reply = draw(
                rng,
                "不客气，[希望你开心|祝你开心]。｜试过以后，再来告诉我吧。｜那就好。｜你真棒。｜别客气，我随时都在。",
            )
        else:
            on = draw(rng, "那我该怎么办？｜我可以做什么？｜你有什么好办法？｜我要怎么做？｜那怎么办呢？")
            reply = say(
                rng,
                "{a}。｜{a}，试试看。" if "可以" in row["advice"] else "{a}。｜{a}，好吗？｜试一试：{a}。",
                a=row["advice"],
            )
        chat.append((on, reply))
    elif rng.random() < 0.2 and row["feeling"] not in ("累", "无聊"):
        ask = draw(rng, "你还记得我为什么这样吗？｜我刚才说了什么事？｜你知道我怎么了吗？")
        chat.append((ask, say(rng, "你说{c}。｜记得，你说{c}。｜因为{c}。", c=row["cause"].replace("我", "你"))))
    return chat


_SHORT = {
    "高兴": "高兴", "骄傲": "高兴", "激动": "激动", "感动": "感动", "难过": "难过", "伤心": "伤心", "生气": "生气",
    "害怕": "害怕", "紧张": "紧张", "着急": "着急", "后悔": "后悔", "孤单": "孤单", "失望": "失望", "委屈": "委屈",
    "累": "累", "无聊": "无聊",
}  # fmt: skip


def guess(rng: Random) -> Chat:
    """How does she feel? From the cause; then what to do for her."""
    row = rng.choice([row for row in _ROWS if row["feeling"] in _SHORT])
    name = child(rng)
    cause = row["cause_of"].format(p=name)
    if name not in cause:
        cause = f"{name}家里，{cause}" if cause[0] in "外房家奶爷爸妈老哥弟" else f"{name}遇到一件事：{cause}"
    core = """{c}，{n}心里怎么样｜{c}，你猜{n}[会有什么感觉|是什么心情]｜{c}，{n}会怎么样｜{c}，{n}高兴还是难过
    {c}，{n}的心情怎么样｜{c}，{n}会觉得怎么样"""
    feeling = _SHORT[row["feeling"]]
    reply = "{n}会[很|]{f}。｜{n}一定很{f}。｜{n}很{f}，因为{c}。｜会很{f}。"
    chat = [(asked(rng, say(rng, core, c=cause, n=name)), say(rng, reply, n=name, f=feeling, c=cause))]
    if rng.random() < 0.5:
        ask = say(
            rng,
            "我能对{n}说什么？｜我怎么[安慰|对]{n}？｜我该跟{n}说什么？"
            if row["good"] == "0"
            else "我能对{n}说什么？｜我该跟{n}说什么？",
            n=name,
        )
        said = row["comfort"].replace("你们", "大家")
        chat.append(
            (
                ask.replace("我怎么对", "我怎么安慰"),
                say(rng, "可以说：“{s}。”｜你可以对{n}说：“{s}。”｜说一句“{s}”就好。", s=said, n=name),
            )
        )
    return chat


_FACES = (
    ("嘴角往上翘，眼睛弯弯的", "高兴"), ("眼泪一滴一滴掉下来", "难过"), ("眉头皱着，脸红红的，攥着拳头", "生气"),
    ("躲在妈妈身后，身子发抖", "害怕"), ("走来走去，不停地看钟", "着急"), ("低着头，脸红红的，声音很小", "害羞"),
    ("跳起来拍手", "高兴"), ("手心出汗，心怦怦跳", "紧张"), ("眼睛睁得大大的，嘴巴张开", "吃惊"),
    ("打着哈欠，眼睛都睁不开", "困"), ("嘴巴撅得高高的", "不高兴"), ("抱着东西大哭", "伤心"),
    ("坐着叹气，什么也不想做", "无聊"),
)  # fmt: skip


def face(rng: Random) -> Chat:
    look, feeling = rng.choice(_FACES)
    name = child(rng)
    core = """{n}{l}，他怎么了｜{n}{l}，这是什么心情｜看到{n}{l}，你觉得他怎么了｜{n}{l}，他高兴吗，还是别的
    {n}{l}，他是什么感觉"""
    return [
        (
            asked(rng, say(rng, core, n=name, l=look)),
            say(rng, "{n}[很{f}|{f}了]。｜他{f}了。｜{n}看上去很{f}。", n=name, f=feeling),
        )
    ]


_WORDS = (
    ("高兴的时候，人会做什么", "高兴的时候，人会笑，也会拍手"),
    ("难过的时候可以做什么", "难过的时候，可以跟家里人说一说，也可以哭一哭"),
    ("生气的时候怎么办", "先深深吸一口气，数到十，再好好说"),
    ("害怕的时候找谁", "害怕的时候，可以找爸爸妈妈"),
    ("紧张的时候怎么办", "慢慢吸气，慢慢呼气，心就不那么跳了"),
    ("朋友哭了，我能做什么", "可以坐在他身边，问他怎么了，递给他一张纸巾"),
    ("别人帮了我，我应该说什么", "应该说谢谢"),
    ("做错了事应该怎么办", "应该说对不起，再想办法补救"),
    ("人为什么会哭", "难过、疼，或者很感动的时候，人都会哭"),
    ("男孩可以哭吗", "可以，谁难过了都可以哭"),
    ("怎样才能交到好朋友", "对别人好，愿意分享，也愿意听别人说话"),
    ("和朋友吵架了怎么办", "等不生气了，先去说一句对不起"),
    ("嫉妒别人怎么办", "想想自己也有的本领，再向他学一学"),
    ("想妈妈了怎么办", "可以给妈妈打个电话，或者看看她的照片"),
    ("睡不着怎么办", "闭上眼睛，慢慢吸气，想一件高兴的事"),
    ("有人欺负我怎么办", "马上离开，去告诉老师和爸爸妈妈"),
)


def advice(rng: Random) -> Chat:
    core, truth = rng.choice(_WORDS)
    chat = [(asked(rng, core), truth + "。")]
    if rng.random() < 0.3:
        chat.append(
            (
                draw(rng, "这样有用吗？｜真的有用吗？｜会好一点吗？"),
                draw(rng, "[多半|很多人觉得]有用，你可以试试。｜会好一点的。｜试一试就知道了。"),
            )
        )
    return chat


def scene(rng: Random) -> str:
    """Something happens, somebody notices, a word, and what is done."""
    row: Row = rng.choice(_ROWS)
    a, b = children(rng, 2)
    good = row["good"] == "1"
    cause = row["cause_of"].format(p=a)
    noticing = rng.choice((b, elder(rng), teacher(rng)))
    opening = say(
        rng,
        "{c}。{a}心里很{f}。｜今天，{c}，{a}很{f}。｜{a}很{f}，因为{c}。｜{c}，{a}又是{f}，又不知道跟谁说。",
        c=cause,
        a=a,
        f=row["feeling"],
    )
    seen = say(
        rng,
        """{n}看见他一个人坐着，走过来问：“你怎么了？”｜{n}看出来了，轻轻地问：“有什么心事吗？”
        他低着头不说话。{n}在他身边坐下来。｜{n}问他为什么不去玩，他就把事情说了一遍。"""
        if not good
        else """{n}看见他笑眯眯的，问：“什么事这么高兴？”｜他跑去告诉{n}。｜{n}听了，也跟着笑起来。
        他忍不住把这件事说给{n}听。""",
        n=noticing,
    )
    word = say(
        rng,
        "{n}想了想，说：“{c}。{a}。”｜{n}说：“{c}，{a}。”｜“{c}。{a}。”{n}说。｜“{c}。”{n}又说：“{a}。”",
        n=noticing,
        c=row["comfort"],
        a=row["advice"],
    )
    done = say(
        rng,
        """{a}照着做了，心里[慢慢|果然]好受多了。｜{a}擦擦眼睛，点了点头。第二天，他又有说有笑了。
        {a}听了，长长地出了一口气。｜过了一会儿，{a}笑了：“我现在好多了，谢谢你。”"""
        if not good
        else "{a}用力点点头。｜两个人一起笑了。｜{a}说：“我要把今天记在日记里。”｜那天晚上，{a}睡得特别香。",
        a=a,
    )
    return opening + seen + word + done


ACTS: dict[Act, float] = {told: 6, guess: 3, face: 2, advice: 2}
TALES: dict[Tale, float] = {scene: 1}
