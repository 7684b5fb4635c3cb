"""The baselines of the language models: unigram, and a 5-gram with interpolated modified Kneser-Ney smoothing.

Chen & Goodman (1998), section 3: three discounts per order, estimated from the counts of counts; below the highest
order a gram counts as often as different tokens stand before it. All grams are found by numbering: the grams of order k
are the pairs (number of its first k - 1 tokens, last token).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Probabilities = NDArray[np.float64]


class Grams(NamedTuple):
    """Grams of one order over a stream."""

    at: Ids  # number of the gram that ends at a position; -1 where it would begin before the stream
    prefix: Ids  # of each gram: number of its first order - 1 tokens
    last: Ids  # of each gram: a position where it ends


def numbered(stream: Ids, order: int, vocab_size: int) -> list[Grams]:
    """Grams of the orders 1 to `order`."""
    one = np.unique(stream, return_index=True, return_inverse=True)
    out = [Grams(one[2], np.zeros(len(one[0]), np.int64), one[1])]
    for k in range(2, order + 1):
        before = out[-1].at[k - 2 : -1]  # the gram of order k - 1 that ends one position earlier
        pairs = before * vocab_size + stream[k - 1 :]
        values, first, numbers = np.unique(pairs, return_index=True, return_inverse=True)
        at = np.concatenate([np.full(k - 1, -1), numbers])
        out.append(Grams(at, values // vocab_size, first + k - 1))
    return out


def unigram(train: Ids, test: Ids, vocab_size: int) -> Probabilities:
    """Probability of each token of `test`; every token counts once more than it was seen."""
    counts = np.bincount(train, minlength=vocab_size) + 1
    return counts[test] / counts.sum()


def discounts_of(of_counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """What is taken off a count of 0, 1, 2, and 3 or more; 0.75 where a small corpus lacks one of the counts."""
    if not of_counts[1:].all():
        return np.array([0, 0.75, 0.75, 0.75])
    base = of_counts[1] / (of_counts[1] + 2 * of_counts[2])
    return np.array([0, *(n - (n + 1) * base * of_counts[n + 1] / of_counts[n] for n in (1, 2, 3))])


def kneser_ney(train: Ids, test: Ids, order: int, vocab_size: int) -> Probabilities:
    """Probability of each token of `test` after the order - 1 tokens before it (fewer at the beginning)."""
    stream = np.concatenate([train, test])
    orders = numbered(stream, order, vocab_size)
    boundary = len(train)
    inside = [np.bincount(g.at[:boundary][g.at[:boundary] >= 0], minlength=len(g.last)) for g in orders]
    positions = np.arange(boundary, len(stream))
    probability = np.full(len(test), 1 / vocab_size)
    for k in range(1, order + 1):
        grams = orders[k - 1]
        if k == order:
            counts = inside[k - 1]
        else:  # different tokens before a gram: longer grams that were seen, by their last k tokens
            longer = orders[k]
            seen = inside[k] > 0
            counts = np.bincount(grams.at[longer.last[seen]], minlength=len(grams.last))
        contexts = grams.prefix.max() + 1 if k > 1 else 1
        total = np.bincount(grams.prefix, counts, contexts)
        of_counts = np.array([np.sum(counts == n) for n in range(5)], float)
        discounts = discounts_of(of_counts)
        discount = discounts[np.minimum(counts, 3)]
        kept_back = np.bincount(grams.prefix, np.minimum(discount, counts), contexts)
        usable = positions >= k - 1
        number = grams.at[positions[usable]]
        context = grams.prefix[number]
        known = total[context] > 0
        lower = probability[usable]
        with np.errstate(divide="ignore", invalid="ignore"):
            own = np.maximum(counts[number] - discount[number], 0) / total[context]
            mixed = own + kept_back[context] / total[context] * lower
        probability[usable] = np.where(known, mixed, lower)
    return probability
