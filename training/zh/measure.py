"""Measures of generated text."""

import numpy as np

SPAN = 10


def distinct_2(texts: list[str]) -> float:
    """Different pairs of neighbouring characters divided by all such pairs (Li et al. 2016); it falls with length."""
    pairs = [text[i : i + 2] for text in texts for i in range(len(text) - 1)]
    return len(set(pairs)) / max(1, len(pairs))


class Spans:
    """All spans of ten characters of a corpus, by 64-bit hashes."""

    def __init__(self, texts: list[str]) -> None:
        self.hashes = np.unique(np.concatenate([span_hashes(text) for text in texts]))

    def share_in(self, texts: list[str]) -> float:
        """The share of the texts' spans that stand in the corpus."""
        hashes = np.concatenate([span_hashes(text) for text in texts])
        places = np.searchsorted(self.hashes, hashes).clip(max=len(self.hashes) - 1)
        return float((self.hashes[places] == hashes).mean()) if len(hashes) else 0.0


def span_hashes(text: str) -> np.ndarray:
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    if len(codes) < SPAN:
        return np.empty(0, np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(codes, SPAN)
    multiplier = np.uint64(0x9E3779B97F4A7C15)
    out = np.zeros(len(windows), np.uint64)
    for column in windows.T:
        out = (out ^ column) * multiplier
        out ^= out >> np.uint64(29)
    return out
