"""What the golden files of models share. Above all training runs: a small model, the gradients of its first batch, and
its losses over ten AdamW steps.

    write_training_run("bert-tiny", model, batches, loss, config={...})

writes two files under src/engine/testdata/training/, for `describeTraining` (testdata/training-run.ts):

<name>.safetensors  `weight.<parameter>` as the run starts, and of what is trained `gradient.<parameter>`, of the
                    loss on batch 0
<name>.json         `config`, `batches`, `learningRate`; 11 `losses`, number i on batch i mod n after i steps

All is computed in f64 and stored in f32. The optimizer is AdamW with betas 0.9 and 0.999, weight decay 0.1 on
what has two axes and none on the rest, gradients clipped to norm 1, and a constant learning rate.
"""

import json
from collections.abc import Callable
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from .common.config import ROOT

TESTDATA = ROOT / "src" / "engine" / "testdata"
STEPS = 10
IGNORED = -100  # a target that costs nothing

Batch = dict[str, Any]  # lists of numbers by name, JSON


def write_training_run(
    name: str,
    model: nn.Module,
    batches: list[Batch],
    loss: Callable[[nn.Module, Batch], Tensor],
    config: dict[str, Any],
    learning_rate: float = 1e-2,
    rename: Callable[[str], str] = lambda name: name,
) -> None:
    """`loss` gives the mean loss of a batch; `rename` turns the name of a parameter into the engine's."""
    folder = TESTDATA / "training"
    folder.mkdir(parents=True, exist_ok=True)
    model = model.float().double().train()  # what starts is what is stored
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    weights = {rename(key): value for key, value in model.named_parameters()}
    parameters = {key: value for key, value in weights.items() if value.requires_grad}
    loss(model, batches[0]).backward()
    tensors = {f"weight.{key}": value.detach() for key, value in weights.items()}
    for key, value in parameters.items():
        if value.grad is None:
            raise ValueError(f"the loss does not depend on {key}")
        tensors[f"gradient.{key}"] = value.grad
    path = folder / f"{name}.safetensors"
    save_file({key: value.float().contiguous().clone() for key, value in tensors.items()}, path)
    path.chmod(0o644)  # save_file leaves it to the owner alone

    losses = adamw_losses(model, batches, loss, learning_rate)
    run = {"config": config, "batches": batches, "learningRate": learning_rate, "losses": losses}
    text = json.dumps(run, ensure_ascii=False, separators=(",", ":")) + "\n"
    (folder / f"{name}.json").write_text(text)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes, loss {losses[0]:.4f} → {losses[-1]:.4f}")


def adamw_losses(
    model: nn.Module, batches: list[Batch], loss: Callable[[nn.Module, Batch], Tensor], learning_rate: float
) -> list[float]:
    """The losses before each of the steps, and after the last."""
    trained = [p for p in model.parameters() if p.requires_grad]
    matrices = [p for p in trained if p.ndim > 1]
    others = [p for p in trained if p.ndim <= 1]
    groups = [{"params": matrices, "weight_decay": 0.1}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=learning_rate)
    losses = []
    for step in range(STEPS + 1):
        value = loss(model, batches[step % len(batches)])
        losses.append(value.item())
        optimizer.zero_grad()
        value.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
    return losses


def randomize(model: nn.Module, seed: int) -> nn.Module:
    """Weights large enough that attention is uneven and every bias and gain matters."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if not weight.requires_grad:
                continue
            noise = torch.randn(weight.shape, generator=generator)
            gain = weight.ndim == 1 and "norm" in name.lower() and name.endswith("weight")
            weight.copy_(0.3 * noise + (1.0 if gain else 0.0))
    return model.float().double()


def random_ids(generator: torch.Generator, count: int, vocabulary: int) -> list[int]:
    """Tokens behind the special ones."""
    return torch.randint(3, vocabulary, (count,), generator=generator).tolist()


def padded(sequences: list[list[int]], filler: int = 0) -> list[int]:
    longest = max(map(len, sequences))
    return [token for row in sequences for token in row + [filler] * (longest - len(row))]


def matrix(numbers: list[int], rows: int) -> Tensor:
    return torch.tensor(numbers).view(rows, -1)


def mask(lengths: list[int]) -> Tensor:
    return (torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]).long()


def write_outputs(name: str, tensors: dict[str, Tensor]) -> None:
    folder = TESTDATA / "models"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.safetensors"
    save_file({key: tensor.detach().float().contiguous().clone() for key, tensor in tensors.items()}, path)
    path.chmod(0o644)
    print(f"{path.name}: {path.stat().st_size} bytes")


def stacked(prefix: str, tensors: tuple[Tensor, ...]) -> dict[str, Tensor]:
    return {f"{prefix}.{i}": tensor for i, tensor in enumerate(tensors)}
