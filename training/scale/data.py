"""What the whole family reads: the corpora that gpt-zh reads, packed once into rows of one length.

Our own texts are left out: what a grammar has written is foreseen by small models, too, and would bend the line.
"""

from functools import cache
from typing import NamedTuple

import torch
from torch import Tensor

from ..common.config import DATA, Config
from ..gptzh.mixture import OWN
from ..gptzh.rows import packed
from ..gptzh.text import Encoder, documents_of, vocabulary
from ..zh import data
from ..zh.document import Document

ROWS = DATA / "scale" / "rows.pt"
ROWS_SEED = 20261130


class Rows(NamedTuple):
    vocab: list[str]
    ids: Tensor  # [rows, length + 1]
    learnt: Tensor  # of the same shape: 1 where a token is a target

    @property
    def counts(self) -> Tensor:
        """How often each token is a target."""
        return torch.bincount(self.ids[self.learnt.bool()].long(), minlength=len(self.vocab)).double()

    @property
    def frequency(self) -> Tensor:
        """The share of each token among the characters, every one counted once more than it stands there."""
        counts = self.counts[2:] + 1  # without [END] and [UNK]
        return torch.cat([torch.zeros(2), counts / counts.sum()])


def corpus(split: str) -> list[Document]:
    """The documents of the corpora, without those that are our own."""
    return [document for document in documents_of("pretrain", split) if document.source not in OWN]


def rows_of(documents: list[Document], vocab: list[str], length: int) -> tuple[Tensor, Tensor]:
    encode = Encoder(vocab)
    breaks = set(encode.text("。！？…\n"))
    return packed([encode(document, "pretrain") for document in documents], length, breaks, ROWS_SEED)


def prepare(config: Config) -> None:
    """data/scale/rows.pt, the same for the whole family; data/zh as well where it is not there."""
    if not (data.FOLDER / "characters.tsv").exists():
        data.prepare()
    vocab = vocabulary(config.data["min_count"])
    ids, learnt = rows_of(corpus("train"), vocab, config.model["n_positions"])
    ROWS.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"vocab": vocab, "ids": ids, "learnt": learnt}, ROWS)
    print(f"{len(vocab)} tokens, {len(ids)} rows, {learnt[:, 1:].sum().item()} places to learn")


@cache
def load_rows() -> Rows:
    return Rows(**torch.load(ROWS, weights_only=True))
