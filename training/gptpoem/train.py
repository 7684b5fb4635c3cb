"""The training loop. Learning rate and data mixture follow the used share of a budget of tokens."""

import json
import math
import random
import time
from collections import Counter

import torch
from torch import Tensor

from ..common import checkpoint
from ..common.candidates import Candidates
from ..common.config import Config
from ..common.gpt2 import GPT2, GPT2Shape
from ..common.optim import MuonAdamW
from ..common.schedule import anneal, warmup_stable_decay
from . import data, metrics
from .batches import Batch, Encoder, bucketed, pools
from .embedding import initial_embedding
from .sample import Session, write
from .text import FORMS, LUSHI, QUATRAINS


def device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def new_model(config: Config, vocab: dict[str, int]) -> GPT2:
    return GPT2(GPT2Shape(vocab_size=len(vocab), **config.model))


def session_of(model: GPT2) -> Session:
    """The model as `sample.write` wants it."""
    on = next(model.parameters()).device

    def logits(ids: Tensor) -> Tensor:
        with torch.autocast(on.type, dtype=torch.bfloat16):
            return (model.hidden(ids.to(on))[:, -1] @ model.wte.weight.T).float().cpu()

    return lambda: logits


class Trainer:
    def __init__(self, config: Config, resume: bool) -> None:
        self.config, self.opts = config, config.train
        opts = self.opts
        torch.manual_seed(opts["seed"])
        self.vocab = data.load_vocab(config)
        self.poems = data.load(config, "train")
        self.model = new_model(config, self.vocab)
        if not resume:
            with torch.no_grad():
                self.model.wte.weight.copy_(initial_embedding(self.poems, self.vocab, config.model["d_model"]))
        self.model.to(device())
        self.loss = torch.compile(self.model.loss, dynamic=True)
        self.optimizer = MuonAdamW(
            self.model.hidden_matrices(),
            self.model.other_parameters(),
            opts["lr_muon"],
            opts["lr_adam"],
            opts["weight_decay"],
        )
        self.steps, self.tokens, self.seconds, self.log = 0, 0, 0.0, []
        if resume:
            self.restore()
        self.start_data(opts["seed"] + self.steps)

    def start_data(self, seed: int) -> None:
        """Resuming starts a new shuffle: the run is repeatable as long as it is not broken off."""
        opts = self.opts
        encode = Encoder(self.vocab, opts["weight_title"], opts["weight_rhyme"])
        rhyming = [poem for poem in self.poems if poem.form in QUATRAINS and metrics.rhyme_ok(poem.body)]
        self.pools, self.rhyming = (
            pools(poems, encode, opts["micro_batch_tokens"], opts["title_dropout"], seed)
            for poems in (self.poems, rhyming)
        )
        self.rng = random.Random(seed)
        counts = Counter(token for poem in self.poems for token in poem.tokens())
        self.candidates = Candidates(
            torch.tensor([float(counts[token]) for token in self.vocab]), opts["sampled_softmax_extra"], seed
        )
        validation = data.load(self.config, "val", quatrains_only=True)
        quatrains = [poem for poem in self.poems if poem.form in QUATRAINS]
        probes = {"val": validation, "train": random.Random(0).sample(quatrains, len(validation))}
        self.probes = {
            name: bucketed([Encoder(self.vocab)(p, True) for p in part], opts["micro_batch_tokens"], keep_rest=True)
            for name, part in probes.items()
        }

    @property
    def checkpoint(self):
        return self.config.run_folder / "checkpoint.pt"

    @property
    def progress(self) -> float:
        return self.tokens / self.opts["budget_tokens"]

    def restore(self) -> None:
        state = checkpoint.load(self.checkpoint)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.steps, self.tokens, self.seconds = state["steps"], state["tokens"], state["seconds"]
        self.log = state["log"]

    def save(self) -> None:
        state = {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "log": self.log}
        checkpoint.save(self.checkpoint, state | {"steps": self.steps, "tokens": self.tokens, "seconds": self.seconds})

    def draw(self, progress: float) -> Batch:
        """Quatrains or lüshi as the mixture says. The last phase reads only quatrains that rhyme in today's
        pronunciation, and 五绝, the rarer form, as often as 七绝."""
        quatrain = self.rng.random() < anneal(progress, self.opts["decay"], *self.opts["quatrain_share"])
        if quatrain and progress >= self.opts["last_phase_from"]:
            return next(self.rhyming[self.rng.choice(QUATRAINS)])
        forms = QUATRAINS if quatrain else LUSHI
        tokens = [len(self.pools[form].poems) * math.prod(FORMS[form]) for form in forms]
        return next(self.pools[self.rng.choices(forms, tokens)[0]])

    def step(self) -> float:
        """One optimizer step; its loss as trained: weighted, over the candidates."""
        opts, progress = self.opts, self.progress
        batches = [self.draw(progress) for _ in range(opts["micro_batches"])]
        mean, total_weight = 0.0, sum(batch.weights.sum().item() for batch in batches)
        for ids, targets, weights in batches:
            among, shift, places = self.candidates(targets, sampled=progress < opts["sampled_softmax_until"])
            with torch.autocast(device(), dtype=torch.bfloat16):
                loss = self.loss(*(tensor.to(device()) for tensor in (ids, places, weights, among, shift)))
            (loss / total_weight).backward()
            mean += loss.item() / total_weight
            self.tokens += ids.numel()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), opts["grad_clip"])
        self.optimizer.step(warmup_stable_decay(progress, opts["warmup"], opts["decay"]))
        self.steps += 1
        return mean

    def mean_loss(self, batches: list[Batch]) -> float:
        """Nats per predicted token of the body, over the whole vocabulary."""
        total = count = 0.0
        for ids, targets, weights in batches:
            among, shift, places = self.candidates(targets, sampled=False)
            with torch.autocast(device(), dtype=torch.bfloat16):
                loss = self.model.loss(*(tensor.to(device()) for tensor in (ids, places, weights, among, shift)))
            total, count = total + loss.item(), count + weights.sum().item()
        return round(total / count, 4)

    @torch.no_grad()
    def evaluate(self) -> None:
        texts = {
            form: [text for _, text in write(session_of(self.model), self.vocab, form, [""] * n, seed=0)]
            for form in QUATRAINS
            if (n := self.opts["eval_poems"] // 2)
        }
        every = [text for part in texts.values() for text in part]
        row = {
            "step": self.steps,
            "tokens": self.tokens,
            "seconds": round(self.seconds),
            "train_loss": self.mean_loss(self.probes["train"]),
            "val_loss": self.mean_loss(self.probes["val"]),
            "form": sum(metrics.form_ok(f, t) for f, part in texts.items() for t in part) / len(every),
            "rhyme": sum(map(metrics.rhyme_ok, every)) / len(every),
        }
        self.log.append(row)
        print(json.dumps(row), every[0], every[-1], flush=True)

    def run(self) -> None:
        next_evaluation = self.seconds + self.opts["eval_every_seconds"]
        while self.progress < 1:
            started = time.monotonic()
            loss = self.step()
            self.seconds += time.monotonic() - started
            if self.steps % 25 == 0:
                print(
                    f"{self.steps} {self.tokens} {self.seconds:.0f}s {self.progress:.1%} {loss:.3f}",
                    flush=True,
                )
            if self.seconds >= next_evaluation or self.progress >= 1:
                self.evaluate()
                self.save()
                next_evaluation += self.opts["eval_every_seconds"]


def train(config: Config, resume: bool) -> None:
    Trainer(config, resume).run()
