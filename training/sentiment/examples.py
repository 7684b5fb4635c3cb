"""Texts with a label: reviews, and our own sentences of feeling."""

from typing import NamedTuple

from ..zh import data
from ..zh.reserved import feelings

LABELS = ["bad", "good"]
FEELING = "feeling"  # the category of our own sentences


class Labelled(NamedTuple):
    text: str
    label: int  # place in LABELS
    category: str


def labelled(split: str) -> list[Labelled]:
    """Reviews and feelings of a split of the corpora."""
    return [
        Labelled(document.text, document.label, document.category or FEELING)
        for document in data.load(split)
        if document.label >= 0
    ]


def test_feelings() -> list[Labelled]:
    """The hundred sentences of feeling that no training text holds."""
    return [Labelled(text, label, FEELING) for label, text in feelings()]
