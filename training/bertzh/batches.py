"""Batches of examples of about equal length, with their masks."""

import random

import torch

from ..common.loop import Batch
from .examples import Example
from .text import MASK_ID, PAD_ID, SPECIAL

LENGTHS = (16, 32, 48, 64, 96, 128)


def masked_batch(examples: list[Example], length: int, share: float, vocab_size: int, rng: torch.Generator) -> Batch:
    """Chooses a share of all tokens; of those 80 % become [MASK], 10 % a random token, 10 % stay (Devlin et al.)."""
    rows = len(examples)
    flat = torch.tensor([t for e in examples for t in (*e.ids, *[PAD_ID] * (length - len(e.ids)))])
    firsts = torch.tensor([example.first for example in examples])[:, None]
    lengths = torch.tensor([len(example.ids) for example in examples])[:, None]
    columns = torch.arange(length)
    segments = ((columns >= firsts) & (columns < lengths)).long()
    candidates = (flat >= len(SPECIAL)).nonzero().flatten()
    count = int(rows * length * share)  # the same for every batch of a shape, so that compiled code fits
    chosen = candidates[torch.randperm(len(candidates), generator=rng)][: int(len(candidates) * share)]
    places = torch.zeros(count, dtype=torch.long)
    places[: len(chosen)] = chosen
    weights = torch.zeros(count)
    weights[: len(chosen)] = 1
    targets = flat[places]
    fate = torch.rand(len(chosen), generator=rng)
    flat[chosen[fate < 0.8]] = MASK_ID
    swapped = chosen[fate >= 0.9]
    flat[swapped] = torch.randint(len(SPECIAL), vocab_size, (len(swapped),), generator=rng)
    following = torch.tensor([example.following for example in examples])
    tensors = {
        "ids": flat.view(rows, length),
        "segments": segments,
        "places": places,
        "targets": targets,
        "weights": weights,
        "following": following,
    }
    return Batch(tensors, rows * length, weights.sum().item())


def bucketed(examples: list[Example], tokens: int, rng: random.Random) -> list[tuple[int, list[Example]]]:
    """(length, examples) of `tokens` tokens each, in random order; what does not fill a batch is left out."""
    buckets: dict[int, list[Example]] = {length: [] for length in LENGTHS}
    for example in examples:
        buckets[next(length for length in LENGTHS if length >= len(example.ids))].append(example)
    batches = []
    for length, bucket in buckets.items():
        size = tokens // length
        batches += [(length, bucket[i : i + size]) for i in range(0, len(bucket) - size + 1, size)]
    rng.shuffle(batches)
    return batches
