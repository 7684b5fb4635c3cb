"""Training batches: poems of about equal length side by side, with a weight for every predicted token."""

import random
from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor

from .text import FORMS, Poem

PAD_TO = 2  # lengths are rounded up to multiples of this


class Encoded(NamedTuple):
    ids: list[int]
    weights: list[float]  # of ids[1:], the tokens that are predicted


class Encoder:
    """Poems → ids and loss weights: 1 for body and [END], less for the title, more for rhyming characters."""

    def __init__(self, vocab: dict[str, int], weight_title: float = 0.0, weight_rhyme: float = 1.0) -> None:
        self.vocab, self.weight_title, self.weight_rhyme = vocab, weight_title, weight_rhyme

    def __call__(self, poem: Poem, with_title: bool) -> Encoded:
        tokens = poem.tokens(with_title)
        body = [1.0] * (len(poem.body) + 1)
        couplet = 2 * FORMS[poem.form][0] + 2
        body[couplet - 2 : -1 : couplet] = [self.weight_rhyme] * (len(poem.body) // couplet)
        weights = [self.weight_title] * (len(tokens) - 1 - len(body)) + body
        return Encoded([self.vocab[token] for token in tokens], weights)


class Batch(NamedTuple):
    ids: Tensor  # [rows, time]
    targets: Tensor  # [rows, time]
    weights: Tensor  # [rows, time]; 0 where there is nothing to predict


def collate(rows: list[Encoded], length: int) -> Batch:
    ids = torch.zeros(len(rows), length + 1, dtype=torch.long)  # 0 is [END], also the padding
    weights = torch.zeros(len(rows), length)
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = torch.tensor(row.ids)
        weights[i, : len(row.weights)] = torch.tensor(row.weights)
    return Batch(ids[:, :-1].contiguous(), ids[:, 1:].contiguous(), weights)


def bucketed(rows: list[Encoded], tokens: int, keep_rest: bool = False) -> list[Batch]:
    """Batches of `tokens` tokens (rows times padded length); rows that do not fill one are left out."""
    buckets: dict[int, list[Encoded]] = {}
    for row in rows:
        buckets.setdefault(-(-len(row.weights) // PAD_TO) * PAD_TO, []).append(row)
    batches = []
    for length, bucket in sorted(buckets.items()):
        size = tokens // length
        for start in range(0, len(bucket), size):
            part = bucket[start : start + size]
            if len(part) == size or keep_rest:
                batches.append(collate(part, length))
    return batches


class Pool:
    """Endless shuffled batches from some poems; titles are dropped anew at random in each pass."""

    def __init__(self, poems: list[Poem], encode: Encoder, tokens: int, title_dropout: float, seed: int) -> None:
        self.poems, self.encode, self.tokens = list(poems), encode, tokens
        self.title_dropout, self.rng = title_dropout, random.Random(seed)
        self.stream = self._stream()

    def _stream(self) -> Iterator[Batch]:
        while True:
            self.rng.shuffle(self.poems)
            batches = bucketed(
                [self.encode(poem, self.rng.random() >= self.title_dropout) for poem in self.poems],
                self.tokens,
            )
            self.rng.shuffle(batches)
            yield from batches

    def __next__(self) -> Batch:
        return next(self.stream)


def pools(poems: list[Poem], encode: Encoder, tokens: int, title_dropout: float, seed: int) -> dict[str, Pool]:
    """A pool for each form."""
    by_form = {form: [poem for poem in poems if poem.form == form] for form in FORMS}
    return {form: Pool(part, encode, tokens, title_dropout, seed + i) for i, (form, part) in enumerate(by_form.items())}
