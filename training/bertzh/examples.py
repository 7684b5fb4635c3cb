"""Training examples: one or two stretches of sentences, for the masked LM and for next-sentence prediction.

A document gives a stretch A and the stretch B that follows it; half the time B is replaced by a stretch of another
document, of the same corpus or of any. Documents of one sentence, and some others, stand alone and teach the masked
LM only.
"""

import random
import re
from typing import NamedTuple

from ..zh.document import Document
from ..zh.text import sentences
from .text import CLS_ID, SEP_ID, Encoder, shorten

Sentences = list[list[int]]


class Example(NamedTuple):
    ids: list[int]  # [CLS] A [SEP], or [CLS] A [SEP] B [SEP]
    first: int  # this many tokens belong to segment 0
    following: int  # 0: B follows A, 1: it does not, -1: there is no B


class Source(NamedTuple):
    """A document as sentences of ids."""

    name: str
    sentences: Sentences


def parts_of(document: Document) -> list[str]:
    """The sentences; an idiom and its meaning, a saying and its point, an instruction and its answer count as two."""
    if document.prompt:
        return [*sentences(document.prompt), *sentences(document.text)]
    if document.source == "idioms":
        return re.split("：|——", document.text, maxsplit=1)
    return sentences(document.text)


def sources(documents: list[Document], encode: Encoder) -> list[Source]:
    parts = [parts_of(document) for document in documents]
    encoded = iter(encode.many([part for document in parts for part in document]))
    out = []
    for document, texts in zip(documents, parts, strict=True):
        ids = [next(encoded) for _ in texts]
        out.append(Source(document.source, [sentence for sentence in ids if sentence]))
    return [source for source in out if source.sentences]


class Maker:
    def __init__(self, documents: list[Source], longest: int, seed: int) -> None:
        self.rng, self.longest = random.Random(seed), longest
        self.documents = documents
        self.by_source: dict[str, list[Source]] = {}
        for document in documents:
            self.by_source.setdefault(document.name, []).append(document)

    def stretch(self, part: Sentences, longest: int, from_end: bool) -> list[int]:
        """As many whole neighbouring sentences as fit, from the end or from the beginning of `part`."""
        order = part[::-1] if from_end else part
        taken: Sentences = []
        room = longest
        for sentence in order:
            if len(sentence) > room:
                break
            taken.append(sentence)
            room -= len(sentence)
        taken = taken or [shorten(order[0], longest, self.rng)]
        return [token for sentence in (taken[::-1] if from_end else taken) for token in sentence]

    def single(self, document: Source) -> Example:
        start = self.rng.randrange(len(document.sentences))
        ids = self.stretch(document.sentences[start:], self.longest - 2, from_end=False)
        return Example([CLS_ID, *ids, SEP_ID], len(ids) + 2, -1)

    def random_stretch(self, not_of: Source, same_source: bool, longest: int) -> list[int]:
        pool = self.by_source[not_of.name] if same_source else self.documents
        while (other := self.rng.choice(pool)) is not_of and len(pool) > 1:
            pass
        start = self.rng.randrange(len(other.sentences))
        return self.stretch(other.sentences[start:], longest, from_end=False)

    def pair(self, document: Source, follows: bool, same_source: bool, longest: int) -> Example:
        """`document` has at least two sentences."""
        cut = self.rng.randrange(1, len(document.sentences))
        half = (longest - 3) // 2
        a = self.stretch(document.sentences[:cut], half, from_end=True)
        room = longest - 3 - len(a)
        if follows:
            b = self.stretch(document.sentences[cut:], room, from_end=False)
        else:
            b = self.random_stretch(document, same_source, room)
        return Example([CLS_ID, *a, SEP_ID, *b, SEP_ID], len(a) + 2, 0 if follows else 1)

    def epoch(self, single_share: float, repeat: dict[str, int]) -> list[Example]:
        """Examples of one pass: long documents give several, so that about all of their text is seen."""
        out = []
        for document in self.documents:
            size = sum(map(len, document.sentences))
            for _ in range(repeat.get(document.name, 1) * max(1, round(size / self.longest))):
                if len(document.sentences) == 1 or self.rng.random() < single_share:
                    out.append(self.single(document))
                else:
                    longest = self.longest if self.rng.random() < 0.5 else self.rng.randrange(24, self.longest)
                    out.append(self.pair(document, self.rng.random() < 0.5, self.rng.random() < 0.5, longest))
        self.rng.shuffle(out)
        return out
