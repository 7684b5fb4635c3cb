"""Shows some of what a grammar makes, for reading: python3 -m training world show animals."""

from itertools import islice

from .grammars import SIZES, conversations, name_of, texts
from .text import book

COUNT = 25


def show(name: str) -> None:
    module = next(module for module in SIZES if name_of(module) == name)
    chats, tales = SIZES[module]
    made = [book(chat) for chat in islice(conversations(module, chats * 1000), COUNT)] if chats else []
    made += list(islice(texts(module, tales * 1000), COUNT)) if tales else []
    print("\n\n".join(made))
