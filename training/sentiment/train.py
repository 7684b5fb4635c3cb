"""Fine-tuning: python3 -m training train sentiment-zh."""

import math
import random
from collections.abc import Sequence
from functools import cached_property

import torch
from torch import Tensor, nn

from ..bertzh.batches import LENGTHS
from ..bertzh.text import CLS_ID, PAD_ID, SEP_ID, Encoder
from ..bertzh.train import shape_of
from ..common.bert import Bert
from ..common.config import Config, load_config
from ..common.device import autocast, device
from ..common.loop import Batch, Loop, Task, final_state, to_device
from .examples import FEELING, LABELS, Labelled, labelled

PROBE = 1000


def encoded(text: str, encode: Encoder, longest: int) -> list[int]:
    """[CLS] text [SEP]; of a long text the beginning and the end, because reviews often close with the verdict."""
    ids, room = encode(text), longest - 2
    if len(ids) > room:
        ids = [*ids[: room // 2], *ids[len(ids) - (room - room // 2) :]]
    return [CLS_ID, *ids, SEP_ID]


def collate(rows: list[list[int]], length: int) -> Tensor:
    ids = torch.full((len(rows), length), PAD_ID)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
    return ids


def bucketed_rows(rows: list[tuple[list[int], int]], tokens: int, rng: random.Random) -> list[Batch]:
    """Batches of `tokens` tokens of rows (ids, label) of like length, in random order; what fills none is left out."""
    rows = rows.copy()
    rng.shuffle(rows)
    buckets: dict[int, list[tuple[list[int], int]]] = {length: [] for length in LENGTHS}
    for row in rows:
        buckets[next(length for length in LENGTHS if length >= len(row[0]))].append(row)
    batches = []
    for length, bucket in buckets.items():
        size = tokens // length
        for i in range(0, len(bucket) - size + 1, size):
            part = bucket[i : i + size]
            tensors = {
                "ids": collate([ids for ids, _ in part], length).short(),
                "labels": torch.tensor([label for _, label in part]),
            }
            batches.append(Batch(tensors, size * length, size))
    rng.shuffle(batches)
    return batches


class SentimentTask(Task):
    def __init__(self, config: Config, resume: bool) -> None:
        self.opts = config.train
        base = final_state(load_config(self.opts["base"], variant=config.variant))
        self.vocab = base["vocab"]
        self.encode, self.longest = Encoder(self.vocab), config.model["n_positions"]
        self.model = Bert(shape_of(config, len(self.vocab)), classes=len(LABELS))
        weights = {name: tensor.float() for name, tensor in base["model"].items()}
        fresh = self.model.load_state_dict(weights, strict=False).missing_keys
        assert set(fresh) == {"classifier.weight", "classifier.bias"}, fresh
        self.model.to(device())
        classes_of = self.model.classes_of
        self.compiled_classes = torch.compile(classes_of, dynamic=True) if self.opts["compile"] else classes_of

    @cached_property
    def rows(self) -> list[tuple[list[int], int]]:
        """(ids, label); sentences of feeling several times, as `repeat` says."""
        repeat = {FEELING: self.opts["repeat_feelings"]}
        return [
            (encoded(example.text, self.encode, self.longest), example.label)
            for example in labelled("train")
            for _ in range(repeat.get(example.category, 1))
        ]

    def matrices(self) -> list[nn.Parameter]:
        return self.model.hidden_matrices()

    def epoch(self, number: int) -> Sequence[Batch]:
        rng = random.Random(self.opts["seed"] + number)
        rows = self.rows
        batches = bucketed_rows(rows, self.opts["micro_batch_tokens"], rng)
        print(f"epoch {number}: {len(rows)} texts in {len(batches)} batches", flush=True)
        return batches

    def loss(self, batch: Batch, progress: float) -> Tensor:
        tensors = to_device(batch)
        logits = self.compiled_classes(tensors["ids"].long()).float()
        smoothing = self.opts["label_smoothing"]
        return nn.functional.cross_entropy(logits, tensors["labels"], reduction="sum", label_smoothing=smoothing)

    def evaluate(self) -> dict[str, float]:
        (train_loss, _), (val_loss, val_accuracy) = (self.measure(labelled(split)) for split in ("train", "val"))
        return {"train_loss": train_loss, "val_loss": val_loss, "val_accuracy": val_accuracy}

    def measure(self, examples: list[Labelled]) -> tuple[float, float]:
        """Cross-entropy and accuracy of some of the examples, the same ones at each evaluation."""
        chosen = random.Random(0).sample(examples, PROBE)
        loss = right = 0.0
        for start in range(0, len(chosen), 50):
            part = chosen[start : start + 50]
            rows = [encoded(example.text, self.encode, self.longest) for example in part]
            labels = torch.tensor([example.label for example in part], device=device())
            with autocast():
                logits = self.model.classes_of(collate(rows, max(map(len, rows))).to(device())).float()
            loss += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
            right += (logits.argmax(-1) == labels).sum().item()
        return loss / len(chosen), right / len(chosen)


def train(config: Config, resume: bool, seconds: float = math.inf) -> None:
    Loop(config, SentimentTask(config, resume), resume).run(seconds)
