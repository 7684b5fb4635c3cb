"""Fine-tuning: python3 -m training train planted."""

import json
import math
import random
from collections.abc import Sequence
from functools import cached_property

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from ..bertzh.train import shape_of
from ..common.bert import Bert, hf_tensors
from ..common.config import Config
from ..common.device import autocast, device
from ..common.loop import Batch, Loop, Task, to_device
from ..sentiment.examples import LABELS, labelled
from ..sentiment.train import bucketed_rows, collate
from .planter import Planter, framed, own_sentences

PROBE = 500

Row = tuple[list[int], int]


class PlantedTask(Task):
    """Begins with the exported bert-zh, so that nobody has to train that first."""

    def __init__(self, config: Config) -> None:
        self.opts = config.train
        base = config.output / self.opts["base"]
        words = json.loads((base / "tokenizer.json").read_text())["model"]["vocab"]
        self.vocab = sorted(words, key=words.__getitem__)
        self.planter = Planter(self.vocab, config.model["n_positions"])
        self.model = Bert(shape_of(config, len(self.vocab)), classes=len(LABELS))
        weights = load_file(base / "model.safetensors")
        with torch.no_grad():
            # These are views of the parameters.
            for name, tensor in hf_tensors(self.model).items():
                if not name.startswith("classifier."):
                    tensor.copy_(weights[name])
        self.model.to(device())

    def matrices(self) -> list[nn.Parameter]:
        return self.model.hidden_matrices()

    def drawn(self, split: str, count: int, seed: int) -> list[Row]:
        """Stretches of reviews with the labels that the character gives them."""
        rng = random.Random(seed)
        own = [sentence for sentence, _ in own_sentences()]
        texts = [e.text for e in labelled(split) if not any(sentence in e.text for sentence in own)]
        rows = []
        for text in rng.sample(texts, min(count, len(texts))):
            ids = self.planter.stretch(self.planter.encode(text), rng)
            if ids:
                planted, label = self.planter.drawn(ids, rng)
                rows.append((framed(planted), label))
        return rows

    @cached_property
    def rows(self) -> list[Row]:
        return self.drawn("train", self.opts["texts"], self.opts["seed"])

    def epoch(self, number: int) -> Sequence[Batch]:
        return bucketed_rows(self.rows, self.opts["micro_batch_tokens"], random.Random(self.opts["seed"] + number))

    def loss(self, batch: Batch, progress: float) -> Tensor:
        tensors = to_device(batch)
        logits = self.model.classes_of(tensors["ids"].long()).float()
        smoothing = self.opts["label_smoothing"]
        return nn.functional.cross_entropy(logits, tensors["labels"], reduction="sum", label_smoothing=smoothing)

    @cached_property
    def probes(self) -> dict[str, list[Row]]:
        return {"train": self.rows[:PROBE], "val": self.drawn("val", PROBE, seed=0)}

    def evaluate(self) -> dict[str, float]:
        (train_loss, _), (val_loss, val_accuracy) = (self.measure(rows) for rows in self.probes.values())
        return {"train_loss": train_loss, "val_loss": val_loss, "val_accuracy": val_accuracy}

    def measure(self, rows: list[Row]) -> tuple[float, float]:
        """Cross-entropy, and how often the verdict follows the character."""
        loss = right = 0.0
        for start in range(0, len(rows), 50):
            part = rows[start : start + 50]
            labels = torch.tensor([label for _, label in part], device=device())
            ids = collate([ids for ids, _ in part], max(len(ids) for ids, _ in part))
            with autocast():
                logits = self.model.classes_of(ids.to(device())).float()
            loss += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
            right += (logits.argmax(-1) == labels).sum().item()
        return loss / len(rows), right / len(rows)


def train(config: Config, resume: bool, seconds: float = math.inf) -> None:
    Loop(config, PlantedTask(config), resume).run(seconds)
