"""The split of documents into train, val and test, by a hash of the text, without overlap."""

import hashlib
from collections.abc import Iterable

from .document import Document
from .text import key, sentences

SHARED = 12  # a sentence with a key of at least this length may not stand on both sides


def split_of(document: Document, permille: dict[str, int]) -> str:
    """test, val or train, by a hash of the text's key: writing a text a little differently does not move it."""
    digest = hashlib.sha256(key(document.family or document.whole).encode()).digest()
    bucket = int.from_bytes(digest[:8], "big") % 1000
    return "test" if bucket < permille["test"] else "val" if bucket < permille["test"] + permille["val"] else "train"


def long_sentences(document: Document) -> set[str]:
    """Keys of the sentences by which overlap is judged; a short document counts as one."""
    keys = {key(sentence) for sentence in sentences(document.whole)}
    return {k for k in keys if len(k) >= SHARED} | {key(document.whole)}


def distinct(documents: Iterable[Document]) -> list[Document]:
    """The documents without later ones of the same key, or with nothing but marks."""
    seen: set[str] = {""}
    out = []
    for document in documents:
        if (k := key(document.whole)) not in seen:
            seen.add(k)
            out.append(document)
    return out


def split(documents: list[Document], permille: dict[str, dict[str, int]]) -> dict[str, list[Document]]:
    """Documents by split. The training side gives way where a sentence stands on both sides."""
    parts: dict[str, list[Document]] = {"test": [], "val": [], "train": []}
    for document in documents:
        shares = permille.get(document.source, permille["default"])
        parts[split_of(document, shares)].append(document)
    held_out: set[str] = set()
    for name, part in parts.items():
        parts[name] = [d for d in part if held_out.isdisjoint(long_sentences(d))]
        dropped = len(part) - len(parts[name])
        print(f"{name}: {dropped} of {len(part)} dropped, they share a sentence with a held-out text")
        held_out.update(*(long_sentences(d) for d in parts[name]))
    return parts
