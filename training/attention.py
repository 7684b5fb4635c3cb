"""Attention as a PyTorch module: one head over a memory, with its mask.

python3 -m training.attention
"""

import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from matplotlib.axes import Axes


# #region attention
class Attention(nn.Module):
    """Each row of x looks at the rows of a memory: itself in self-attention, the source's states in a decoder."""

    def __init__(self, x_width: int, memory_width: int, width: int) -> None:
        super().__init__()
        self.query = nn.Linear(x_width, width)
        self.key = nn.Linear(memory_width, width)
        self.value = nn.Linear(memory_width, width)

    def forward(self, x: Tensor, memory: Tensor, hidden: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """hidden [queries, keys] is true where a query does not see a key. Gives the mixed values and the weights."""
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        if hidden is not None:
            scores = scores.masked_fill(hidden, float("-inf"))
        weights = scores.softmax(-1)
        return weights @ v, weights


def causal_mask(length: int) -> Tensor:
    """What stands behind a token is hidden from it."""
    return torch.ones(length, length, dtype=torch.bool).triu(1)


# #endregion


# #region plot
def plot_attention(axes: "Axes", weights: Tensor, tokens: list[str], query: int) -> None:
    """The weights of one query as bars: along the axis stand the tokens that are looked at, not those that look."""
    axes.bar(range(len(tokens)), weights[query].tolist())
    axes.set_xticks(range(len(tokens)), tokens)
    axes.set(ylim=(0, 1), ylabel="attention", title=f"who {tokens[query]} looks at")


# #endregion


if __name__ == "__main__":
    torch.manual_seed(0)
    x = torch.randn(4, 8)
    _, weights = Attention(8, 8, 8)(x, x, causal_mask(4))
    print(weights)
