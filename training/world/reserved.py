"""The test questions and openings, and the card's conversations, for one purpose: to find and keep out of the training
text what comes close to them.

A question comes close if the test question stands in it, or if the two share four fifths of their character trigrams
(Jaccard). A test question that needs the turn before is compared together with it, as one string, with two neighbouring
questions of a conversation; so are two neighbouring questions of the card's conversations (conversations.txt). Only Han
characters, letters and digits count.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from ..zh.document import Document
from ..zh.text import key

TEST = Path(__file__).with_name("test")
CONVERSATIONS = Path(__file__).with_name("conversations.txt")
NEAR = 0.8
SHORTEST = 6  # a shorter key may stand inside a longer question by chance: it must be the whole


def trigrams(text: str) -> set[str]:
    return {text[i : i + 3] for i in range(len(text) - 2)}


class Near:
    """Finds keys that are nearly one of the given keys."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = set(keys)
        self.grams = [trigrams(k) for k in keys]
        self.places: dict[str, list[int]] = defaultdict(list)
        for i, grams in enumerate(self.grams):
            for gram in grams:
                self.places[gram].append(i)

    def __call__(self, text: str) -> bool:
        if text in self.keys:
            return True
        grams = trigrams(text)
        shared = Counter(i for gram in grams for i in self.places.get(gram, ()))
        return any(n >= NEAR * (len(grams) + len(self.grams[i]) - n) for i, n in shared.items())


def conversations() -> list[list[str]]:
    """The questions of each conversation that the card may show."""
    blocks = CONVERSATIONS.read_text().split("\n\n")
    return [block.splitlines() for block in blocks if not block.startswith("#")]


class Reserved:
    def __init__(self) -> None:
        rows = [json.loads(line) for line in (TEST / "questions.jsonl").read_text().splitlines()]
        alone = [key(row["question"]) for row in rows if "turns" not in row]
        pairs = [key(row["turns"][-1][0] + row["question"]) for row in rows if "turns" in row]
        pairs += [key(a + b) for talk in conversations() for a, b in zip(talk, talk[1:], strict=False)]
        openings = [key(line) for line in (TEST / "openings.txt").read_text().splitlines()]
        self.near_alone, self.near_pair, self.near_opening = Near(alone), Near(pairs), Near(openings)
        self.by_start: dict[str, list[str]] = defaultdict(list)
        for k in [*alone, *pairs, *openings]:
            if len(k) >= SHORTEST:
                self.by_start[k[:SHORTEST]].append(k)
        self.lengths = sorted({len(k) for k in openings})

    def holds(self, text: str) -> bool:
        """Whether a test question or opening stands in a key."""
        starts = ((i, self.by_start.get(text[i : i + SHORTEST])) for i in range(len(text) - SHORTEST + 1))
        return any(text.startswith(k, i) for i, keys in starts if keys for k in keys)

    def questions(self, questions: Sequence[str]) -> bool:
        """Whether one of a conversation's questions, or two that follow each other, come close to a test question."""
        keys = [key(question) for question in questions]
        pairs = [a + b for a, b in zip(keys, keys[1:], strict=False)]
        return any(self.near_alone(k) for k in keys) or any(self.near_pair(k) or self.holds(k) for k in pairs)

    def begins(self, text: str) -> bool:
        """Whether a text begins nearly as a test opening."""
        start = key(text[:80])[: self.lengths[-1]]
        if sum(gram in self.near_opening.places for gram in trigrams(start)) < 3:
            return False
        return any(self.near_opening(start[:length]) for length in self.lengths)

    def hit(self, document: Document) -> bool:
        questions = [question for question, _ in document.turns] or [document.prompt] * bool(document.prompt)
        return self.holds(key(document.whole)) or self.questions(questions) or self.begins(document.text)


@cache
def reserved() -> Reserved:
    return Reserved()


def without_test(documents: list[Document]) -> Iterator[Document]:
    """The documents that do not come close to a test question or opening."""
    dropped: Counter[str] = Counter()
    for document in documents:
        if reserved().hit(document):
            dropped[document.source] += 1
        else:
            yield document
    print("dropped near the questions of world/test: " + ", ".join(f"{s} {n}" for s, n in sorted(dropped.items())))
