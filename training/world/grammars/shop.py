"""Buying: prices within twenty, two things together, the change, whether the money is enough, a game of shops."""

from random import Random

from ..wording import draw, number, quantity, say
from .kinds import Act, Chat

# what things may cost in yuan, and their measure words
_PRICES = {
    "铅笔": (1, 3, "支"), "橡皮": (1, 3, "块"), "本子": (2, 5, "本"), "尺子": (1, 4, "把"), "苹果": (1, 3, "个"),
    "面包": (3, 8, "个"), "牛奶": (3, 6, "盒"), "冰棍": (1, 4, "根"), "气球": (1, 3, "个"), "包子": (1, 3, "个"),
    "玉米": (2, 5, "根"), "贺卡": (2, 6, "张"), "风筝": (8, 15, "只"), "故事书": (8, 16, "本"), "皮球": (5, 12, "个"),
    "糖葫芦": (3, 6, "串"), "豆浆": (2, 4, "杯"), "花": (2, 6, "朵"), "彩笔": (6, 12, "盒"), "胶水": (2, 5, "瓶"),
    "小旗": (1, 4, "面"), "跳绳": (5, 10, "根"), "手帕": (3, 7, "块"), "饼干": (4, 9, "包"), "水": (1, 3, "瓶"),
    "西瓜": (8, 16, "个"),
}  # fmt: skip


def priced(rng: Random) -> tuple[str, str, int]:
    thing, (low, high, measure) = rng.choice(list(_PRICES.items()))
    return thing, measure, rng.randint(low, high)


def shop(rng: Random) -> Chat:
    """One or two things, the price of both, the note paid with, the change."""
    thing, measure, price = priced(rng)
    other, other_measure, other_price = priced(rng)
    if thing == other or price + other_price > 20:
        return shop(rng)
    both = price + other_price
    a = f"一{measure}{thing}{quantity(price)}{rng.choice(('元', '块钱'))}"
    b = f"一{other_measure}{other}{quantity(other_price)}{rng.choice(('元', '块钱'))}"
    kind = rng.randrange(3)
    chat: Chat = []
    if kind == 0:
        notes = [note for note in (5, 10, 20) if note > price]
        note = rng.choice(notes)
        ask = say(
            rng,
            """{a}，我给了{n}元，[找回|应该找回|要找]多少钱？｜{a}，付{n}元，找几元？
            我买{a2}，付了{n}元，{p}，找回多少？｜{a}。我有{n}元，买了以后还剩多少？""",
            a=a,
            a2=f"一{measure}{thing}",
            p=a,
            n=quantity(note),
        )
        left = note - price
        reply = (
            "{n}减{p}等于{l}，找回{c}元。｜找回{c}元。｜应该找{c}元。｜{c}元。"
            if "剩" not in ask
            else "{n}减{p}等于{l}，还剩{c}元。｜还剩{c}元。｜剩下{c}元。"
        )
        chat.append((ask, say(rng, reply, n=number(note), p=number(price), l=number(left), c=quantity(left))))
        if left >= other_price and rng.random() < 0.5:
            ask = say(
                rng,
                "剩下的钱再买{b2}，{b}，还剩多少？｜再买{b2}呢？{b}。｜{b}，剩下的钱够吗？",
                b=b,
                b2=f"一{other_measure}{other}",
            )
            rest = left - other_price
            if "够" in ask:
                reply = (
                    "够，{l}元够付{o}元，还剩{r}元。｜够，买了还剩{r}元。｜够了。" if rest else "正好够。｜够，刚刚好。"
                )
            else:
                reply = (
                    "{x}减{y}等于{z}，还剩{r}元。｜还剩{r}元。｜剩下{r}元。"
                    if rest
                    else "正好用完。｜一元也不剩，正好用完。"
                )
            chat.append(
                (
                    ask,
                    say(
                        rng,
                        reply,
                        l=quantity(left),
                        o=quantity(other_price),
                        r=quantity(rest),
                        x=number(left),
                        y=number(other_price),
                        z=number(rest),
                    ),
                )
            )
    elif kind == 1:
        ask = say(
            rng,
            """{a}，{b}，一共多少钱？｜{a}，{b}，两样一起买要多少钱？｜我要买{t}和{o}，{a}，{b}，一共要付多少？
            {a}，{b}，都买要几元？""",
            a=a,
            b=b,
            t=thing,
            o=other,
        )
        chat.append(
            (
                ask,
                say(
                    rng,
                    "{p}加{q}等于{s}，一共{c}元。｜一共{c}元。｜要付{c}元。｜{c}元。",
                    p=number(price),
                    q=number(other_price),
                    s=number(both),
                    c=quantity(both),
                ),
            )
        )
        if both < 20 and rng.random() < 0.6:
            note = 10 if both < 10 and rng.random() < 0.6 else 20
            ask = say(
                rng,
                "我给{n}元，找多少？｜付{n}元呢，找回几元？｜我有{n}元，还剩多少？｜给了{n}元，要找回多少钱？",
                n=quantity(note),
            )
            left = note - both
            chat.append(
                (
                    ask,
                    say(
                        rng,
                        "{n}减{b}等于{l}，{v}{c}元。｜{v}{c}元。｜{c}元。",
                        n=number(note),
                        b=number(both),
                        l=number(left),
                        c=quantity(left),
                        v="还剩" if "剩" in ask else "找回",
                    ),
                )
            )
    else:
        money = rng.randint(1, 15)
        ask = say(
            rng,
            """{a}，我有{m}元，够吗？｜我只有{m}元，{a}，买得起吗？｜{a}，带{m}元够不够？
            我带了{m}元，想买{a2}，{a}，钱够吗？""",
            a=a,
            a2=f"一{measure}{thing}",
            m=quantity(money),
        )
        if money > price:
            reply = say(
                rng,
                "够，还能剩{l}元。｜够了，{m}减{p}等于{l2}，还剩{l}元。｜够。",
                l=quantity(money - price),
                m=number(money),
                p=number(price),
                l2=number(money - price),
            )
        elif money == price:
            reply = draw(rng, "够，正好。｜刚刚好，正好够。｜够，一元也不剩。")
        else:
            reply = say(
                rng,
                "不够，还差{l}元。｜不够，{p}减{m}等于{l2}，还差{l}元。｜还差{l}元，不够。",
                l=quantity(price - money),
                m=number(money),
                p=number(price),
                l2=number(price - money),
            )
        chat.append((ask, reply))
    if rng.random() < 0.2:
        chat.append(
            (
                say(rng, "{t}多少钱？｜{t}是几元来着？｜刚才说{t}要几元？", t=thing),
                say(rng, "一{m}{t}{p}元。｜{p}元。｜{t}{p}元。", m=measure, t=thing, p=quantity(price)),
            )
        )
    return chat


def counter(rng: Random) -> Chat:
    """At the counter: the model keeps the shop."""
    thing, measure, price = priced(rng)
    many = rng.choice((1, 2, 3))
    total = price * many
    if total > 20:
        return counter(rng)
    opening = say(
        rng, "你好，我想买{t}。｜老板，有{t}吗？｜我们来玩买东西吧，你当老板。我要买{t}。｜请问{t}怎么卖？", t=thing
    )
    chat = [
        (
            opening,
            say(
                rng,
                "有，一{m}{t}{p}元，你要几{m}？｜{t}一{m}{p}元，您要几{m}？｜好的，一{m}{p}元。要几{m}？",
                m=measure,
                t=thing,
                p=quantity(price),
            ),
        )
    ]
    many_ask = say(rng, "我要{c}。｜来{c}。｜买{c}。｜给我{c}。", c=quantity(many, measure))
    chat.append(
        (
            many_ask,
            say(
                rng,
                "好的，{c}一共{s}元。｜{c}，{s}元。｜一共{s}元，谢谢。",
                c=quantity(many, measure),
                s=quantity(total),
            ),
        )
    )
    if total < 20 and rng.random() < 0.7:
        note = next(note for note in (5, 10, 20) if note > total)
        left = quantity(note - total)
        chat.append(
            (
                say(rng, "给你{n}元。｜这是{n}元。｜我给{n}元。", n=quantity(note)),
                say(
                    rng, "收您{n}元，找您{l}元。｜找你{l}元，慢走。｜这是找你的{l}元，再见。", n=quantity(note), l=left
                ),
            )
        )
    return chat


ACTS: dict[Act, float] = {shop: 5, counter: 2}
