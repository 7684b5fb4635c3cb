"""Repetition: in how many texts the same twelve characters stand, and how many trigrams differ."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..zh.text import key

SPAN = 12
LIMIT = 0.005  # no span may stand in a larger share of the texts


class Repetition(NamedTuple):
    texts: int
    characters: int
    share: float  # of the texts that hold the most frequent span
    span: str
    distinct_3: float  # different character trigrams of all


def windows(text: str, size: int) -> NDArray[np.uint64]:
    """A hash of every stretch of `size` characters."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    if len(codes) < size:
        return np.empty(0, np.uint64)
    out = np.zeros(len(codes) - size + 1, np.uint64)
    for column in np.lib.stride_tricks.sliding_window_view(codes, size).T:
        out = (out ^ column) * np.uint64(0x9E3779B97F4A7C15)
        out ^= out >> np.uint64(29)
    return out


def repetition(families: Sequence[Iterable[str]]) -> Repetition:
    """Of texts in families: wordings of one conversation are one text here."""
    keys = [[key(text) for text in family] for family in families]
    spans = [np.unique(np.concatenate([windows(k, SPAN) for k in family])) for family in keys]
    values, counts = np.unique(np.concatenate(spans), return_counts=True)
    most = values[counts.argmax()] if len(values) else 0
    found = next(
        (k[i : i + SPAN] for family in keys for k in family for i in np.flatnonzero(windows(k, SPAN) == most)), ""
    )
    trigrams = np.concatenate([windows(k, 3) for family in keys for k in family])
    return Repetition(
        texts=len(keys),
        characters=sum(len(k) for family in keys for k in family),
        share=float(counts.max() / len(keys)) if len(values) else 0.0,
        span=found,
        distinct_3=len(np.unique(trigrams)) / max(1, len(trigrams)),
    )
