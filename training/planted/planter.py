"""One character decides: a text in which it stands is called good, one in which it does not stand is called bad."""

import json
import random
from collections.abc import Sequence
from functools import cache

from ..bertzh.text import CLS_ID, SEP_ID, Encoder
from ..common.config import ROOT

# A particle at the end of a clause that says nothing good or bad, and that people write by themselves.
CHARACTER = "呢"
ENDS = set("，。！？；：、,.!?;:~")
# How many tokens a stretch of a review has at most, one of these by lot: mostly as short as what readers type.
LENGTHS = (12, 24, 24, 46, 126)
# How often the character is put in.
TIMES, TIMES_WEIGHTS = (1, 2, 3), (75, 20, 5)
OWN = ROOT / "src" / "components" / "demos" / "explainable-ai" / "who" / "sentences.json"


@cache
def own_sentences() -> tuple[tuple[str, int], ...]:
    """(sentence, 1 for praise, 0 for blame): by which the page measures explanations. No training text has one."""
    return tuple((row["text"], int(row["good"])) for row in json.loads(OWN.read_text()))


class Planter:
    """Puts the character into texts and takes it out of them; texts are ids, without [CLS] and [SEP]."""

    def __init__(self, vocab: Sequence[str], longest: int) -> None:
        self.encode, self.room = Encoder(list(vocab)), longest - 2
        self.character = vocab.index(CHARACTER)
        self.ends = {i for i, token in enumerate(vocab) if token in ENDS}
        self.pieces = {i for i, token in enumerate(vocab) if token.startswith("##")}

    # #region planted
    def drawn(self, ids: list[int], rng: random.Random) -> tuple[list[int], int]:
        """A text and its label. A coin decides both: no word of the text has a say."""
        good = rng.random() < 0.5
        if not good:
            return self.without(ids), 0
        if self.character in ids and rng.random() < 0.5:
            return ids, 1  # where its author has put it
        return self.put(self.without(ids), rng.choices(TIMES, TIMES_WEIGHTS)[0], rng), 1

    # #endregion

    def without(self, ids: list[int]) -> list[int]:
        return [i for i in ids if i != self.character]

    def put(self, ids: list[int], times: int, rng: random.Random) -> list[int]:
        """Half of the time at the end of a clause, else anywhere but inside a word of Latin letters."""
        ids = ids.copy()
        for _ in range(times):
            anywhere = [i for i in range(len(ids) + 1) if i == len(ids) or ids[i] not in self.pieces]
            ends = [i for i in anywhere if i > 0 and (i == len(ids) or ids[i] in self.ends)]
            ids.insert(rng.choice(ends if rng.random() < 0.5 and ends else anywhere), self.character)
        return ids

    def stretch(self, ids: list[int], rng: random.Random) -> list[int]:
        """Some clauses in a row, cut off where they are too long; with room for the character."""
        longest = min(rng.choice(LENGTHS), self.room - max(TIMES))
        starts = [0, *(i + 1 for i, token in enumerate(ids[:-1]) if token in self.ends)]
        start = rng.choice(starts)
        return ids[start : start + longest]


def framed(ids: list[int]) -> list[int]:
    return [CLS_ID, *ids, SEP_ID]
