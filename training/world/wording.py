"""Wordings: one sense said in many ways, drawn with a seed."""

import re
from functools import cache
from random import Random

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_DOUBLED = (("那那", "那"), ("那里里", "那里"), ("那天那天", "那天"), ("呢呢", "呢"), ("了了", "了"))
_DIGITS = "零一二三四五六七八九"


@cache
def alternatives(wordings: str) -> tuple[str, ...]:
    """The wordings that ｜ or a line break separates."""
    return tuple(part for part in re.split(r"\s*[｜\n]\s*", wordings.strip()) if part)


@cache
def words(text: str) -> tuple[str, ...]:
    """The words that blanks separate."""
    return tuple(text.split())


def draw(rng: Random, wordings: str) -> str:
    """One of the wordings, with one part of every [a|b|]; they may be nested. Slots such as {name} stay."""
    text = rng.choice(alternatives(wordings))
    while choice := _CHOICE.search(text):
        text = text[: choice.start()] + rng.choice(choice[1].split("|")) + text[choice.end() :]
    return text


def say(rng: Random, wordings: str, **slots: object) -> str:
    """One of the wordings with its slots filled; what a slot doubles of its frame stands once."""
    text = draw(rng, wordings).format(**slots)
    for doubled, once in _DOUBLED:
        text = text.replace(doubled, once)
    return text


def number(n: int) -> str:
    """0 to 9999 in words."""
    if n < 10:
        return _DIGITS[n]
    if n < 20:
        return "十" + (_DIGITS[n - 10] if n > 10 else "")
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        if n >= unit:
            rest = n % unit
            gap = "零" if rest and rest < unit // 10 else ""
            tail = number(rest) if rest else ""
            if unit > 10 and 10 <= rest < 20:
                tail = "一" + tail
            return number(n // unit) + name + gap + tail
    raise ValueError(n)


def quantity(n: int, measure: str = "") -> str:
    """A number before a measure word: 两个, 十二个."""
    return ("两" if n == 2 else number(n)) + measure


def joined(parts: list[str]) -> str:
    """苹果、梨和桃子"""
    return "、".join(parts[:-1]) + "和" + parts[-1] if len(parts) > 1 else parts[0]


_ASK = """
{q}？
{q}？
{q}？
{q}？
{q}？
{q}呢？
{q}呀？
{q}啊？
请问{q}？
请问一下，{q}？
我想[知道|问一下|问问]{q}。
你知道{q}吗？
你知道{q}吗？
你知不知道{q}？
[能|可以]告诉我{q}吗？
告诉我{q}，好吗？
请你[说说|讲讲|说一说]{q}。
你能[说说|讲讲|说一说]{q}吗？
[考考你|问你一个问题|我有个问题|问你一下]，{q}？
[老师|弟弟|妹妹|同桌|妈妈|奶奶]问我{q}，[我不知道怎么答|我没答出来|我该怎么说|你帮我答一下]。
我[忘了|忘记了|想不起来|一直不明白|不太清楚]{q}。
[帮我想想|你说说|快告诉我|你来答一答]，{q}？
{q}，你知道吗？
{q}？[我想知道|我答不出来|我忘了|快告诉我吧|请告诉我]。
[嗨|你好|喂|小模型|对了|哎]，{q}？
你[觉得|说]{q}？
"""
_ASK_ON = """
{q}？
{q}？
{q}？
那{q}？
那{q}呢？
{q}呢？
{q}呀？
[还有|再问一下|对了|接着问]，{q}？
你知道{q}吗？
我还想知道{q}。
"""
_POSE = """
{q}？
{q}？
{q}？
{q}？
{q}？
{q}呢？
{q}呀？
请问，{q}？
[你说|你来答一答|考考你|帮我想想|问你一个问题|我有个问题|我想问问|听好了|再来一题|有这样一道题]：{q}？
[你说|考考你|帮我想想|问你一下|我想问一下|老师问我们]，{q}？
{q}？[我想知道|我答不出来|快告诉我吧|你来答|帮我想想]。
"""
_WHETHER = """
{q}？
{q}？
{q}？
{q}？
请问，{q}？
[你说|你知道吗|我想问问|考考你|问你一下|对了|老师]，{q}？
{q}？[我想知道|我不太清楚|快告诉我吧|请告诉我|我忘了]。
[弟弟|妹妹|同桌|奶奶]问我：{q}？
"""
_CLAIM = """
{c}吗？
{c}吗？
{c}吗？
{c}，[对吗|对不对|是吗|是不是|没错吧|是这样吗]？
{c}，[对吗|对不对|是吗|是不是|没错吧|是这样吗]？
是不是{c}？
{c}是真的吗？
[我觉得|我想|我记得|我以为|我听说]{c}。
[我觉得|我记得|听说|有人告诉我]{c}，[对吗|对不对|是吗|是不是]？
[弟弟|妹妹|同桌|小明|一个同学|我朋友|邻居]说{c}[。|，他说得对吗？|，是真的吗？]
[书上|课上|电视里]说{c}吗？
请问，{c}吗？
"""


def asked(rng: Random, core: str) -> str:
    """A question around a core such as 猫有几条腿; one longer than a clause, or with 吗, is not put into a sentence."""
    frames = _WHETHER if core.endswith("吗") else _POSE if set(core) & set("，。：；、") else _ASK
    return say(rng, frames, q=core)


def tell(rng: Random, slots: dict[str, object], *sections: str) -> str:
    """A text of several sections, each in one of its wordings, all with the same slots."""
    return "".join(say(rng, section, **slots) for section in sections if section)


def asked_on(rng: Random, core: str) -> str:
    """The same as a later turn of a conversation."""
    return say(rng, _ASK_ON, q=core)


def claimed(rng: Random, claim: str) -> str:
    """A claim that wants to be confirmed or put right, such as 猫有六条腿."""
    return say(rng, _CLAIM, c=claim)


def confirmed(rng: Random, truth: str) -> str:
    return say(rng, "[对|是的|没错|对呀|你说得对|是这样|是真的|对的]，{t}。", t=truth)


def corrected(rng: Random, truth: str, denial: str = "") -> str:
    """What puts a wrong claim right; `denial` says what is not so, such as 不是六条腿."""
    no = say(rng, "不对｜不是的｜不是｜你记错了｜这样说不对｜不是这样｜错了｜这可不对｜不不")
    if not denial or rng.random() < 0.4:
        return f"{no}，{truth}。"
    return f"{no}，{truth}，{denial}。"
