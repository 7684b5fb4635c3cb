"""Plain facts in series: one question about many things, so that the next question may leave out what stays the same.

A row of facts/series.tsv is a question with a gap {x}, its answer {y} for each x, and where it makes sense the question
the other way round. 猫吃什么？ – 那牛呢？ leaves out what is asked, 它会飞吗？ whom, 什么动物会酿蜜？ turns it round.
"""

from collections import defaultdict
from functools import cache
from random import Random
from typing import NamedTuple

from ..tables import table
from ..wording import alternatives, asked, asked_on, say
from .kinds import Act, Chat, Tale, Turn


class Series(NamedTuple):
    topic: str
    pronoun: str  # what stands for x once it was named; "-": each question is asked in full
    asks: str
    says: str
    back: str  # the question for x, given y
    back_says: str
    items: list[tuple[str, str]]


@cache
def all_series() -> list[Series]:
    return [
        Series(**{**row, "items": [tuple(item.split("=")) for item in row["items"].split()]})  # type: ignore[arg-type]
        for row in table("series")
    ]


@cache
def by_topic() -> dict[str, list[Series]]:
    topics: dict[str, list[Series]] = defaultdict(list)
    for series in all_series():
        topics[series.topic].append(series)
    return topics


@cache
def by_thing() -> dict[str, list[tuple[Series, str]]]:
    """Things with a pronoun that several series say something of."""
    things: dict[str, list[tuple[Series, str]]] = defaultdict(list)
    for series in all_series():
        for x, y in series.items if series.pronoun not in ("", "-") else ():
            things[x].append((series, y))
    return {x: rows for x, rows in things.items() if len(rows) > 1}


def some_series(rng: Random) -> Series:
    """Every topic as often as any other; in it, a series as often as it has things."""
    rows = by_topic()[rng.choice(list(by_topic()))]
    return rng.choices(rows, [len(row.items) for row in rows])[0]


def statement(rng: Random, series: Series, x: str, y: str) -> str:
    """Mostly the whole sentence, which says again what it is about."""
    says = alternatives(series.says)
    return (says[0] if rng.random() < 0.6 else rng.choice(says)).format(x=x, y=y) + "。"


def plain(rng: Random, core: str) -> str:
    """The bare question as often as one in a frame."""
    return core + "？" if rng.random() < 0.5 else asked(rng, core)


def first(rng: Random, series: Series, x: str, y: str) -> Turn:
    return plain(rng, say(rng, series.asks, x=x)), statement(rng, series, x, y)


_OTHER = "那{x}呢？｜那{x}呢？｜{x}呢？｜{x}呢？｜那么{x}呢？｜还有{x}呢？｜要是{x}呢？"


def other(rng: Random, x: str) -> str:
    return say(rng, _OTHER, x=x)


def turned(rng: Random, series: Series, x: str, y: str, later: bool) -> Turn:
    """The question the other way round."""
    core = say(rng, series.back, y=y)
    ask = rng.choice(("那" + core + "？", core + "？")) if later else plain(rng, core)
    reply = (
        say(rng, series.back_says, x=x, y=y) if rng.random() < 0.5 else alternatives(series.says)[0].format(x=x, y=y)
    )
    return ask, reply + "。"


def along(rng: Random, series: Series, count: int) -> Chat:
    """One question about several things; after the first only the thing is named."""
    items = rng.sample(series.items, min(count, len(series.items)))
    chat = [first(rng, series, *items[0])]
    for x, y in items[1:]:
        full = series.pronoun == "-" or rng.random() < 0.15
        chat.append(first(rng, series, x, y) if full else (other(rng, x), statement(rng, series, x, y)))
    if series.back and rng.random() < 0.25:
        chat.append(turned(rng, series, *rng.choice(series.items), later=True))
    return chat


def one(rng: Random) -> Chat:
    """A single fact, either way round."""
    series = some_series(rng)
    x, y = rng.choice(series.items)
    if series.back and rng.random() < 0.35:
        return [turned(rng, series, x, y, later=False)]
    return [first(rng, series, x, y)]


def several(rng: Random) -> Chat:
    return along(rng, some_series(rng), rng.choice((2, 2, 3, 3, 4)))


def there_and_back(rng: Random) -> Chat:
    """Two things, and the first once more: a chat has to be read, not only its last line."""
    series = some_series(rng)
    if series.pronoun == "-" or len(series.items) < 2:
        return several(rng)
    (x, y), (u, v) = rng.sample(series.items, 2)
    chat = [first(rng, series, x, y), (other(rng, u), statement(rng, series, u, v))]
    ask = say(rng, "刚才说{x}怎么样来着？｜再说一遍{x}的。｜{x}呢，我忘了。｜那{x}呢，再说一次。", x=x)
    return [*chat, (ask, statement(rng, series, x, y))]


def unrelated(rng: Random) -> Chat:
    """Two subjects one after the other, each asked on: what is left out belongs to the later one."""
    return along(rng, some_series(rng), rng.choice((1, 1, 2))) + along(rng, some_series(rng), 2)


_NAMED = """我[今天|昨天|刚才]看见了{x}。｜我[很|]喜欢{x}。｜我们来说说{x}吧。｜我想问问{x}的事。｜书上写着{x}。
老师今天讲了{x}。｜我在想{x}。"""
_HEARD = "好啊，你想知道什么？｜{x}很有意思，你想问什么？｜好的，问吧。｜你想知道{x}的什么？｜我也想说说{x}。"


def about_it(rng: Random) -> Chat:
    """One thing named once, by a question or a sentence; then only 它."""
    x = rng.choice(list(by_thing()))
    rows = rng.sample(by_thing()[x], min(rng.choice((2, 2, 3)), len(by_thing()[x])))
    chat: Chat = []
    if rng.random() < 0.3:
        chat.append((say(rng, _NAMED, x=x), say(rng, _HEARD, x=x)))
    for series, y in rows:
        if not chat:
            chat.append(first(rng, series, x, y))
            continue
        core = say(rng, series.asks, x="" if rng.random() < 0.2 else series.pronoun)
        core = series.pronoun + core if core.startswith("的") else core
        chat.append((asked_on(rng, core), statement(rng, series, x, y)))
    if rng.random() < 0.25:
        new, value = rng.choice(series.items)
        chat.append((other(rng, new), statement(rng, series, new, value)))
    return chat


_SO = """{f}，[是吗|对吗]？｜{f}，是真的吗？｜我听说{f}。｜老师说{f}。｜我发现{f}。"""
_YES = "是的，{f}。｜对，{f}。｜没错，{f}。"
_WHY = "为什么？｜为什么呢？｜这是为什么？｜为什么会这样？｜怎么会呢？｜是什么原因？｜为什么要这样？"


def why(rng: Random) -> Chat:
    """Something that is so, and the bare 为什么？ after it."""
    row = rng.choice(table("whys"))
    fact, because = row["fact"], row["because"]
    reply = say(rng, "因为{b}。｜因为{b}。｜{b}，所以{f}。", b=because, f=fact)
    if rng.random() < 0.4:
        return [(plain(rng, "为什么" + fact), reply)]
    return [(say(rng, _SO, f=fact), say(rng, _YES, f=fact)), (say(rng, _WHY), reply)]


ACTS: dict[Act, float] = {one: 4, several: 6, there_and_back: 1, unrelated: 2, about_it: 2, why: 1}
TALES: dict[Tale, float] = {}
