"""The small world as documents: the hand-written texts (text/*.txt) and what the grammars make.

A conversation is learnt twice. The chat model gets it turn by turn. The base model gets it as a page of a book, in
lines that begin with 问： and 答：, because a base model can be asked so later: with a few such lines before the
question, and without marks that it never saw.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from ..zh.document import Document
from ..zh.text import clean
from .grammars import DRILLS, generated

TEXT = Path(__file__).with_name("text")
SEED = 20261130
QUESTION, ANSWER = "问：", "答："


class Piece(NamedTuple):
    """A block of lines of a hand-written file, and where it begins."""

    path: Path
    line: int
    lines: list[str]


def pieces(pattern: str) -> Iterator[Piece]:
    """The blocks that blank lines separate, without comments."""
    for path in sorted(TEXT.glob(pattern)):
        block: list[str] = []
        for number, line in enumerate([*path.read_text().splitlines(), ""], 1):
            if line.startswith("#"):
                continue
            if line.strip():
                block.append(line.strip())
            elif block:
                yield Piece(path, number - len(block), block)
                block = []


def book(turns: Sequence[tuple[str, str]]) -> str:
    """A conversation as a page of a book."""
    return "\n".join(f"{QUESTION}{question}\n{ANSWER}{answer}" for question, answer in turns)


def wordings(piece: Piece) -> list[list[str]]:
    """The wordings of each line of a conversation, without 问： and 答：."""
    return [[clean(part) for part in re.sub(f"^({QUESTION}|{ANSWER})", "", line).split("｜")] for line in piece.lines]


def variants(piece: Piece) -> list[list[tuple[str, str]]]:
    """A conversation so many times that every wording of every line is used, each line's in an order of its own."""
    rng = Random(f"{SEED} {piece.path.name} {piece.lines}")
    lines = wordings(piece)
    count = max(map(len, lines))
    columns = [list(islice(cycle(rng.sample(line, len(line))), count)) for line in lines]
    rows = zip(*columns, strict=True)
    return [list(zip(row[::2], row[1::2], strict=True)) for row in rows]


def stories() -> Iterator[Document]:
    for piece in pieces("*.stories.txt"):
        yield Document("world-stories", clean("\n".join(piece.lines)))


def chats() -> Iterator[Document]:
    for piece in pieces("*.chats.txt"):
        family = f"{piece.path.name}\n{piece.lines[0]}\n{piece.lines[1]}"
        for turns in variants(piece):
            yield Document("world-chats", book(turns), turns=turns, family=family)


def grammars() -> Iterator[Document]:
    """What the grammars make is clean from the start; the check holds that. Practice is a source of its own."""
    for name, made in generated():
        source = "world-drills" if name in DRILLS else "world-grammars"
        if isinstance(made, str):
            yield Document(source, made)
        else:
            yield Document(source, book(made), turns=made)


def world() -> Iterator[Document]:
    yield from stories()
    yield from chats()
    yield from grammars()
