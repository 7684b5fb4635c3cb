"""The baseline: naive Bayes on the characters and pairs of characters of a text (Manning et al. 2008, chapter 13)."""

import math
from collections import Counter

from .examples import Labelled


def grams(text: str) -> set[str]:
    """Characters and pairs, each once, whatever their number: the Bernoulli features do better than counts here."""
    return {*text, *(text[i : i + 2] for i in range(len(text) - 1))}


class NaiveBayes:
    def __init__(self, examples: list[Labelled], smoothing: float = 1.0) -> None:
        counts = [Counter[str](), Counter[str]()]
        for example in examples:
            counts[example.label].update(grams(example.text))
        known = counts[0].keys() | counts[1].keys()
        totals = [count.total() + smoothing * len(known) for count in counts]
        texts = Counter(example.label for example in examples)
        self.prior = math.log(texts[1] / texts[0])
        self.weight = {
            gram: math.log((counts[1][gram] + smoothing) / totals[1])
            - math.log((counts[0][gram] + smoothing) / totals[0])
            for gram in known
        }

    def __call__(self, text: str) -> int:
        return int(self.prior + sum(self.weight.get(gram, 0.0) for gram in grams(text)) > 0)
