"""Where the token embeddings start: at the co-occurrences of the training poems instead of at random numbers.

Levy & Goldberg (2014) showed that word2vec factorises a matrix of pointwise mutual information. Factorising
it directly takes seconds, while rare characters get few gradient steps in a short run. Two matrices, from
the training poems alone, no dictionary: which characters stand near each other, and which ones rhyme within
one poem.
"""

import torch
from torch import Tensor

from ..common.cooccurrence import SCALE, factors
from .text import FORMS, Poem, lines_of

NEAR, RHYME = 160, 64  # dimensions; the rest starts at random


def pairs(poems: list[Poem], vocab: dict[str, int]) -> tuple[Tensor, Tensor]:
    """Pairs of ids: 1 or 2 apart in a line or in the same place of a couplet's lines; rhyming in one poem."""
    near, rhyme = [], []
    for form, (length, count) in FORMS.items():
        lines = [[vocab[c] for c in line] for poem in poems if poem.form == form for line in lines_of(poem.body)]
        ids = torch.tensor(lines).view(-1, count, length)
        for distance in (1, 2):
            near.append(torch.stack([ids[..., :-distance].flatten(), ids[..., distance:].flatten()]))
        near.append(torch.stack([ids[:, ::2].flatten(), ids[:, 1::2].flatten()]))
        ends = ids[:, 1::2, -1]
        for i in range(count // 2):
            rhyme += [torch.stack([ends[:, i], ends[:, j]]) for j in range(i)]
    return torch.cat(near, 1), torch.cat(rhyme, 1)


def initial_embedding(poems: list[Poem], vocab: dict[str, int], d_model: int) -> Tensor:
    near, rhyme = pairs(poems, vocab)
    size = len(vocab)
    rest = torch.randn(size, d_model - NEAR - RHYME)
    return SCALE * torch.cat([factors(near, size, NEAR, 1.0), factors(rhyme, size, RHYME, 0.5), rest], 1)
