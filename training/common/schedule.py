"""Warmup – stable – decay (Hu et al. 2024, MiniCPM; linear decay to zero: Hägele et al. 2024)."""


def warmup_stable_decay(progress: float, warmup: float, decay: float) -> float:
    """The factor on the learning rate when `progress` (0 to 1) of the budget is used."""
    if progress < warmup:
        return progress / warmup
    return min(1.0, max(0.0, (1 - progress) / decay))


def anneal(progress: float, decay: float, start: float, end: float) -> float:
    """`start` until the decay phase begins, then at once `end`: the data mixture of the decay phase."""
    return start if progress < 1 - decay else end
