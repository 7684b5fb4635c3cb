"""What an epoch reads: the corpora and our own text, in shares that change over the run.

Each of the two is read over and over, every time in another order; an epoch is so many tokens of them, and takes up
where the one before stopped. So an epoch depends on the seed and its number alone.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate

from .text import Encoded

OWN = {"everyday", "patterns", "world-stories", "world-chats", "world-grammars", "world-drills"}


def stretch(documents: Sequence[Encoded], start: int, stop: int, seed: int) -> Iterator[Encoded]:
    """The documents that begin between the tokens `start` and `stop` of an endless reading."""
    total = sum(len(document.ids) for document in documents)
    for reading in range(start // total, (stop - 1) // total + 1):
        order = list(documents)
        random.Random(f"{seed} {reading}").shuffle(order)
        begins = accumulate((len(document.ids) for document in order), initial=reading * total)
        yield from (document for begin, document in zip(begins, order, strict=False) if start <= begin < stop)


def own_share(progress: float, shares: tuple[float, float]) -> float:
    """The share of our own text, which grows evenly from the first of the two to the second."""
    start, end = shares
    return start + (end - start) * min(1.0, progress)


class Mixture:
    def __init__(
        self,
        corpora: list[Encoded],
        own: list[Encoded],
        shares: tuple[float, float],
        tokens: int,
        budget: int,
        seed: int,
    ) -> None:
        """`shares` of our own text at the beginning and the end of `budget` tokens; `tokens` in an epoch."""
        self.corpora, self.own, self.shares = corpora, own, shares
        self.tokens, self.budget, self.seed = tokens, budget, seed

    def own_tokens(self, epoch: int) -> int:
        return round(self.tokens * own_share(epoch * self.tokens / self.budget, self.shares))

    def epoch(self, number: int) -> list[Encoded]:
        begun = sum(map(self.own_tokens, range(number)))
        taken = self.own_tokens(number)
        others = number * self.tokens - begun
        return [
            *stretch(self.own, begun, begun + taken, self.seed),
            *stretch(self.corpora, others, others + self.tokens - taken, self.seed),
        ]
