"""Whether text agrees with the facts, as far as patterns can tell: capitals, legs, sums, days, months, kin."""

import re
from collections.abc import Callable, Iterator

from .questions import value
from .tables import table

_DAYS = "一二三四五六日天"


def number(text: str) -> int | None:
    return int(text) if text.isdigit() else value(text)


def alternatives(names: list[str]) -> str:
    """A pattern for one of the names, the longest first."""
    return "(" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + ")"


_CAPITALS = {row["country"]: row["capital"] for row in table("countries")}
_SEATS = {row["name"]: row["capital"] for row in table("provinces") if row["capital"]}
_LEGS = {row["name"]: int(row["legs"]) for row in table("animals") if row["legs"]}
_MONTHS = {int(row["number"]): int(row["days"]) for row in table("months")}
_KIN = {}
for _row in table("kinship"):
    _KIN.setdefault(_row["path"], set()).update({_row["name"], *_row["other"].split("、")})
_OPPOSITES = [{row["word"], row["opposite"]} for row in table("opposites")]
_UNITS = {
    "一个星期有N天": {7},
    "一周有N天": {7},
    "一年有N个月": {12},
    "一年有N个季节": {4},
    "一天有N个小时": {24},
    "一天有N个钟头": {24},
    "一个小时有N分钟": {60},
    "一小时有N分钟": {60},
    "一分钟有N秒": {60},
    "一刻钟是N分钟": {15},
    "半个小时是N分钟": {30},
    "一年有N天": {365, 366},
    "半年有N个月": {6},
    "两个星期有N天": {14},
}
_NUMERALS = "零〇一二两三四五六七八九十百"
_N = rf"([{_NUMERALS}]+|\d+)"
_END = r"(?=[，。！？”：；、]|$)"


def pattern_of(text: str, **parts: str) -> re.Pattern[str]:
    """A pattern in which <name> stands for a part."""
    return re.compile(re.sub(r"<(\w+)>", lambda part: parts[part[1]], text))


_COUNTRY, _CAPITAL = alternatives(list(_CAPITALS)), alternatives(list(_CAPITALS.values()))
_CAPITAL_IS = pattern_of(r"<c>的首都(?:是|叫)([\u4e00-\u9fff]{2,8}?)<end>", c=_COUNTRY, end=_END)
_IS_CAPITAL = pattern_of("<k>是<c>的首都", k=_CAPITAL, c=_COUNTRY)
_SEAT_IS = pattern_of(
    r"<p>省?的(?:省会|首府)(?:是|叫)([\u4e00-\u9fff]{2,6}?)<end>", p=alternatives(list(_SEATS)), end=_END
)


def capitals(text: str) -> Iterator[bool]:
    for country, city in _CAPITAL_IS.findall(text):
        yield city.removeprefix("叫").startswith(_CAPITALS[country])
    for city, country in _IS_CAPITAL.findall(text):
        yield _CAPITALS[country] == city
    for province, city in _SEAT_IS.findall(text):
        yield city.startswith(_SEATS[province])


_HAS_LEGS = pattern_of(r"(?<![\u4e00-\u9fff])<a>(?:一共|只|都)?有<n>条(?:腿|腕足)", a=alternatives(list(_LEGS)), n=_N)


def legs(text: str) -> Iterator[bool]:
    for animal, count in _HAS_LEGS.findall(text):
        yield number(count) == _LEGS[animal]


# not the tail of a longer sum, and not the head of a longer number
_SUM = pattern_of(r"(?<![加减再上去<d>\d])<n>(加|减)上?去?<n>(?:等于|是|得)<n>(?![<d>\d点个多])", d=_NUMERALS, n=_N)


def sums(text: str) -> Iterator[bool]:
    for a, op, b, c in _SUM.findall(text):
        x, y, z = number(a), number(b), number(c)
        if x is not None and y is not None:
            yield z == (x + y if op == "加" else x - y)


_MONTH_HAS = pattern_of(r"(?<![\d<d>])<n>月(?:一共|一般)?有<n>天", d=_NUMERALS, n=_N)
_UNIT_HAS = [(re.compile("(?<![十百])" + unit.replace("N", _N)), right) for unit, right in _UNITS.items()]


def calendar(text: str) -> Iterator[bool]:
    for month, days in _MONTH_HAS.findall(text):
        if (m := number(month)) in _MONTHS:
            yield number(days) in ({28, 29} if m == 2 else {_MONTHS[m]})
    for pattern, right in _UNIT_HAS:
        for days in pattern.findall(text):
            yield number(days) in right


_AGO = {"昨天": -1, "今天": 0, "明天": 1, "后天": 2}
_TWO_DAYS = pattern_of("<w>是星期([<d>])[，。]<w>就?是星期([<d>])", w=alternatives(list(_AGO)), d=_DAYS)


def weekdays(text: str) -> Iterator[bool]:
    """今天是星期一，明天是星期二"""
    for one, a, two, b in _TWO_DAYS.findall(text):
        x, y = (min(_DAYS.index(day), 6) for day in (a, b))
        yield (y - x) % 7 == (_AGO[two] - _AGO[one]) % 7


_KIN_IS = pattern_of(
    r"<p>(?:就)?(?:叫|是)(?:我的|你的)?([\u4e00-\u9fff]{2}(?:[\u4e00-\u9fff](?=[，。！？”]))?)",
    p=alternatives(list(_KIN)),
)


def kin(text: str) -> Iterator[bool]:
    for path, name in _KIN_IS.findall(text):
        yield any(name.startswith(right) for right in _KIN[path] if right)


_OPPOSITE_IS = pattern_of(
    r"<w>的反义词(?:就)?是([\u4e00-\u9fff]{1,3})<end>",
    w=alternatives([word for pair in _OPPOSITES for word in pair]),
    end=_END,
)


def opposites(text: str) -> Iterator[bool]:
    for a, b in _OPPOSITE_IS.findall(text):
        yield any({a, b} == pair for pair in _OPPOSITES)


PATTERNS: dict[str, Callable[[str], Iterator[bool]]] = {
    "capitals": capitals,
    "legs": legs,
    "sums": sums,
    "calendar": calendar,
    "weekdays": weekdays,
    "kin": kin,
    "opposites": opposites,
}
