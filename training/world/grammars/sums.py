"""Numbers to twenty: sums, chains of them with the steps said aloud, the order of numbers, counting on.

All results are computed. A question may have its numbers as words or as figures; the answer keeps to the same.
"""

from collections.abc import Callable
from random import Random

from ..wording import asked, claimed, confirmed, corrected, draw, number, say
from .kinds import Act, Chat, Tale

Write = Callable[[int], str]


def writing(rng: Random) -> Write:
    """How numbers are written in one conversation."""
    return str if rng.random() < 0.25 else number


def pair(rng: Random, plus: bool) -> tuple[int, int, int]:
    """Two numbers and their sum or difference, all from 0 to 20, small ones as often as large ones."""
    top = rng.choice((5, 10, 10, 20, 20, 20))
    while True:
        a, b = rng.randint(0 if rng.random() < 0.05 else 1, top), rng.randint(1, top)
        c = a + b if plus else a - b
        if 0 <= c <= 20:
            return a, b, c


def steps(a: int, b: int, plus: bool, w: Write) -> str:
    """How one gets over ten: first to ten, then the rest; empty where there is nothing to cross."""
    if plus and a < 10 and b < 10 and a + b > 10:
        part = 10 - a
        return f"{w(a)}加{w(part)}是{w(10)}，再加{w(b - part)}是{w(a + b)}"
    if not plus and a > 10 and a - b < 10 and b < 10 and a != 20:
        part = a - 10
        return f"{w(a)}减{w(part)}是{w(10)}，再减{w(b - part)}是{w(a - b)}"
    return ""


_WH = """{a}{o}{b}等于几｜{a}{o}{b}等于多少｜{a}{o}{b}是多少｜{a}{o}{b}是几｜{a}{o}{b}得几｜{a}{o}{b}得多少
{a}{o}{b}怎么算
{a}{o}上{b}等于几｜{a}{o}{b}的答案是多少｜算一算{a}{o}{b}是几"""
_WH_PLUS = "{a}和{b}加起来是多少｜{a}和{b}的和是多少｜{a}再加{b}是几｜{a}跟{b}一共是多少｜把{a}和{b}加在一起是多少"
_WH_MINUS = "{a}减去{b}等于几｜{a}减掉{b}是多少｜从{a}里去掉{b}还剩几｜{a}比{b}多几｜{a}和{b}相差几｜{a}拿走{b}剩几"
_IS = "{a}{o}{b}等于{c}。｜{a}{o}{b}等于{c}。｜{a}{o}{b}等于{c}。｜等于{c}。｜{a}{o}{b}是{c}。｜是{c}。"


def sum_turn(rng: Random, a: int, b: int, plus: bool, w: Write) -> tuple[str, str]:
    op = "加" if plus else "减"
    cores = _WH.replace("{o}上", "加上" if plus else "减去")
    if rng.random() < 0.3:
        cores = _WH_PLUS if plus else _WH_MINUS
    if w is str and rng.random() < 0.4:
        sign = "+" if plus else "-"
        question = say(rng, "{a}{s}{b}=？｜{a}{s}{b}等于几？｜{a}{s}{b}是多少？｜算一算：{a}{s}{b}", a=a, b=b, s=sign)
    else:
        question = asked(rng, say(rng, cores, a=w(a), b=w(b), o=op))
    c = a + b if plus else a - b
    result = say(rng, _IS, a=w(a), b=w(b), c=w(c), o=op)
    way = steps(a, b, plus, w)
    if way and ("怎么算" in question or rng.random() < 0.3):
        result = say(rng, "{s}。｜{s}，所以{a}{o}{b}等于{c}。｜{s}，等于{c}。", s=way, a=w(a), b=w(b), o=op, c=w(c))
    return question, result


def chain(rng: Random) -> Chat:
    """A sum, then more steps on its result: 再加三呢; the answer names the number that it starts from."""
    w = writing(rng)
    plus = rng.random() < 0.6
    a, b, value = pair(rng, plus)
    chat = [sum_turn(rng, a, b, plus, w)]
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3))):
        plus = rng.random() < 0.55
        room = 20 - value if plus else value
        if not room:
            continue
        d = rng.randint(1, min(room, 10))
        op = "加" if plus else "减"
        ask = say(
            rng,
            """再{o}{d}呢？｜那再{o}{d}呢？｜再{o}{d}是多少？｜然后再{o}{d}呢？｜再{o}{d}等于几？｜如果再{o}{d}呢？
            接着{o}{d}呢？
            {x}{d}呢？｜把答案再{o}{d}呢？｜得数再{o}{d}是几？｜还要{o}{d}，是多少？""",
            o=op,
            d=w(d),
            x="再加上" if plus else "再减去",
        )
        new = value + d if plus else value - d
        reply = """{v}{o}{d}等于{n}。｜{v}{o}{d}等于{n}。｜{v}再{o}{d}，等于{n}。｜{v}{o}{d}是{n}。
        刚才是{v}，{v}{o}{d}等于{n}。"""
        chat.append((ask, say(rng, reply, v=w(value), o=op, d=w(d), n=w(new))))
        value = new
    return chat


def long_sum(rng: Random) -> Chat:
    """Three numbers at once, with the steps said."""
    w = writing(rng)
    a, b, first = pair(rng, rng.random() < 0.6)
    one = "加" if first == a + b else "减"
    plus = rng.random() < 0.5
    room = 20 - first if plus else first
    if not room or b == 0:
        return long_sum(rng)
    c = rng.randint(1, min(room, 10))
    two, value = ("加", first + c) if plus else ("减", first - c)
    core = """{a}{o}{b}{p}{c}等于几｜{a}{o}{b}{p}{c}是多少｜{a}先{o}{b}，再{p}{c}，得几｜{a}{o}{b}，再{p}{c}，等于多少
    {a}{o}{b}再{p}{c}是几"""
    said = {"a": w(a), "b": w(b), "c": w(c), "o": one, "p": two, "f": w(first), "v": w(value)}
    reply = """{a}{o}{b}等于{f}，{f}{p}{c}等于{v}。｜先算{a}{o}{b}，是{f}，再{p}{c}，是{v}。
    {a}{o}{b}是{f}，{f}再{p}{c}是{v}。
    先{o}得{f}，再{p}得{v}，等于{v}。"""
    return [(asked(rng, say(rng, core, **said)), say(rng, reply, **said))]


def claim(rng: Random) -> Chat:
    """Is it true that …? A wrong sum is put right."""
    w = writing(rng)
    plus = rng.random() < 0.6
    a, b, c = pair(rng, plus)
    op = "加" if plus else "减"
    right = rng.random() < 0.4
    told = c if right else rng.choice([n for n in (c - 2, c - 1, c + 1, c + 2, c + 10) if 0 <= n <= 20 and n != c])
    ask = claimed(rng, say(rng, "{a}{o}{b}等于{t}｜{a}{o}{b}是{t}｜{a}{o}{b}得{t}", a=w(a), b=w(b), t=w(told), o=op))
    truth = f"{w(a)}{op}{w(b)}等于{w(c)}"
    return [(ask, confirmed(rng, truth) if right else corrected(rng, truth, f"不是{w(told)}"))]


def missing(rng: Random) -> Chat:
    """How much must be added to get there?"""
    w = writing(rng)
    plus = rng.random() < 0.6
    a, b, c = pair(rng, plus)
    op = "加" if plus else "减"
    core = "{a}{o}几等于{c}｜{a}{o}多少等于{c}｜{a}{o}几得{c}｜{a}要{o}多少才是{c}"
    reply = "{b}。｜{a}{o}{b}等于{c}。｜是{b}，{a}{o}{b}等于{c}。｜{o}{b}，因为{a}{o}{b}等于{c}。"
    return [(asked(rng, say(rng, core, a=w(a), c=w(c), o=op)), say(rng, reply, a=w(a), b=w(b), c=w(c), o=op))]


def compare(rng: Random) -> Chat:
    """Which is larger, by how much; the largest of three."""
    w = writing(rng)
    numbers = rng.sample(range(21), rng.choice((2, 2, 3)))
    large = rng.random() < 0.6
    word = "大" if large else "小"
    right = max(numbers) if large else min(numbers)
    if len(numbers) == 2:
        a, b = numbers
        core = "{a}和{b}哪个{w}｜{a}和{b}谁更{w}｜{a}{w}还是{b}{w}｜{a}跟{b}比，哪个{w}｜{a}、{b}，{w}的是哪一个"
        other = b if right == a else a
        chat = [
            (
                asked(rng, say(rng, core, a=w(a), b=w(b), w=word)),
                say(rng, "{r}{w}。｜{r}比{o}{w}。｜{r}更{w}。", r=w(right), o=w(other), w=word),
            )
        ]
        if rng.random() < 0.5:
            ask = say(rng, "{w}多少？｜差多少？｜它们相差几？｜{x}几？", w=word, x="大" if large else "小")
            gap = w(abs(a - b))
            chat.append((ask, say(rng, "{r}比{o}{w}{g}。｜{w}{g}。｜相差{g}。", r=w(right), o=w(other), w=word, g=gap)))
        return chat
    listing = "、".join(map(w, numbers))
    core = "{l}，最{w}的是几｜{l}里面哪个最{w}｜{l}，哪个数最{w}｜{l}，最{w}的数是哪个"
    chat = [
        (
            asked(rng, say(rng, core, l=listing, w=word)),
            say(rng, "最{w}的是{r}。｜{r}最{w}。｜是{r}。", r=w(right), w=word),
        )
    ]
    if rng.random() < 0.6:
        ordered = sorted(numbers)
        down = rng.random() < 0.4
        ask = "从大到小排一排呢？" if down else "从小到大排一排呢？"
        ask = rng.choice((ask, ask.replace("排一排呢", "怎么排"), "那" + ask))
        chat.append((ask, "、".join(map(w, ordered[::-1] if down else ordered)) + "。"))
    return chat


def neighbours(rng: Random) -> Chat:
    """What comes before and after a number, what lies between two."""
    w = writing(rng)
    n = rng.randint(1, 19)
    kind = rng.randrange(4)
    odd, even = rng.choice((("单数", "双数"), ("奇数", "偶数")))
    if kind == 0:
        chat = [
            (
                asked(
                    rng,
                    say(
                        rng, "{n}后面是几｜{n}的后面一个数是几｜数完{n}数几｜比{n}多一的数是几｜{n}再数一个是几", n=w(n)
                    ),
                ),
                say(rng, "{n}后面是{m}。｜是{m}。｜{m}。", n=w(n), m=w(n + 1)),
            )
        ]
    elif kind == 1:
        chat = [
            (
                asked(
                    rng, say(rng, "{n}前面是几｜{n}的前面一个数是几｜比{n}少一的数是几｜倒着数，{n}后面是几", n=w(n))
                ),
                say(rng, "是{m}。｜{m}。｜比{n}少一的是{m}。", n=w(n), m=w(n - 1)),
            )
        ]
    elif kind == 2:
        core = "{a}和{b}中间是几｜{a}和{b}之间是哪个数｜在{a}和{b}中间的数是几｜比{a}大、比{b}小的数是几"
        chat = [
            (
                asked(rng, say(rng, core, a=w(n - 1), b=w(n + 1))),
                say(rng, "{a}和{b}中间是{n}。｜是{n}。｜{n}。", a=w(n - 1), b=w(n + 1), n=w(n)),
            )
        ]
    else:
        core = "{n}是{a}还是{b}｜{n}是{b}还是{a}｜{n}是哪一种数，{a}还是{b}｜说说{n}是{a}还是{b}"
        question = asked(rng, say(rng, core, n=w(n), a=odd, b=even))
        chat = [(question, say(rng, "{n}是{k}。｜是{k}。｜{k}。", n=w(n), k=odd if n % 2 else even))]
    if kind != 2 and rng.random() < 0.35:
        m = rng.choice([m for m in range(1, 20) if m != n])
        said = {0: w(m + 1), 1: w(m - 1), 3: odd if m % 2 else even}[kind]
        form = {0: "{m}后面是{s}。｜是{s}。", 1: "比{m}少一的是{s}。｜是{s}。", 3: "{m}是{s}。｜是{s}。"}[kind]
        chat.append((say(rng, "那{m}呢？｜{m}呢？｜换成{m}呢？", m=w(m)), say(rng, form, m=w(m), s=said)))
    return chat


def count_on(rng: Random) -> Chat:
    """Counting: from here to there, backwards, by twos, by fives."""
    w = writing(rng)
    step = rng.choice((1, 1, 1, 2, 5))
    length = rng.choice((4, 5, 6, 8, 10)) if step < 5 else 4
    start = rng.randint(1, max(1, 20 - step * (length - 1))) if step < 5 else 5
    numbers = [n for n in range(start, 21, step)][:length]
    back = rng.random() < 0.3
    if back:
        numbers = numbers[::-1]
    by = {1: "", 2: "两个两个地", 5: "五个五个地"}[step]
    core = say(
        rng,
        """从{a}{b}数到{z}。｜{b}从{a}数到{z}，怎么数？｜请你从{a}{b}数到{z}。｜你会从{a}{b}数到{z}吗？
        从{a}{x}，{b}数到{z}。
        数数看，从{a}{b}到{z}。""",
        a=w(numbers[0]),
        z=w(numbers[-1]),
        b=by,
        x="倒着数" if back else "开始",
    )
    chat = [(core, "，".join(map(w, numbers)) + "。")]
    after = numbers[-1] + (-step if back else step)
    if 0 <= after <= 20 and rng.random() < 0.4:
        chat.append(
            (
                draw(rng, "接着是几？｜再数一个呢？｜下一个呢？｜后面是几？"),
                say(rng, "是{n}。｜接着是{n}。｜{n}。", n=w(after)),
            )
        )
    return chat


def pattern(rng: Random) -> Chat:
    """What follows in a row of numbers."""
    w = writing(rng)
    step = rng.choice((1, 2, 2, 3, 5, -1, -2, -3))
    start = (
        rng.randint(1, 20 - 4 * step)
        if step > 0 and 20 - 4 * step >= 1
        else rng.randint(1 - 4 * step, 20)
        if step < 0
        else 1
    )
    row = [start + i * step for i in range(5)]
    if max(row) > 25 or min(row) < 0:
        return pattern(rng)
    core = "{l}，后面是几｜{l}，下一个数是几｜{l}，接着该写几｜找规律，{l}，下一个是多少｜{l}，再往下是几"
    change = f"每次{'多' if step > 0 else '少'}{w(abs(step))}"
    reply = "是{n}。｜{n}，{c}。｜后面是{n}，因为{c}。｜{c}，所以是{n}。"
    ask = asked(rng, say(rng, core, l="、".join(map(w, row[:4]))))
    return [(ask, say(rng, reply, n=w(row[4]), c=change))]


def sum_text(rng: Random) -> str:
    """A child reckons aloud."""
    parts = []
    for _ in range(rng.choice((3, 4, 5))):
        plus = rng.random() < 0.6
        a, b, c = pair(rng, plus)
        way = steps(a, b, plus, number)
        op = "加" if plus else "减"
        parts.append(way if way and rng.random() < 0.6 else f"{number(a)}{op}{number(b)}等于{number(c)}")
    opening = draw(
        rng,
        """黑板上写着几道题。｜小朋友一边走一边算：｜老师出题，大家一起答：｜奶奶剥着豆子，我在旁边算：
        睡觉以前，爸爸考我几道题：
        今天的口算题是这样的：｜两个人对着算，看谁快：｜练习本上整整齐齐地写着：""",
    )
    return opening + "；".join(parts) + "。"


ACTS: dict[Act, float] = {
    chain: 8,
    long_sum: 3,
    claim: 2,
    missing: 2,
    compare: 3,
    neighbours: 3,
    count_on: 2,
    pattern: 1,
}
TALES: dict[Tale, float] = {sum_text: 1}
