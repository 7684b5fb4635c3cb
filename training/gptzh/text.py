"""Vocabulary and text formats.

gpt-zh       text[END]
gpt-zh-chat  [问]question[答]answer[END], and so on for each further turn of the conversation
gpt-review   [评]category[文]review[END]

The marks of the tuned models are in the vocabulary from the start; gpt-zh never sees them.
"""

from typing import NamedTuple

from ..zh import data
from ..zh.document import Document

END, UNK, ASK, ANSWER, REVIEW, TEXT = "[END]", "[UNK]", "[问]", "[答]", "[评]", "[文]"
SPECIAL = (END, UNK, ASK, ANSWER, REVIEW, TEXT)  # ids 0 … 5, in this order


class Encoded(NamedTuple):
    ids: list[int]
    learnt: list[bool]  # of each token: whether it is a target; what the model is given is none


def vocabulary(min_count: int) -> list[str]:
    """Characters seen often enough in the training split, the most frequent first."""
    return [*SPECIAL, *(char for char, n in data.character_counts().items() if n >= min_count)]


class Encoder:
    def __init__(self, tokens: list[str]) -> None:
        self.ids = {token: i for i, token in enumerate(tokens)}

    def text(self, text: str) -> list[int]:
        return [self.ids.get(char, 1) for char in text]  # 1 is [UNK]

    def parts(self, document: Document, kind: str) -> list[tuple[list[int], str]]:
        """What is given and the text that follows it: once, or for every turn of a conversation."""
        if kind == "pretrain":
            return [([], document.whole)]
        if kind == "review":
            return [([self.ids[REVIEW], *self.text(document.category), self.ids[TEXT]], document.text)]
        turns = document.turns or [(document.prompt, document.text)]
        return [([self.ids[ASK], *self.text(question), self.ids[ANSWER]], answer) for question, answer in turns]

    # #region encoded
    def __call__(self, document: Document, kind: str) -> Encoded:
        """The whole document in the format of pretrain, chat or review; every answer is learnt with its [END]."""
        ids: list[int] = []
        learnt: list[bool] = []
        for given, text in self.parts(document, kind):
            ids += [*given, *self.text(text), 0]
            learnt += [False] * len(given) + [True] * (len(text) + 1)
        return Encoded(ids, learnt)

    # #endregion


def documents_of(kind: str, split: str) -> list[Document]:
    """The documents that a model of this kind reads: all of them, those with a question, or the reviews."""
    documents = data.load(split)
    if kind == "chat":
        return [document for document in documents if document.prompt or document.turns]
    return [document for document in documents if kind == "pretrain" or document.source == "reviews"]
