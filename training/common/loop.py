"""The training loop of the models of modern Chinese: a budget of tokens, exact resumption, a log, final weights.

Learning rate and everything else that changes follow the used share of the budget. A run that was stopped and resumed
sees the same batches as one that was not. `final.pt` holds the weights in the precision of F16, the vocabulary and the
log: all that later commands need, small enough to be carried away from the machine that trained.
"""

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import torch
from torch import Tensor, nn

from . import checkpoint
from .config import Config, load_config
from .device import autocast, device
from .optim import MuonAdamW
from .schedule import warmup_stable_decay

SAVE_EVERY_SECONDS = 300


class Batch(dict[str, Tensor]):
    """Named tensors; `tokens` and `weight` say how much a batch is."""

    tokens: int
    weight: float  # the loss of the batch is a sum that is to be divided by this

    def __init__(self, tensors: Mapping[str, Tensor], tokens: int, weight: float) -> None:
        super().__init__(tensors)
        self.tokens, self.weight = tokens, weight


class Task(ABC):
    """What one run trains and on what."""

    model: nn.Module
    vocab: Sequence[str]

    @abstractmethod
    def matrices(self) -> list[nn.Parameter]:
        """The matrices that Muon trains; AdamW trains all other parameters."""

    @abstractmethod
    def epoch(self, number: int) -> Sequence[Batch]:
        """The batches of one pass over the data, a function of the seed and the number alone."""

    @abstractmethod
    def loss(self, batch: Batch, progress: float) -> Tensor:
        """The summed loss of a batch."""

    @abstractmethod
    def evaluate(self) -> dict[str, float]:
        """Figures for the log, on validation text; `train_loss` on text that the model learns from."""


class Loop:
    def __init__(self, config: Config, task: Task, resume: bool) -> None:
        self.config, self.opts, self.task = config, config.train, task
        torch.manual_seed(self.opts["seed"])
        matrices = {id(weight) for weight in task.matrices()}
        others = [weight for weight in task.model.parameters() if id(weight) not in matrices]
        self.optimizer = MuonAdamW(
            task.matrices(), others, self.opts["lr_muon"], self.opts["lr_adam"], self.opts["weight_decay"]
        )
        self.steps = self.tokens = self.number = self.place = 0
        self.seconds, self.log = 0.0, []
        if resume:
            self.restore()
        self.stream = self.batches()

    @property
    def progress(self) -> float:
        return self.tokens / self.opts["budget_tokens"]

    def batches(self) -> Iterator[Batch]:
        """Beside a GPU the next epoch is made while this one runs; on a CPU that would only cost memory."""
        with ThreadPoolExecutor(1) as pool:
            coming: Future[Sequence[Batch]] | None = None
            while True:
                epoch = coming.result() if coming else self.task.epoch(self.number)
                coming = pool.submit(self.task.epoch, self.number + 1) if torch.cuda.is_available() else None
                while self.place < len(epoch):
                    self.place += 1
                    yield epoch[self.place - 1]
                self.number, self.place = self.number + 1, 0

    def state(self) -> dict[str, Any]:
        names = ("steps", "tokens", "number", "place", "seconds", "log")
        return {name: getattr(self, name) for name in names} | {"vocab": list(self.task.vocab)}

    def restore(self) -> None:
        state = checkpoint.load(self.config.run_folder / "checkpoint.pt")
        del state["vocab"]  # the task has it
        self.task.model.load_state_dict(state.pop("model"))
        self.optimizer.load_state_dict(state.pop("optimizer"))
        torch.set_rng_state(state.pop("rng"))
        self.__dict__.update(state)

    def save(self) -> None:
        weights = {"model": self.task.model.state_dict(), "optimizer": self.optimizer.state_dict()}
        checkpoint.save(
            self.config.run_folder / "checkpoint.pt", self.state() | weights | {"rng": torch.get_rng_state()}
        )

    def finish(self) -> None:
        half = {name: tensor.half().cpu() for name, tensor in self.task.model.state_dict().items()}
        checkpoint.save(self.config.run_folder / "final.pt", self.state() | {"model": half})

    def step(self) -> float:
        self.task.model.train()
        progress = self.progress
        batches = [next(self.stream) for _ in range(self.opts["micro_batches"])]
        weight, total = sum(batch.weight for batch in batches), 0.0
        for batch in batches:
            with autocast():
                loss = self.task.loss(batch, progress) / weight
            loss.backward()
            total = total + loss.detach()
            self.tokens += batch.tokens
        nn.utils.clip_grad_norm_(self.task.model.parameters(), self.opts["grad_clip"])
        self.optimizer.step(warmup_stable_decay(progress, self.opts["warmup"], self.opts["decay"]))
        self.steps += 1
        return total

    @torch.no_grad()
    def evaluate(self) -> None:
        self.task.model.eval()
        row = {"step": self.steps, "tokens": self.tokens, "seconds": round(self.seconds)}
        self.log.append(row | {name: round(value, 4) for name, value in self.task.evaluate().items()})
        print(json.dumps(self.log[-1]), flush=True)

    def run(self, seconds: float) -> None:
        """Until the budget is used up, or for `seconds`; both ends leave a checkpoint."""
        started = last_save = time.monotonic()
        evaluated = int(self.progress * self.opts["evaluations"])
        while self.progress < 1 and time.monotonic() - started < seconds:
            begun = time.monotonic()
            loss = self.step()
            if self.steps % self.opts["print_every"] == 0:
                print(f"{self.steps} {self.tokens} {self.seconds:.0f}s {self.progress:.1%} {loss:.3f}", flush=True)
            self.seconds += time.monotonic() - begun
            if (due := int(self.progress * self.opts["evaluations"])) > evaluated:
                evaluated = due
                self.evaluate()
            if time.monotonic() - last_save > SAVE_EVERY_SECONDS:
                self.save()
                last_save = time.monotonic()
        self.save()
        if self.progress >= 1:
            self.finish()


def to_device(batch: Batch) -> dict[str, Tensor]:
    return {name: tensor.to(device(), non_blocking=True) for name, tensor in batch.items()}


def training_log(config: Config, state: dict[str, Any]) -> dict[str, object]:
    """The run's log by columns, for a plot; what the first evaluations did not measure is left out.

    Of a leg that goes on from the model itself also the tokens that were read before it.
    """
    columns = {key: [row[key] for row in state["log"]] for key in state["log"][0]}
    leg = config.train.get("base") == config.id
    before = {"tokens_before": final_state(load_config(config.id))["tokens"]} if leg else {}
    return {"model": config.id, "train": config.train, **before, "evaluations": columns}


def begun_vocabulary(config: Config) -> list[str]:
    """The vocabulary of a run to be resumed: it stays, also when the data was rebuilt with more text meanwhile."""
    return checkpoint.load(config.run_folder / "checkpoint.pt")["vocab"]


def final_state(config: Config) -> dict[str, Any]:
    """The finished run: model (weights in F16), vocab, log, steps, tokens, seconds."""
    return checkpoint.load(config.run_folder / "final.pt")
