"""Training: python3 -m training train scale-300k [--seed 2] [--resume]."""

import math
from collections.abc import Sequence
from functools import cached_property

import torch

from ..common.candidates import Candidates
from ..common.config import Config
from ..common.device import device
from ..common.gpt2 import GPT2
from ..common.loop import Batch, Loop
from ..gptzh.train import PROBE_ROWS, GPTTask, LazyBatches, shape_of
from .data import corpus, load_rows, rows_of


def parameters(config: Config, vocab_size: int) -> int:
    """All of them: the table of tokens is the output layer, too, which is computed with (as Hoffmann et al. 2022)."""
    with torch.device("meta"):
        return sum(weight.numel() for weight in GPT2(shape_of(config, vocab_size)).parameters())


def run_of(config: Config, seed: int | None = None) -> Config:
    """One run of a size: the family's number of tokens for each parameter; other seeds have folders of their own."""
    seed = config.train["seed"] if seed is None else seed
    budget = config.train["tokens_per_parameter"] * parameters(config, len(load_rows().vocab))
    variant = config.variant if seed == config.train["seed"] else f"seed-{seed}"
    return config._replace(train=config.train | {"seed": seed, "budget_tokens": budget}, variant=variant)


class ScaleTask(GPTTask):
    """gpt-zh's task on rows that are already packed. Nothing is read twice, and all weights begin at random."""

    def __init__(self, config: Config) -> None:
        self.opts, self.length = config.train, config.model["n_positions"]
        self.rows = load_rows()
        self.vocab = self.rows.vocab
        torch.manual_seed(self.opts["seed"])
        self.model = GPT2(shape_of(config, len(self.vocab))).to(device())
        self.sampled_loss, self.full_loss = self.model.loss, self.model.full_loss
        if self.opts["compile"]:
            self.sampled_loss = torch.compile(self.sampled_loss, dynamic=True)
            self.full_loss = torch.compile(self.full_loss)

    @cached_property
    def candidates(self) -> Candidates:
        return Candidates(self.rows.counts.float(), self.opts["sampled_softmax_extra"], self.opts["seed"])

    def epoch(self, number: int) -> Sequence[Batch]:
        needed = math.ceil(self.opts["budget_tokens"] / self.opts["micro_batch_tokens"])
        rows = self.opts["micro_batch_tokens"] // self.length
        if number > 0 or needed * rows > len(self.rows.ids):
            raise ValueError(f"{len(self.rows.ids)} rows are too few for {needed} batches that are each read once")
        order = self.order[: needed * rows]
        return LazyBatches(self, self.rows.ids[order].split(rows), self.rows.learnt[order].split(rows))

    @property
    def order(self) -> torch.Tensor:
        """The rows in the order in which a run of this seed reads them."""
        return torch.randperm(len(self.rows.ids), generator=torch.Generator().manual_seed(self.opts["seed"]))

    @cached_property
    def probes(self) -> dict[str, list[Batch]]:
        begun = self.order[:PROBE_ROWS]
        read = self.rows.ids[begun], self.rows.learnt[begun]
        return {"train": self.probe_of(read), "val": self.probe_of(rows_of(corpus("val"), self.vocab, self.length))}

    def probe_of(self, rows: tuple[torch.Tensor, torch.Tensor]) -> list[Batch]:
        parts = (tensor[:PROBE_ROWS].split(16) for tensor in rows)
        return [self.batch(*part) for part in zip(*parts, strict=True)]


def train(config: Config, resume: bool, seconds: float = math.inf, seed: int | None = None) -> None:
    run = run_of(config, seed)
    Loop(run, ScaleTask(run), resume).run(seconds)
