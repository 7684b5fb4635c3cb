"""Whole conversations put together from the acts of all subjects: a change of subject, a name told at the start and
asked at the end, a question said again, thanks."""

from random import Random

from ..wording import draw, say
from . import memory, unknown
from .kinds import Act, Chat, Turn
from .manners import greeting

LONGEST = 225  # characters of a conversation: with its marks it fits into the context


def length(chat: Chat) -> int:
    return sum(len(question) + len(answer) + 3 for question, answer in chat)


def fitting(chat: Chat) -> Chat:
    """The first turns that fit."""
    while len(chat) > 1 and length(chat) > LONGEST:
        chat = chat[:-1]
    return chat


def again(rng: Random, turn: Turn) -> Turn:
    """The last answer asked for once more, or doubted; it stays."""
    answer = turn[1]
    ask = draw(
        rng,
        """再说一遍。｜我没听清，再说一次好吗？｜你说什么？｜请再说一遍。｜啊？｜刚才你说什么？
    能再说一遍吗？""",
    )
    if rng.random() < 0.3 and len(answer) < 30 and "？" not in answer and "不知道" not in answer:
        ask = draw(rng, "真的吗？｜真的？｜你确定吗？｜是真的吗？｜没有说错吧？")
        return ask, draw(rng, "真的，｜是真的，｜没错，｜是的，") + answer.removeprefix("是的，").removeprefix("对，")
    return ask, answer


def thanks(rng: Random) -> Turn:
    return draw(
        rng,
        """谢谢。｜谢谢你。｜知道了，谢谢。｜好的，谢谢。｜原来是这样，谢谢你。｜明白了，多谢。｜我懂了。｜我知道了。
        嗯，我记住了。""",
    ), draw(
        rng,
        """不客气。｜不用谢。｜不客气，还有别的想问吗？｜别客气。｜不用谢，有事再问我。｜好的。
    很高兴能帮到你。""",
    )


def mixed(rng: Random, acts: list[Act], weights: list[float]) -> Chat:
    """A conversation of one subject, of two, or of one inside a frame."""
    chat = rng.choices(acts, weights)[0](rng)
    kind = rng.random()
    if kind < 0.16:
        chat = chat[:2] + rng.choices(acts, weights)[0](rng)[:2]
    elif kind < 0.22:
        fact = rng.choice(memory.some_facts(rng, 1))
        chat = [(fact.told, fact.heard), *chat[:2], fact.turn]
        if length(chat) > LONGEST:
            del chat[2:-1]
    elif kind < 0.27:
        chat = [*chat[:3], again(rng, chat[:3][-1])]
    elif kind < 0.32:
        chat = [*chat[:3], thanks(rng)]
    elif kind < 0.35:
        chat = [greeting(rng), *chat[:3]]
    elif kind < 0.39:
        chat = chat[:2] + unknown.outside(rng)[:1]
    elif kind < 0.42:
        chat = unknown.outside(rng)[:1] + chat[:2]
    elif kind < 0.45:
        chat = [*chat[:2], what_about(rng, chat)]
    return fitting(chat)


def what_about(rng: Random, chat: Chat) -> Turn:
    """What was said first?"""
    ask = draw(
        rng,
        """[我|刚才我]第一个问题是什么？｜我先问了什么？｜我[一开始|最早|开头]说了什么？｜我刚来的时候[说|问]了什么？
        你[还|]记得我[最先|一开始]说的[话|是什么]吗？｜我第一句说的是什么？｜我开头问你的是什么？
        [咱们|我们]一开始说的是什么？｜我最先[问|说]的是[哪一句|什么]？""",
    )
    reply = "你[先|最先|一开始|最早]说：“{q}”｜你[的第一句话|第一句|最先说的|开头说的]是：“{q}”｜你先是说：“{q}”"
    return ask, say(rng, reply, q=chat[0][0])
