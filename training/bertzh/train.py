"""Pre-training: python3 -m training train bert-zh."""

import math
import random
from collections.abc import Sequence
from functools import cached_property

import torch
from torch import Tensor, nn

from ..common.bert import Bert, BertShape
from ..common.config import Config
from ..common.cooccurrence import neighbour_embedding
from ..common.device import autocast, device
from ..common.loop import Batch, Loop, Task, begun_vocabulary, to_device
from ..zh import data
from .batches import bucketed, masked_batch
from .examples import Example, Maker, Source, sources
from .text import Encoder, vocabulary

PROBE_TOKENS = 40_000


def shape_of(config: Config, vocab_size: int) -> BertShape:
    return BertShape(vocab_size=vocab_size, **config.model, dropout=config.train["dropout"])


class BertTask(Task):
    def __init__(self, config: Config, resume: bool) -> None:
        self.opts = config.train
        self.vocab = begun_vocabulary(config) if resume else vocabulary(config.data["min_count"])
        self.encode = Encoder(self.vocab)
        self.longest = config.model["n_positions"]
        self.model = Bert(shape_of(config, len(self.vocab)))
        if not resume:
            self.start_from_text()
        self.model.to(device())
        loss = self.model.pretraining_loss
        self.compiled_loss = torch.compile(loss, dynamic=True) if self.opts["compile"] else loss

    def start_from_text(self) -> None:
        """Word embeddings from neighbouring characters, the output's bias from their frequency."""
        documents = [[token for s in source.sentences for token in s] for source in self.training]
        counts = torch.bincount(torch.tensor([t for d in documents for t in d]), minlength=len(self.vocab)) + 0.5
        with torch.no_grad():
            self.model.words.weight.copy_(neighbour_embedding(documents, *self.model.words.weight.shape))
            self.model.bias.copy_((counts / counts.sum()).log() - (counts / counts.sum()).log().mean())

    @cached_property
    def training(self) -> list[Source]:
        return sources(data.load("train"), self.encode)

    def matrices(self) -> list[nn.Parameter]:
        return self.model.hidden_matrices()

    def epoch(self, number: int) -> Sequence[Batch]:
        opts, seed = self.opts, self.opts["seed"] + number
        examples = Maker(self.training, self.longest, seed).epoch(opts["single_share"], opts["repeat"])
        batches = bucketed(examples, opts["micro_batch_tokens"], random.Random(seed))
        print(f"epoch {number}: {len(examples)} examples in {len(batches)} batches", flush=True)
        return MaskedBatches(batches, opts["mask_share"], len(self.vocab), seed)

    def loss(self, batch: Batch, progress: float) -> Tensor:
        words, pairs = self.compiled_loss(**to_device(batch))
        count = (batch["following"] >= 0).sum().clamp(min=1)
        weight = next(weight for start, weight in reversed(self.opts["next_sentence_weights"]) if progress >= start)
        return words + pairs * (weight * batch.weight / count.item())

    @cached_property
    def probes(self) -> dict[str, Sequence[Batch]]:
        """What every evaluation reads: validation text, and as many documents that the model was trained on."""
        validation = sources(data.load("val"), self.encode)
        training = random.Random(0).sample(self.training, len(validation))
        return {"train": self.probe(training), "val": self.probe(validation)}

    def probe(self, documents: list[Source]) -> Sequence[Batch]:
        examples = Maker(documents, self.longest, seed=0).epoch(self.opts["single_share"], {})
        batches = bucketed(examples, 2048, random.Random(0))
        return MaskedBatches(batches[: PROBE_TOKENS // 2048], 0.15, len(self.vocab), seed=0)

    def evaluate(self) -> dict[str, float]:
        figures = {name: self.measure(batches) for name, batches in self.probes.items()}
        return {"train_loss": figures["train"]["loss"]} | {f"val_{key}": x for key, x in figures["val"].items()}

    def measure(self, batches: Sequence[Batch]) -> dict[str, float]:
        """Loss and accuracy as trained: on masked, swapped and kept tokens, 15 %."""
        total = right = count = pairs_right = pairs = 0.0
        for batch in batches:
            tensors = to_device(batch)
            with autocast():
                hidden = self.model.hidden(tensors["ids"], tensors["segments"])
                logits = self.model.words_at(hidden, tensors["places"]).float()
                next_sentence = self.model.next_sentence(self.model.pooled(hidden)).float()
            weights, targets = tensors["weights"], tensors["targets"]
            total += (nn.functional.cross_entropy(logits, targets, reduction="none") * weights).sum().item()
            right += ((logits.argmax(-1) == targets) * weights).sum().item()
            count += weights.sum().item()
            has_pair = tensors["following"] >= 0
            pairs_right += (next_sentence.argmax(-1) == tensors["following"])[has_pair].sum().item()
            pairs += has_pair.sum().item()
        return {"loss": total / count, "top_1": right / count, "next_sentence": pairs_right / pairs}


class MaskedBatches(Sequence[Batch]):
    """Batches whose masks are drawn when they are asked for, from the seed and their place alone."""

    def __init__(self, batches: list[tuple[int, list[Example]]], share: float, vocab_size: int, seed: int) -> None:
        self.batches, self.share, self.vocab_size, self.seed = batches, share, vocab_size, seed

    def __len__(self) -> int:
        return len(self.batches)

    def __getitem__(self, i: int) -> Batch:
        length, examples = self.batches[i]
        rng = torch.Generator().manual_seed(self.seed * 1_000_003 + i)
        return masked_batch(examples, length, self.share, self.vocab_size, rng)


def train(config: Config, resume: bool, seconds: float = math.inf) -> None:
    Loop(config, BertTask(config, resume), resume).run(seconds)
