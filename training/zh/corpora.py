"""The corpora as documents: one review, one instruction with its answer, one paragraph, a stretch of a dialogue.

The files (see README.md) lie in training/data/corpora, or where the environment variable CORPORA points. They are for
training only: nothing of them is committed.
"""

import gzip
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from ..common.config import DATA, TRAINING
from ..world.text import world
from .document import Document
from .patterns import pattern_sentences
from .text import clean, han_share

CORPORA = Path(os.environ.get("CORPORA", DATA / "corpora"))
SENTENCES = TRAINING / "sentences"
LINES_PER_DIALOGUE, LINES_PER_PAGE = 6, 10
LONGEST_IDIOM = 60


def lines(name: str) -> list[str]:
    with gzip.open(CORPORA / name, "rt") as file:
        return file.read().splitlines()


def reviews() -> Iterator[Document]:
    for line in lines("reviews.tsv.gz")[1:]:
        _, category, label, text = line.split("\t", 3)
        yield Document("reviews", clean(text.strip('"')), category=category, label=int(label))


def instructions() -> Iterator[Document]:
    for line in lines("instructions.jsonl.gz"):
        row = json.loads(line)
        prompt = "\n".join(clean(row[name]) for name in ("instruction", "input") if row[name].strip())
        answer = clean(row["output"])
        if answer and han_share(prompt + answer) >= 0.5:
            yield Document("instructions", answer, prompt=prompt)


def tatoeba() -> Iterator[Document]:
    for text in dict.fromkeys(line.split("\t")[1] for line in lines("tatoeba-en-zh.tsv.gz")[1:]):
        yield Document("tatoeba", clean(text))


def blocks(source: str, texts: list[str], size: int) -> Iterator[Document]:
    """Consecutive lines as one document, because they belong together and no boundary is marked."""
    for start in range(0, len(texts), size):
        yield Document(source, "\n".join(texts[start : start + size]))


def dialogue() -> Iterator[Document]:
    yield from blocks("dialogue", [clean(line) for line in lines("dialogue.txt.gz")], LINES_PER_DIALOGUE)


def encyclopedia() -> Iterator[Document]:
    """Paragraphs and descriptions; the bare attributes of sights (name, attribute, value) are left out."""
    for line in lines("encyclopedia.txt.gz"):
        text = clean(re.sub(r"^\S.{0,40} Information ", "", line))
        if "。" in text and han_share(text) >= 0.5 and not re.match(r"^\S{2,30} (周边景点|地址|门票|开放时间) ", line):
            yield Document("encyclopedia", text)


def idioms() -> Iterator[Document]:
    """“阿时趋俗：迎合世俗和时尚。”, and sayings as they are; mere references to another idiom are left out."""
    for line in lines("idioms.txt.gz"):
        head, blank, meaning = line.partition(" ")
        if not re.match("(见|同|亦作|犹|即)“", meaning):
            text = clean(f"{head}：{re.sub('^①', '', meaning)}" if blank else line)
            if len(text) <= LONGEST_IDIOM:
                yield Document("idioms", text)


_MARKDOWN = re.compile(r"\[?\*{1,2}|\*{1,2}\]?|`|^#+ |^> |^\d+\. |^- |:\w+:|\{[^}]*\}|&\w+;|\(\)|\[\]")

# ends like a sentence and has no hole where a formula or a piece of code was
_WHOLE = re.compile(r"^(?!.*(、、|，，|，。|为的|使用[和、来]|[\[\]])).*[。！？：；”）]$")


def pages(source: str, name: str) -> Iterator[Document]:
    """Prose of a book or of documentation: headings, code and lines of mostly Latin letters are left out."""
    cleaned = [clean(_MARKDOWN.sub("", line)) for line in lines(name)]
    prose = [text for text in cleaned if len(text) >= 12 and _WHOLE.search(text) and han_share(text) >= 0.55]
    yield from blocks(source, prose, LINES_PER_PAGE)


def own_sentences() -> Iterator[Document]:
    """Our own plain sentences: facts, everyday sentences and small scenes, feelings with a label; and patterns."""
    for path in sorted(SENTENCES.glob("train-*.txt")):
        for line in path.read_text().splitlines():
            if line and not line.startswith("#"):
                yield Document("everyday", clean(line))
    for path in sorted(SENTENCES.glob("train-*.tsv")):
        for line in path.read_text().splitlines():
            label, text = line.split("\t")
            yield Document("everyday", clean(text), label=int(label))
    for text in pattern_sentences():
        yield Document("patterns", text)


def documents() -> Iterator[Document]:
    yield from reviews()
    yield from instructions()
    yield from tatoeba()
    yield from dialogue()
    yield from encyclopedia()
    yield from idioms()
    yield from pages("ai-textbooks", "ai-textbooks.txt.gz")
    yield from pages("debian-docs", "debian-docs.txt.gz")
    yield from own_sentences()
    yield from world()
