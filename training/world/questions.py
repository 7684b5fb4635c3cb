"""The test of the small world: its questions and openings, and what counts as a right answer (README.md)."""

import json
import re
from pathlib import Path
from typing import NamedTuple

TEST = Path(__file__).with_name("test")
_FIGURES = re.compile(r"\d+")
_WORDS = re.compile(r"[零〇一二两三四五六七八九十百]+")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
# says that it does not know: 我不会 counts, a bare 不会 is an answer
NOT_KNOWING = re.compile(
    "不知道|不清楚|不太清楚|不了解|不懂|不认识|说不准|说不上来|说不出来|猜不出来|答不上来|算不出来|数不清"
    "|没法|没有办法|没学过|没学会|没有学过|没听说过|没有听说过|做不到|办不到|帮不了|查不到|我看不见|我看不到|我听不见"
    "|我闻不到|我尝不到|我摸不到|我不能|(我|这个)(还|也)?不会"
)


class Question(NamedTuple):
    """One of the 120. `kind` is one, two (it needs the turn before) or outside (of what the model should not know)."""

    id: int
    kind: str
    topic: str
    question: str
    turns: list[tuple[str, str]] = []
    right: str = ""  # expressions that count, separated by |
    number: int | None = None


def questions() -> list[Question]:
    return [Question(**json.loads(line)) for line in (TEST / "questions.jsonl").read_text().splitlines()]


def openings() -> list[str]:
    return (TEST / "openings.txt").read_text().splitlines()


def value(words: str) -> int | None:
    """The number that 十二 or 两百零五 says; None where the characters are none."""
    if not set(words) & set("十百"):
        return int("".join(str(_DIGITS[digit]) for digit in words))
    total, digit = 0, None
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            unit = 10 if char == "十" else 100
            total += (1 if digit is None else digit) * unit
            digit = None
    return total + (digit or 0)


def numbers(text: str) -> set[int | None]:
    """All whole numbers in a text, as figures or as words."""
    return {int(run) for run in _FIGURES.findall(text)} | {value(run) for run in _WORDS.findall(text)}


def is_right(question: Question, answer: str) -> bool:
    """Whether the answer holds one of the accepted expressions, or the number."""
    if question.number is not None:
        return question.number in numbers(answer)
    plain = "".join(answer.split())
    return any("".join(expression.split()) in plain for expression in question.right.split("|") if expression.strip())


def says_unknown(answer: str) -> bool:
    return bool(NOT_KNOWING.search(answer))
