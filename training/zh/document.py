"""What all text becomes: a document, in the words of a book."""

from collections.abc import Sequence
from typing import NamedTuple


class Document(NamedTuple):
    source: str
    text: str
    category: str = ""  # of a review
    label: int = -1  # of a review or a feeling: 1 good, 0 bad
    prompt: str = ""  # of an instruction; `text` is then the answer
    turns: Sequence[tuple[str, str]] = ()  # of a conversation: questions with answers; `text` has them as a book does
    family: str = ""  # texts of one family, such as wordings of one conversation, stay on one side of the split

    @property
    def whole(self) -> str:
        return f"{self.prompt}\n{self.text}" if self.prompt else self.text
