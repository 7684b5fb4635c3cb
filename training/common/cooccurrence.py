"""Where token embeddings start: at the co-occurrences of neighbouring tokens instead of at random numbers.

Levy & Goldberg (2014) showed that word2vec factorises a matrix of pointwise mutual information. Factorising it
directly takes seconds, while rare characters get few gradient steps in a short run.
"""

import torch
from torch import Tensor

SCALE = 0.05
DISTANCES = (1, 2, 3)


def factors(index: Tensor, size: int, dims: int, smooth: float) -> Tensor:
    """Leading factors of the positive pointwise mutual information of symmetric pairs, at mean square 1."""
    counts = torch.zeros(size * size)
    counts.index_add_(0, index[0] * size + index[1], torch.ones(index.shape[1]))
    counts = counts.view(size, size)
    counts = counts + counts.T
    marginal = counts.sum(0)
    context = marginal**0.75  # smoothed contexts, Levy et al. 2015
    expected = marginal[:, None] * (context / context.sum()) + smooth
    positive = (counts / expected).log().clamp(min=0)
    u, s, _ = torch.svd_lowrank(positive, q=dims, niter=3)
    out = u * s.sqrt()
    return out / out.square().mean().sqrt()


def neighbour_embedding(documents: list[list[int]], size: int, dims: int) -> Tensor:
    """[size, dims] from tokens at most three apart, four fifths of the dimensions; the rest at random."""
    stream = torch.tensor([token for document in documents for token in document])
    pairs = torch.cat([torch.stack([stream[:-d], stream[d:]]) for d in DISTANCES], 1)
    near = dims * 4 // 5
    return SCALE * torch.cat([factors(pairs, size, near, 1.0), torch.randn(size, dims - near)], 1)
