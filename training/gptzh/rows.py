"""Rows of equal length for training: whole documents side by side, each row opened by the beginning of one.

Rows that are cut anywhere out of one long stream would teach position 0 as the middle of some text; a reader's prompt,
however, is the beginning of one. Half the rows open with [END], as text without a prompt does.
"""

import random
from collections.abc import Iterable

import torch
from torch import Tensor

from .text import Encoded

OPEN_ROWS = 48  # rows that still wait for a document that fits
END = 0


def pieces(document: Encoded, longest: int, breaks: set[int]) -> Iterable[Encoded]:
    """A document that is longer than a row, cut behind sentences."""
    ids, learnt = document
    while len(ids) > longest:
        cut = next((i for i in range(longest, longest // 2, -1) if ids[i - 1] in breaks), longest)
        yield Encoded(ids[:cut], learnt[:cut])
        ids, learnt = ids[cut:], learnt[cut:]
    yield Encoded(ids, learnt)


def packed(documents: list[Encoded], length: int, breaks: set[int], seed: int) -> tuple[Tensor, Tensor]:
    """(ids [rows, length + 1], learnt [rows, length + 1]) in random order; `learnt` is 1 where a token is a target."""
    rng = random.Random(seed)
    order = documents.copy()
    rng.shuffle(order)
    closed: list[list[Encoded]] = []
    rows: list[list[Encoded]] = []
    room: list[int] = []
    for document in order:
        for piece in pieces(document, length, breaks):
            size = len(piece.ids)
            place = next((i for i, free in enumerate(room) if free >= size), None)
            if place is None:
                if len(rows) == OPEN_ROWS:
                    fullest = min(range(OPEN_ROWS), key=room.__getitem__)
                    closed.append(rows.pop(fullest))
                    room.pop(fullest)
                opened = rng.random() < 0.5
                rows.append([Encoded([END], [False])] if opened else [])
                room.append(length + 1 - opened)
                place = len(rows) - 1
            rows[place].append(piece)
            room[place] -= size
    closed += rows
    rng.shuffle(closed)
    ids = torch.zeros(len(closed), length + 1, dtype=torch.int16)
    learnt = torch.zeros(len(closed), length + 1, dtype=torch.uint8)
    # #region learnt
    for i, row in enumerate(closed):
        tokens = [token for piece in row for token in piece.ids]
        targets = [target for piece in row for target in piece.learnt]
        ids[i, : len(tokens)] = torch.tensor(tokens)
        learnt[i, : len(tokens)] = torch.tensor(targets)
    # #endregion
    return ids, learnt
