"""The plain test sentences, and their exclusion from all training text, word for word."""

from typing import NamedTuple

from .corpora import SENTENCES
from .document import Document
from .text import key

MASK = "[MASK]"


class Gap(NamedTuple):
    kind: str
    text: str  # with one [MASK]
    answers: str  # the characters that count as right


def gaps() -> list[Gap]:
    rows = (SENTENCES / "test-masked.tsv").read_text().splitlines()
    return [Gap(*row.split("\t")) for row in rows]


def feelings() -> list[tuple[int, str]]:
    """(label, sentence), 1 for a good feeling, 0 for a bad one."""
    rows = (SENTENCES / "test-feelings.tsv").read_text().splitlines()
    return [(int(label), text) for label, text in (row.split("\t") for row in rows)]


def reserved_keys() -> set[str]:
    """Keys of all test sentences, with every right answer filled in."""
    filled = {key(gap.text.replace(MASK, answer)) for gap in gaps() for answer in gap.answers}
    return filled | {key(text) for _, text in feelings()}


def without_reserved(documents: list[Document]) -> list[Document]:
    """The documents that hold no test sentence. Our hand-written ones must hold none: an error names them."""
    keys = reserved_keys()
    shortest = min(map(len, keys))
    kept, ours = [], []
    for document in documents:
        text = key(document.whole)
        if len(text) >= shortest and any(k in text for k in keys):
            if document.source == "everyday":
                ours.append(document.text)
        else:
            kept.append(document)
    if ours:
        raise ValueError("test sentences among our training sentences: " + " / ".join(ours))
    print(f"{len(documents) - len(kept)} documents dropped because they hold a test sentence")
    return kept
