"""Calibration (Guo et al. 2017): expected calibration error, and the temperature that divides the logits."""

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

BINS = 15


def expected_calibration_error(logits: Tensor, labels: Tensor) -> float:
    """The mean gap between confidence and accuracy over 15 bins of equal width, weighted by their texts."""
    confidence, choice = logits.softmax(-1).max(-1)
    right = (choice == labels).float()
    bins = (confidence * BINS).long().clamp(max=BINS - 1)
    error = 0.0
    for i in range(BINS):
        inside = bins == i
        if inside.any():
            error += abs(confidence[inside].mean() - right[inside].mean()).item() * inside.float().mean().item()
    return error


# #region temperature
def best_temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature of the least cross-entropy, found on a grid from 0.5 to 3."""
    grid = torch.linspace(0.5, 3, 251)
    losses = torch.stack([cross_entropy(logits / t, labels) for t in grid])
    return grid[losses.argmin()].item()


# #endregion
