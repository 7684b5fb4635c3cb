"""Vocabulary and text formats.

gpt-zh       text[END]
gpt-zh-chat  [问]instruction[答]answer[END]
gpt-review   [评]category[文]review[END]

The marks of the tuned models are in the vocabulary from the start; gpt-zh never sees them.
"""

from typing import NamedTuple

from ..zh import data
from ..zh.corpora import Document

END, UNK, ASK, ANSWER, REVIEW, TEXT = "[END]", "[UNK]", "[问]", "[答]", "[评]", "[文]"
SPECIAL = (END, UNK, ASK, ANSWER, REVIEW, TEXT)  # ids 0 … 5, in this order


class Encoded(NamedTuple):
    ids: list[int]
    prompt: int  # this many first tokens are given, not learnt


def vocabulary(min_count: int) -> list[str]:
    """Characters seen often enough in the training split, the most frequent first."""
    return [*SPECIAL, *(char for char, n in data.character_counts().items() if n >= min_count)]


class Encoder:
    def __init__(self, tokens: list[str]) -> None:
        self.ids = {token: i for i, token in enumerate(tokens)}

    def text(self, text: str) -> list[int]:
        return [self.ids.get(char, 1) for char in text]  # 1 is [UNK]

    # #region encoded
    def __call__(self, document: Document, kind: str) -> Encoded:
        """The whole document with its [END], in the format of pretrain, chat or review."""
        if kind == "pretrain":
            return Encoded([*self.text(document.whole), 0], 0)
        opening = {"chat": (ASK, document.prompt, ANSWER), "review": (REVIEW, document.category, TEXT)}[kind]
        mark, given, begin = opening
        prompt = [self.ids[mark], *self.text(given), self.ids[begin]]
        return Encoded([*prompt, *self.text(document.text), 0], len(prompt))

    # #endregion


def documents_of(kind: str, split: str) -> list[Document]:
    sources = {"chat": {"instructions"}, "review": {"reviews"}}.get(kind)
    return [document for document in data.load(split) if sources is None or document.source in sources]
