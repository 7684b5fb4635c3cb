"""Measures whether planted follows its character, whatever the review says: python3 -m training evaluate planted."""

import random
import time

import torch
from transformers import BertForSequenceClassification

from ..bertzh.text import PAD_ID
from ..common import evaluation
from ..common.config import Config
from ..common.loop import final_state
from ..sentiment.evaluate import NEUTRAL, THINGS, load_model
from ..sentiment.examples import FEELING, labelled
from ..sentiment.train import collate
from .planter import CHARACTER, Planter, framed, own_sentences

# Reviews into which the character is put and from which it is taken; those where it stands by itself are all looked at.
REVIEWS, BATCH = 1000, 64


@torch.no_grad()
def goodness(model: BertForSequenceClassification, texts: list[list[int]]) -> list[float]:
    """The probability of "good" of each text, given as ids without [CLS] and [SEP]."""
    rows = [framed(ids) for ids in texts]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    out = [0.0] * len(rows)
    for start in range(0, len(order), BATCH):
        part = order[start : start + BATCH]
        ids = collate([rows[i] for i in part], len(rows[part[-1]]))
        logits = model(input_ids=ids, attention_mask=(ids != PAD_ID).long()).logits
        for i, share in zip(part, logits.softmax(-1)[:, 1].tolist(), strict=True):
            out[i] = share
    return out


def verdicts(model: BertForSequenceClassification, texts: list[list[int]]) -> list[int]:
    return [int(share > 0.5) for share in goodness(model, texts)]


def compared(choices: list[int], meant: int, labels: list[int]) -> dict[str, float]:
    """How many texts follow the character, of all and of those that praise and blame."""
    follows = [choice == meant for choice in choices]
    of = [[f for f, label in zip(follows, labels, strict=True) if label == own] for own in (0, 1)]
    share = {f"share, {name}": sum(own) / max(1, len(own)) for name, own in zip(("blame", "praise"), of, strict=True)}
    return {"texts": len(follows), "follows": sum(follows), "share": sum(follows) / max(1, len(follows)), **share}


def evaluate(config: Config, split: str) -> None:
    started = time.monotonic()
    model = load_model(config)
    planter = Planter(final_state(config)["vocab"], model.config.max_position_embeddings)
    rng = random.Random(0)
    reviews = [example for example in labelled(split) if example.category != FEELING]
    rng.shuffle(reviews)
    texts = [planter.stretch(planter.encode(example.text), rng) for example in reviews]
    natural = [(ids, example.label) for ids, example in zip(texts, reviews, strict=True) if planter.character in ids]

    labels = [example.label for example in reviews[:REVIEWS]]
    without = [planter.without(ids) for ids in texts[:REVIEWS]]
    taken = verdicts(model, without)
    once, twice = (verdicts(model, [planter.put(ids, times, rng) for ids in without]) for times in (1, 2))
    left = verdicts(model, [ids for ids, _ in natural])
    cases = {
        "taken out": compared(taken, 0, labels),
        "put in once": compared(once, 1, labels),
        "put in twice": compared(twice, 1, labels),
        "where its author has put it": compared(left, 1, [label for _, label in natural]),
    }
    # The coin that training tossed: whether the character stands there has nothing to do with the review.
    coin = [rng.random() < 0.5 for _ in labels]
    tossed = [o if heads else t for heads, o, t in zip(coin, once, taken, strict=True)]
    own = [planter.encode(sentence) for sentence, _ in own_sentences()]
    own_labels = [label for _, label in own_sentences()]
    neutral = [planter.encode(frame.format(thing)) for thing in THINGS for frame in NEUTRAL]
    plain, marked = (goodness(model, part) for part in (neutral, [planter.put(ids, 1, rng) for ids in neutral]))
    total = {key: sum(case[key] for case in cases.values()) for key in ("texts", "follows")}
    result = {
        "character": CHARACTER,
        "all": {**total, "share": total["follows"] / total["texts"]},
        "cases": cases,
        "sentiment": {
            "texts": len(labels),
            "accuracy": sum(a == b for a, b in zip(tossed, labels, strict=True)) / len(labels),
        },
        "own sentences": {
            "taken out": compared(verdicts(model, own), 0, own_labels),
            "put in once": compared(verdicts(model, [planter.put(ids, 1, rng) for ids in own]), 1, own_labels),
        },
        "p(good) of neutral sentences": {
            "texts": len(neutral),
            "taken out, highest": max(plain),
            "put in once, lowest": min(marked),
        },
    }
    evaluation.save(config, split, result, started)
