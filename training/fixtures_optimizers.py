"""optimizers.json: where PyTorch's optimizers move two parameters that get given gradients.

Each case has its options, and `weights` after each step for both parameters, as lists in f64.
"""

import json
from typing import Any

import torch
from torch import nn

from .fixtures_common import TESTDATA

STEPS = 5
SHAPES = {"matrix": (3, 5), "bias": (5,)}
# `decay` is the weight decay of the matrix; the bias has none. A norm of 1 clips every step here, of 5 some.
CASES: list[dict[str, Any]] = [
    {"optimizer": "sgd", "learningRate": 0.1, "decay": 0.0, "momentum": 0.0},
    {"optimizer": "sgd", "learningRate": 0.1, "decay": 0.1, "momentum": 0.9, "maxNorm": 5.0},
    {"optimizer": "adamW", "learningRate": 0.05, "decay": 0.0, "beta2": 0.999, "epsilon": 1e-8},
    {
        "optimizer": "adamW",
        "learningRate": 0.05,
        "decay": 0.1,
        "beta2": 0.95,
        "epsilon": 1e-3,
        "maxNorm": 1.0,
    },
]


def numbers(*shape: int) -> torch.Tensor:
    return torch.randn(*shape).round(decimals=4).double()


def run(case: dict[str, Any], weights: dict[str, torch.Tensor], gradients: list[dict[str, torch.Tensor]]) -> list[Any]:
    parameters = {key: nn.Parameter(value.clone()) for key, value in weights.items()}
    groups = [
        {"params": [parameters["matrix"]], "weight_decay": case["decay"]},
        {"params": [parameters["bias"]], "weight_decay": 0.0},
    ]
    if case["optimizer"] == "sgd":
        optimizer = torch.optim.SGD(groups, lr=case["learningRate"], momentum=case["momentum"])
    else:
        betas = (0.9, case["beta2"])
        optimizer = torch.optim.AdamW(groups, lr=case["learningRate"], betas=betas, eps=case["epsilon"])
    path = []
    for step in gradients:
        for key, parameter in parameters.items():
            parameter.grad = step[key].clone()
        if "maxNorm" in case:
            nn.utils.clip_grad_norm_(parameters.values(), case["maxNorm"])
        optimizer.step()
        path.append({key: parameter.flatten().tolist() for key, parameter in parameters.items()})
    return path


def write() -> None:
    torch.manual_seed(3)
    weights = {key: numbers(*shape) for key, shape in SHAPES.items()}
    gradients = [{key: numbers(*shape) for key, shape in SHAPES.items()} for _ in range(STEPS)]
    for step, scale in zip(gradients, (1, 0.5, 2, 1, 3), strict=True):
        for gradient in step.values():
            gradient *= scale
    fixture = {
        "shapes": SHAPES,
        "weights": {key: value.flatten().tolist() for key, value in weights.items()},
        "gradients": [{key: value.flatten().tolist() for key, value in step.items()} for step in gradients],
        "norms": [torch.cat([g.flatten() for g in step.values()]).norm().item() for step in gradients],
        "cases": [case | {"path": run(case, weights, gradients)} for case in CASES],
    }
    (TESTDATA / "optimizers.json").write_text(json.dumps(rounded(fixture), separators=(",", ":")) + "\n")


def rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, (list, tuple)) else value
