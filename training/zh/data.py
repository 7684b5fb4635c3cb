"""Cleans and splits the corpora, once for all models of modern Chinese.

Writes data/zh/{train,val,test}.jsonl.gz (a document a line) and characters.tsv (counts in the training split).
"""

import gzip
import json
from collections import Counter
from functools import cache

from ..common.config import DATA, Config
from ..world.reserved import without_test
from .corpora import documents
from .document import Document
from .reserved import without_reserved
from .split import distinct, split

FOLDER = DATA / "zh"
# of a thousand documents; more reviews, because accuracy is measured on them; fewer texts of grammars, because each
# that is held out takes those out of training that share a sentence with it
PERMILLE = {
    "default": {"test": 20, "val": 8},
    "reviews": {"test": 40, "val": 15},
    "world-grammars": {"test": 4, "val": 2},
    "world-drills": {"test": 4, "val": 2},
}


def prepare(config: Config | None = None) -> None:
    """The same for whatever model it is asked."""
    read = list(documents())
    unique = distinct(read)
    print(f"{len(read)} documents read, {len(unique)} that differ")
    parts = split(list(without_test(without_reserved(unique))), PERMILLE)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, part in parts.items():
        path, unfinished = FOLDER / f"{name}.jsonl.gz", FOLDER / f"{name}.part"
        with gzip.open(unfinished, "wt", compresslevel=6) as file:
            file.writelines(json.dumps(d._asdict(), ensure_ascii=False) + "\n" for d in part)
        unfinished.replace(path)
        sources = Counter(d.source for d in part)
        sizes = Counter({s: sum(len(d.whole) for d in part if d.source == s) for s in sources})
        print(f"{name:5} {len(part)} documents, {sum(sizes.values())} characters")
        print("      " + ", ".join(f"{s} {sources[s]} / {sizes[s]}" for s in sources))
    counts = Counter(char for d in parts["train"] for char in d.whole)
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    (FOLDER / "characters.tsv").write_text("".join(f"{json.dumps(c)}\t{n}\n" for c, n in rows))
    total = sum(counts.values())
    for least in (1, 2, 3, 5, 10, 20):
        kept = [n for n in counts.values() if n >= least]
        print(f"characters seen at least {least:2} times: {len(kept)}, {1 - sum(kept) / total:.4%} of the text unknown")


@cache
def load(split_name: str) -> list[Document]:
    if not (FOLDER / "train.jsonl.gz").exists():
        prepare()
    with gzip.open(FOLDER / f"{split_name}.jsonl.gz", "rt") as file:
        return [Document(**json.loads(line)) for line in file]


def character_counts() -> dict[str, int]:
    """How often each character stands in the training split, the most frequent first."""
    rows = (FOLDER / "characters.tsv").read_text().splitlines()
    return {json.loads(char): int(n) for char, n in (row.split("\t") for row in rows)}
