"""Poems from the npm package chinese-poetry, simplified, deduplicated, split, and encoded.

Writes data/gpt-poem/{train,val,test}.txt (form, title, body, tab-separated) and vocab.txt (one token a
line).
"""

import hashlib
import json
import subprocess
import tarfile
from collections import Counter
from pathlib import Path

from ..common.config import DATA, Config
from .text import QUATRAINS, SPECIAL, Poem, clean_title, form_of, lines_of


def fetch(source: str) -> Path:
    """Downloads the npm package, once; the path of its archive."""
    name, version = source.split("@")
    archive = DATA / f"{name}-{version}.tgz"
    if not archive.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", source], cwd=DATA, check=True, capture_output=True)
    return archive


def raw_poems(archive: Path) -> list[tuple[str, str]]:
    """(title, body) of every Tang and Song poem, in simplified characters (OpenCC, t2s)."""
    rows = []
    with tarfile.open(archive) as tar:
        members = [m for m in tar.getmembers() if "/quantangshi/poet." in m.name]
        for member in sorted(members, key=lambda m: m.name):
            for poem in json.load(tar.extractfile(member)):
                body = "".join(poem["paragraphs"])
                rows.append(f"{poem['title']}\t{body}".replace("\n", ""))
    simple = subprocess.run(
        ["opencc", "-c", "t2s.json"], input="\n".join(rows), text=True, check=True, capture_output=True
    ).stdout.split("\n")
    return [tuple(row.split("\t", 1)) for row in simple if "\t" in row]


def split_of(body: str, test: int, val: int) -> str:
    """test, val or train, by a hash of the text: stable against any change of order or of other poems."""
    bucket = int.from_bytes(hashlib.sha256(body.encode()).digest()[:8], "big") % 1000
    return "test" if bucket < test else "val" if bucket < test + val else "train"


def without_shared_lines(poems: list[Poem], taken: set[str]) -> list[Poem]:
    """The poems that have no line in `taken`."""
    return [poem for poem in poems if taken.isdisjoint(lines_of(poem.body))]


def prepare(config: Config) -> None:
    opts = config.data
    poems: dict[str, Poem] = {}
    raw = raw_poems(fetch(config.source))
    for title, body in raw:
        if (form := form_of(body)) is None:
            continue
        title = clean_title(title, opts["max_title"])
        if body not in poems or (title and not poems[body].title):
            poems[body] = Poem(form, title, body)
    print(f"{len(raw)} poems read, {len(poems)} regular ones that differ")

    counts = Counter(char for body in poems for char in body)
    chars = sorted((c for c, n in counts.items() if n >= opts["min_count"]), key=lambda c: (-counts[c], c))
    known = set(chars)
    splits: dict[str, list[Poem]] = {"train": [], "val": [], "test": []}
    for body, poem in poems.items():
        if known.issuperset(body):
            title = poem.title if known.issuperset(poem.title) else ""
            split = split_of(body, opts["test_permille"], opts["val_permille"])
            splits[split].append(poem._replace(title=title))
    kept = sum(map(len, splits.values()))
    print(f"vocabulary {len(SPECIAL) + len(chars)}; {len(poems) - kept} poems with rarer characters dropped")

    # No line of a held-out poem may stand in training, also not inside a longer poem. The training side gives
    # way, because removing held-out poems would leave only the untypical ones.
    test_lines = {line for poem in splits["test"] for line in lines_of(poem.body)}
    splits["val"] = without_shared_lines(splits["val"], test_lines)
    val_lines = {line for poem in splits["val"] for line in lines_of(poem.body)}
    before = len(splits["train"])
    splits["train"] = without_shared_lines(splits["train"], test_lines | val_lines)
    print(f"{before - len(splits['train'])} training poems removed that share a line with a held-out poem")

    folder = config.data_folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join([*SPECIAL, *chars]) + "\n")
    for name, split in splits.items():
        (folder / f"{name}.txt").write_text("".join("\t".join(poem) + "\n" for poem in split))
        forms = Counter(poem.form for poem in split)
        titled = sum(bool(poem.title) for poem in split) / len(split)
        print(f"{name:5} {len(split):7} poems, {titled:.0%} titled, {dict(forms)}")


def load(config: Config, split: str, quatrains_only: bool = False) -> list[Poem]:
    rows = (config.data_folder / f"{split}.txt").read_text().splitlines()
    poems = [Poem(*row.split("\t")) for row in rows]
    return [p for p in poems if p.form in QUATRAINS] if quatrains_only else poems


def load_vocab(config: Config) -> dict[str, int]:
    tokens = (config.data_folder / "vocab.txt").read_text().splitlines()
    return {token: i for i, token in enumerate(tokens)}
