"""What chapter 9.2 makes of the tensors of the tiny GPT-2 of fixtures_gpt2: python3 -m training.fixtures_drawn

gpt2-tiny/drawn.safetensors `rollout.<layer>`, attention rollout up to a layer; `shares.<layer>`, [heads, 5], what a
head gives to the token before, to itself, to the first, to the same one and to what followed that;
`selectivity.<layer>`, [neurons]; `answers`, the likeliest next tokens of the donor of fixtures_patching and of `ids`;
`moved.<block>`, [places], how far a patch there moves the answer from the one to the other
"""

import torch
from safetensors.torch import save_file
from torch import Tensor

from .fixtures_common import TESTDATA
from .fixtures_gpt2 import IDS, SHAPE, random_model, trace
from .fixtures_patching import DONOR, patched, stream

CONTEXTS = 4


def rollout(patterns: list[Tensor]) -> list[Tensor]:
    """Abnar & Zuidema 2020: half of what a token holds was its own below, half came by the mean of the heads."""
    rolled: list[Tensor] = []
    for pattern in patterns:
        mixed = (pattern.mean(0) + torch.eye(pattern.shape[-1], dtype=pattern.dtype)) / 2
        rolled.append(mixed @ rolled[-1] if rolled else mixed)
    return rolled


def shares(pattern: Tensor) -> Tensor:
    """[heads, roles]"""
    ids = torch.tensor(IDS)
    n = len(ids)
    query, key = torch.arange(n)[:, None], torch.arange(n)[None, :]
    seen = key <= query
    before = torch.cat([torch.tensor([-1]), ids[:-1]])
    roles = [
        key == query - 1,
        key == query,
        (key == 0) & (query > 0),
        (key < query) & (ids[None, :] == ids[:, None]),
        (key > 0) & (before[None, :] == ids[:, None]),
    ]
    columns = []
    for role in roles:
        there = role & seen
        columns.append((pattern * there).sum((1, 2)) / there.any(1).sum())
    return torch.stack(columns, 1)


def selectivity(activations: Tensor) -> Tensor:
    """Of [tokens, neurons]: mean of the highest above the mean of all, in standard deviations."""
    top = activations.topk(CONTEXTS, dim=0).values.mean(0)
    return (top - activations.mean(0)) / activations.std(0, unbiased=False)


def main() -> None:
    model = random_model()
    tensors: dict[str, Tensor] = {}
    with torch.no_grad():
        found = trace(model, torch.tensor(IDS))
        patterns = [found[f"blocks.{layer}.attn.pattern"] for layer in range(SHAPE["n_layer"])]
        for layer, rolled in enumerate(rollout(patterns)):
            tensors[f"rollout.{layer}"] = rolled
            tensors[f"shares.{layer}"] = shares(patterns[layer])
            tensors[f"selectivity.{layer}"] = selectivity(found[f"blocks.{layer}.mlp.post"])
        own, donor = (model(torch.tensor([ids])).logits[0, -1].log_softmax(-1) for ids in (IDS, DONOR))
        answers = [int(donor.argmax()), int(own.argmax())]
        tensors["answers"] = torch.tensor(answers).int()
        lean = [float(row[answers[0]] - row[answers[1]]) for row in (donor, own)]
        for block in range(SHAPE["n_layer"] + 1):
            given = stream(model, torch.tensor(DONOR), block)
            rows = torch.stack([patched(model, block, place, given[place]) for place in range(len(IDS))])
            moved = rows[:, answers[0]] - rows[:, answers[1]]
            tensors[f"moved.{block}"] = (moved - lean[1]) / (lean[0] - lean[1])
    path = TESTDATA / "gpt2-tiny" / "drawn.safetensors"
    kept = {
        name: tensor if tensor.dtype == torch.int32 else tensor.float().contiguous() for name, tensor in tensors.items()
    }
    save_file(kept, path)
    path.chmod(0o644)  # save_file leaves it to the owner alone
    print(f"{path} {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
