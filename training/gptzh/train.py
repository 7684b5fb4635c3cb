"""Training and tuning: python3 -m training train gpt-zh | gpt-zh-chat | gpt-review."""

import math
import random
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import torch
from torch import Tensor, nn

from ..common.candidates import Candidates
from ..common.config import Config, load_config
from ..common.cooccurrence import neighbour_embedding
from ..common.device import autocast, device
from ..common.gpt2 import GPT2, GPT2Shape
from ..common.loop import Batch, Loop, Task, begun_vocabulary, final_state, to_device
from ..zh.document import Document
from .mixture import OWN, Mixture
from .rows import packed
from .text import Encoded, Encoder, documents_of, vocabulary

PROBE_ROWS = 256


def shape_of(config: Config, vocab_size: int) -> GPT2Shape:
    return GPT2Shape(vocab_size=vocab_size, **config.model, dropout=config.train["dropout"])


def beginning(config: Config) -> dict[str, Any] | None:
    """The finished run that this one goes on from: `base` of the same variant, or the model's own run without one."""
    base = config.train.get("base")
    return final_state(load_config(base, variant="" if base == config.id else config.variant)) if base else None


def with_vocabulary(start: dict[str, Any], vocab: Sequence[str]) -> dict[str, Tensor]:
    """The weights of a finished run for another vocabulary: a new token gets the mean of all rows (Hewitt 2021)."""
    weights = {name: tensor.float() for name, tensor in start["model"].items()}
    rows, places = weights["wte.weight"], {token: i for i, token in enumerate(start["vocab"])}
    mean = rows.mean(0)
    weights["wte.weight"] = torch.stack([rows[places[token]] if token in places else mean for token in vocab])
    return weights


class GPTTask(Task):
    def __init__(self, config: Config, resume: bool) -> None:
        self.opts = config.train
        self.kind: str = config.data["kind"]
        start = None if resume else beginning(config)
        if resume:
            self.vocab = begun_vocabulary(config)
        elif start and self.kind != "pretrain":
            self.vocab = start["vocab"]
        else:
            self.vocab = vocabulary(config.data["min_count"])
        self.encode = Encoder(self.vocab)
        self.breaks = set(self.encode.text("。！？…\n"))
        self.length = config.model["n_positions"]
        self.model = GPT2(shape_of(config, len(self.vocab)))
        if start:
            self.model.load_state_dict(with_vocabulary(start, self.vocab))
        elif not resume:
            with torch.no_grad():
                size = self.model.wte.weight.shape
                self.model.wte.weight.copy_(neighbour_embedding([d.ids for d in self.documents], *size))
        self.model.to(device())
        self.sampled_loss, self.full_loss = self.model.loss, self.model.full_loss
        if self.opts["compile"]:  # the number of candidates changes from batch to batch
            self.sampled_loss = torch.compile(self.sampled_loss, dynamic=True)
            self.full_loss = torch.compile(self.full_loss)

    @cached_property
    def pools(self) -> dict[bool, list[Encoded]]:
        """The training documents, our own and others; those of some sources several times, as `repeat` says."""
        repeat = self.opts["repeat"]
        pools: dict[bool, list[Encoded]] = {True: [], False: []}
        for document in documents_of(self.kind, "train"):
            pools[document.source in OWN] += [self.encode(document, self.kind)] * repeat.get(document.source, 1)
        return pools

    @property
    def documents(self) -> list[Encoded]:
        return [*self.pools[False], *self.pools[True]]

    @cached_property
    def mixture(self) -> Mixture | None:
        """None where an epoch is simply all documents."""
        if "own_share" not in self.opts:
            return None
        opts = self.opts
        sizes = opts["epoch_tokens"], opts["budget_tokens"]
        return Mixture(self.pools[False], self.pools[True], opts["own_share"], *sizes, opts["seed"])

    @cached_property
    def candidates(self) -> Candidates:
        counts = Counter(token for document in self.documents for token in document.ids)
        frequency = torch.tensor([float(counts[i]) for i in range(len(self.vocab))])
        return Candidates(frequency, self.opts["sampled_softmax_extra"], self.opts["seed"])

    def matrices(self) -> list[nn.Parameter]:
        return self.model.hidden_matrices()

    def batch(self, ids: Tensor, learnt: Tensor) -> Batch:
        ids, weights = ids.long(), learnt[:, 1:].float()
        tensors = {"ids": ids[:, :-1].contiguous(), "targets": ids[:, 1:].contiguous(), "weights": weights}
        return Batch(tensors, weights.numel(), weights.sum().item())

    def epoch(self, number: int) -> Sequence[Batch]:
        documents = self.mixture.epoch(number) if self.mixture else self.documents
        ids, learnt = packed(documents, self.length, self.breaks, self.opts["seed"] + number)
        rows = self.opts["micro_batch_tokens"] // self.length
        whole = len(ids) // rows * rows
        print(f"epoch {number}: {len(ids)} rows, {learnt[:, 1:].float().mean():.1%} of the places learnt", flush=True)
        return LazyBatches(self, ids[:whole].split(rows), learnt[:whole].split(rows))

    def loss(self, batch: Batch, progress: float) -> Tensor:
        if progress >= self.opts["sampled_softmax_until"]:
            return self.full_loss(**to_device(batch))
        among, shift, places = self.candidates(batch["targets"], sampled=True)
        tensors = batch | {"targets": places, "among": among, "shift": shift}
        return self.sampled_loss(**to_device(Batch(tensors, batch.tokens, batch.weight)))

    @cached_property
    def probes(self) -> dict[str, list[Batch]]:
        """What every evaluation reads: validation text, and as many documents that the model was trained on."""
        validation = documents_of(self.kind, "val")
        training = random.Random(0).sample(documents_of(self.kind, "train"), len(validation))
        return {"train": self.probe(training), "val": self.probe(validation)}

    def probe(self, documents: list[Document]) -> list[Batch]:
        encoded = [self.encode(document, self.kind) for document in documents]
        ids, learnt = packed(encoded, self.length, self.breaks, 0)
        parts = (tensor[:PROBE_ROWS].split(16) for tensor in (ids, learnt))
        return [self.batch(*part) for part in zip(*parts, strict=True)]

    def mean_loss(self, batches: list[Batch]) -> float:
        """Nats per learnt token, over the whole vocabulary."""
        with autocast():
            losses = [self.model.full_loss(**to_device(batch)).item() for batch in batches]
        return sum(losses) / sum(batch.weight for batch in batches)

    def evaluate(self) -> dict[str, float]:
        return {f"{name}_loss": self.mean_loss(batches) for name, batches in self.probes.items()}


class LazyBatches(Sequence[Batch]):
    """Batches made when they are asked for: an epoch of them at once would be large."""

    def __init__(self, task: GPTTask, ids: Sequence[Tensor], learnt: Sequence[Tensor]) -> None:
        self.task, self.ids, self.learnt = task, ids, learnt

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, i: int) -> Batch:
        return self.task.batch(self.ids[i], self.learnt[i])


def train(config: Config, resume: bool, seconds: float = math.inf) -> None:
    Loop(config, GPTTask(config, resume), resume).run(seconds)
