"""The loss of every run of one size on held-out text, in blocks of texts: the line's band is drawn from them."""

import random
import time
from typing import Any

import torch
from transformers import GPT2LMHeadModel

from ..common import checkpoint, evaluation
from ..common.config import RUNS, Config
from ..gptzh.evaluate import END_ID, UNK_ID
from ..gptzh.text import Encoder
from .data import corpus, load_rows
from .train import parameters
from .weights import in_8_bits, logits_of, opened

BLOCKS, ROWS, ORDER_SEED = 50, 32, 20261130


def finished(config: Config) -> list[tuple[int, dict[str, Any]]]:
    """The finished runs of a size by their seeds, that of the configuration's own, which is shipped, first."""
    others = [(int(folder.name.rsplit("-", 1)[1]), folder) for folder in sorted(RUNS.glob(f"{config.id}.seed-*"))]
    folders = [(config.train["seed"], config.run_folder), *others]
    return [(seed, checkpoint.load(folder / "final.pt")) for seed, folder in folders if (folder / "final.pt").exists()]


def texts(encode: Encoder, split: str, length: int) -> list[list[list[int]]]:
    """The beginning of every text, at most `length` tokens of it, in blocks that are drawn once and for all."""
    begun = [encode(document, "pretrain").ids[:length] for document in corpus(split)]
    random.Random(ORDER_SEED).shuffle(begun)
    return [begun[i::BLOCKS] for i in range(BLOCKS)]


def nats(model: GPT2LMHeadModel, block: list[list[int]]) -> tuple[float, int]:
    """The summed loss of a block and the number of its characters, to which [END] and [UNK] do not count."""
    total, count = 0.0, 0
    by_length = sorted(block, key=len)
    for start in range(0, len(by_length), ROWS):
        part = by_length[start : start + ROWS]
        width = max(map(len, part))
        targets = torch.tensor([ids + [END_ID] * (width - len(ids)) for ids in part])
        given = torch.cat([torch.full((len(part), 1), END_ID), targets[:, :-1]], dim=1)
        logits = logits_of(model, given).flatten(0, 1)
        losses = torch.nn.functional.cross_entropy(logits, targets.flatten(), reduction="none").view_as(targets)
        counted = (targets != END_ID) & (targets != UNK_ID)
        total, count = total + losses[counted].double().sum().item(), count + int(counted.sum())
    return total, count


def evaluate(config: Config, split: str) -> None:
    started, runs = time.monotonic(), []
    for seed, state in finished(config):
        blocks = texts(Encoder(state["vocab"]), split, config.model["n_positions"])
        model = opened(config, in_8_bits(config, state))
        sums = [nats(model, block) for block in blocks]
        characters = [count for _, count in sums]
        runs.append(
            {
                "seed": seed,
                "tokens": state["tokens"],
                "steps": state["steps"],
                "train_seconds": round(state["seconds"]),
                "loss": sum(total for total, _ in sums) / sum(characters),
                "blocks": [round(total, 3) for total, _ in sums],
            }
        )
    unigram = load_rows().frequency[[token for block in blocks for ids in block for token in ids if token > UNK_ID]]
    result = {
        "unit": "nats per character",
        "parameters": parameters(config, len(state["vocab"])),
        "texts": sum(map(len, blocks)),
        "characters": sum(characters),
        "block_characters": characters,
        "unigram": -unigram.log().mean().item(),
        "runs": runs,
    }
    evaluation.save(config, split, result, started)
