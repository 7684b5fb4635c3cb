"""The baselines of the masked LM: unigram, and a bigram model that looks at both neighbours of the gap."""

import torch
from torch import Tensor


class Neighbours:
    """p(token) and p(token | left) · p(right | token), with counts smoothed by the unigram."""

    def __init__(self, stream: Tensor, size: int, strength: float = 2.0) -> None:
        counts = torch.bincount(stream, minlength=size).float() + 0.1
        self.unigram = counts / counts.sum()
        pairs = torch.bincount(stream[:-1] * size + stream[1:], minlength=size * size).view(size, size)
        smoothed = pairs + strength * self.unigram
        self.following = (smoothed / smoothed.sum(1, keepdim=True)).log()  # [left, token]

    def scores(self, left: Tensor, right: Tensor) -> Tensor:
        """[gaps, vocabulary]: log p(token | left) + log p(right | token)."""
        return self.following[left] + self.following.T[right]
