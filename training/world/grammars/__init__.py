"""The grammars: each makes conversations (acts) or texts as they stand in a book (tales) on one subject."""

from collections.abc import Iterator
from random import Random
from types import ModuleType

from . import (
    animals,
    calendar,
    colours,
    feelings,
    foods,
    lists,
    manners,
    memory,
    nature,
    numbers,
    order,
    people,
    places,
    problems,
    school,
    series,
    shop,
    stories_animals,
    stories_children,
    stories_home,
    stories_out,
    sums,
    things,
    town,
    unknown,
)
from .kinds import Chat
from .talk import mixed

SEED = 20261130
# thousands of characters that each grammar makes: conversations, texts
SIZES: dict[ModuleType, tuple[int, int]] = {
    animals: (750, 90),
    foods: (500, 70),
    places: (650, 70),
    town: (550, 90),
    things: (450, 70),
    people: (500, 60),
    nature: (550, 80),
    calendar: (650, 50),
    school: (350, 80),
    feelings: (350, 110),
    sums: (650, 40),
    problems: (450, 80),
    shop: (300, 0),
    order: (300, 0),
    colours: (350, 50),
    lists: (450, 50),
    memory: (600, 30),
    unknown: (450, 0),
    series: (2200, 0),
    numbers: (1800, 0),
    manners: (200, 0),
    stories_animals: (0, 600),
    stories_children: (0, 900),
    stories_home: (0, 800),
    stories_out: (0, 800),
}


# practice: the chat model reads it more often than the rest
DRILLS = {"series", "numbers"}


def name_of(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def conversations(module: ModuleType, characters: int) -> Iterator[Chat]:
    """Different conversations of one subject until there are so many characters of them."""
    rng = Random(f"{SEED} chats {name_of(module)}")
    acts, weights = list(module.ACTS), list(module.ACTS.values())
    seen: set[tuple[tuple[str, str], ...]] = set()
    made = 0
    while made < characters:
        chat = mixed(rng, acts, weights)
        if tuple(chat) not in seen:
            seen.add(tuple(chat))
            made += sum(len(question) + len(answer) for question, answer in chat)
            yield chat


def texts(module: ModuleType, characters: int) -> Iterator[str]:
    """Different texts of one subject until there are so many characters of them."""
    rng = Random(f"{SEED} texts {name_of(module)}")
    tales, weights = list(module.TALES), list(module.TALES.values())
    seen: set[str] = set()
    made = 0
    while made < characters:
        text = rng.choices(tales, weights)[0](rng)
        if text not in seen:
            seen.add(text)
            made += len(text)
            yield text


def generated() -> Iterator[tuple[str, Chat | str]]:
    """Everything, with the name of the grammar that made it: the same at every call."""
    for module, (chats, tales) in SIZES.items():
        for chat in conversations(module, chats * 1000) if chats else ():
            yield name_of(module), chat
        for text in texts(module, tales * 1000) if tales else ():
            yield name_of(module), text
