"""Fixtures for automatic differentiation: what PyTorch says of every operation, optimizer and small model.

    python3 -m training.fixtures_gradients

ops.safetensors  for each case its inputs `<case>.in.<name>`, outputs `<case>.out.<name>`, upstream gradients
                 `<case>.up.<name>` and the gradients by its inputs `<case>.grad.<name>`; computed in f64
ops.json         for each case the operation and its options
optimizers.json  see fixtures_optimizers.py
training/        policy and skip-gram: see fixtures_small_models.py
"""

import json
from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor

from . import fixtures_optimizers, fixtures_small_models
from .fixtures_common import TESTDATA

Outputs = dict[str, Tensor]


class Cases:
    """Collects cases; every number is one that f32 holds."""

    def __init__(self) -> None:
        self.tensors: dict[str, Tensor] = {}
        self.cases: list[dict[str, Any]] = []

    def add(
        self,
        name: str,
        op: str,
        inputs: dict[str, Tensor],
        f: Callable[..., Tensor | Outputs],
        **options: Any,
    ) -> None:
        """`f` takes the inputs and gives `y`, or several outputs by name; `pattern` has no gradient."""
        leaves = {key: x.float().double().requires_grad_() for key, x in inputs.items()}
        outputs = f(*leaves.values())
        if isinstance(outputs, Tensor):
            outputs = {"y": outputs}
        ups = {key: normal(*y.shape).float().double() for key, y in outputs.items() if key != "pattern"}
        sum((outputs[key] * up).sum() for key, up in ups.items()).backward()
        groups = {"in": leaves, "out": outputs, "up": ups, "grad": {key: x.grad for key, x in leaves.items()}}
        for group, tensors in groups.items():
            self.tensors |= {f"{name}.{group}.{key}": x.detach().float().contiguous() for key, x in tensors.items()}
        self.cases.append({"name": name, "op": op, "inputs": list(inputs), **options})


def normal(*shape: int) -> Tensor:
    return torch.randn(*shape, dtype=torch.float64)


def attention(batch: int, heads: int, causal: bool, lengths: list[int] | None) -> Callable[..., Outputs]:
    def f(q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None = None) -> Outputs:
        width = q.shape[1]
        q, k, v = (x.view(batch, -1, heads, width // heads).transpose(1, 2) for x in (q, k, v))
        products = q @ k.transpose(-1, -2)
        scores = products / (width // heads) ** 0.5 if bias is None else products + bias
        hidden = torch.zeros_like(scores, dtype=torch.bool)
        if causal:
            hidden |= torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
        if lengths:
            hidden |= torch.arange(k.shape[2])[None] >= torch.tensor(lengths)[:, None, None, None]
        pattern = scores.masked_fill(hidden, float("-inf")).softmax(-1)
        return {"mixed": (pattern @ v).transpose(1, 2).reshape(-1, width), "pattern": pattern}

    return f


def lstm_cell(gates: Tensor, cell: Tensor) -> Outputs:
    i, f, g, o = gates.chunk(4, 1)
    new = f.sigmoid() * cell + i.sigmoid() * g.tanh()
    return {"hidden": o.sigmoid() * new.tanh(), "cell": new}


def entropy(logits: Tensor) -> Tensor:
    return torch.distributions.Categorical(logits=logits).entropy()


UNARY: dict[str, Callable[[Tensor], Tensor]] = {
    "exp": torch.exp,
    "square": torch.square,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "gelu": F.gelu,
    "geluTanh": lambda x: F.gelu(x, approximate="tanh"),
    "logSigmoid": F.logsigmoid,
    "silu": F.silu,
}
BINARY: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "add": torch.add,
    "subtract": torch.sub,
    "multiply": torch.mul,
    "minimum": torch.minimum,
}


def operations() -> Cases:
    cases = Cases()

    # Odd sizes take another way through the kernels than multiples of four.
    for rows, inner, columns in ((6, 5, 7), (5, 12, 8)):
        size = f"{rows}x{inner}x{columns}"
        x, w, b = normal(rows, inner), normal(inner, columns), normal(columns)
        cases.add(f"linear {size}", "linear", {"x": x, "weight": w, "bias": b}, lambda x, w, b: x @ w + b)
        cases.add(
            f"linear transposed {size}",
            "linear",
            {"x": x.view(1, rows, inner), "weight": w.T, "bias": b},
            F.linear,
            transposed=True,
        )
        cases.add(
            f"linear without bias {size}",
            "linear",
            {"x": x, "weight": w},
            lambda x, w: x @ w,
            transposed=False,
        )

    ids = [3, 1, 3, 0, 3, 6]
    cases.add("embedding", "embedding", {"table": normal(7, 5)}, lambda t: t[torch.tensor(ids)], ids=ids)
    wide = torch.randperm(8).tolist()
    cases.add(
        "embedding of a shape",
        "embedding",
        {"table": normal(8, 8)},
        lambda t: t[torch.tensor(wide)].view(2, 4, 8),
        ids=wide,
        shape=[2, 4],
    )
    parts = {"a": normal(2, 5), "b": normal(1, 5), "c": normal(3, 5)}
    cases.add("concatRows", "concatRows", parts, lambda *parts: torch.cat(parts))

    for rows, width in ((3, 8), (5, 7)):
        inputs = {"x": 2 * normal(rows, width) + 1, "gain": normal(width), "bias": normal(width)}
        cases.add(
            f"layerNorm {rows}x{width}",
            "layerNorm",
            inputs,
            lambda x, gain, bias: F.layer_norm(x, gain.shape, gain, bias, 1e-5),
            epsilon=1e-5,
        )

    for name, binary in BINARY.items():
        a, b = normal(4, 5), normal(4, 5)
        b[1] = a[1]  # where they are equal, both share the gradient of the smaller
        cases.add(name, name, {"a": a, "b": b}, binary)
    for name, unary in UNARY.items():
        cases.add(name, name, {"x": 2 * normal(5, 7)}, unary)
    cases.add("affine", "affine", {"x": normal(9)}, lambda x: -1.5 * x + 0.25, p=-1.5, q=0.25)
    cases.add("clamp", "clamp", {"x": normal(4, 6)}, lambda x: x.clamp(-0.5, 0.75), p=-0.5, q=0.75)

    settings: list[tuple[str, int, int, int, int, bool, list[int] | None]] = [
        ("causal", 5, 5, 2, 8, True, None),
        ("causal and padded", 6, 6, 3, 9, True, [6, 2]),
        ("padded", 4, 4, 1, 4, False, [1, 4]),
        ("cross", 3, 7, 2, 8, False, [4, 7]),
    ]
    for name, queries, keys, heads, width, causal, lengths in settings:
        cases.add(
            f"attention {name}",
            "attention",
            {"q": normal(2 * queries, width), "k": normal(2 * keys, width), "v": normal(2 * keys, width)},
            attention(2, heads, causal, lengths),
            batch=2,
            heads=heads,
            causal=causal,
            lengths=lengths,
        )

    targets = [3, -1, 0, 8, 3]
    cases.add(
        "crossEntropy",
        "crossEntropy",
        {"logits": 3 * normal(5, 9)},
        lambda x: F.cross_entropy(x, torch.tensor(targets), ignore_index=-1, reduction="none"),
        targets=targets,
    )
    cases.add("entropy", "entropy", {"logits": 2 * normal(5, 9)}, entropy)
    weights = [1.5, 0.0, -0.25, 2.0, 0.5, 1.0]
    cases.add(
        "weightedSum",
        "weightedSum",
        {"x": normal(2, 3)},
        lambda x: (x.flatten() * torch.tensor(weights)).sum()[None],
        weights=weights,
    )
    cases.add("lstmCell", "lstmCell", {"gates": normal(3, 20), "cell": normal(3, 5)}, lstm_cell)
    with torch.random.fork_rng():  # what is drawn after them stays what it was
        torch.manual_seed(5)
        add_t5(cases)
    return cases


def add_t5(cases: Cases) -> None:
    """Norms without mean and bias; attention whose scores are not scaled, with a bias that all sequences share."""
    for rows, width in ((3, 8), (5, 7)):
        inputs = {"x": 2 * normal(rows, width) + 1, "gain": normal(width)}
        cases.add(
            f"rmsNorm {rows}x{width}",
            "rmsNorm",
            inputs,
            lambda x, gain: F.rms_norm(x, gain.shape, gain, 1e-6),
            epsilon=1e-6,
        )
    settings = [("causal and padded", 6, 6, 3, 9, True, [6, 2]), ("padded", 5, 5, 2, 8, False, [1, 4])]
    for name, queries, keys, heads, width, causal, lengths in settings:
        tensors = {"q": normal(2 * queries, width), "k": normal(2 * keys, width), "v": normal(2 * keys, width)}
        cases.add(
            f"attention with a bias, {name}",
            "attention",
            {**tensors, "bias": normal(heads, queries, keys)},
            attention(2, heads, causal, lengths),
            batch=2,
            heads=heads,
            causal=causal,
            lengths=lengths,
        )


def main() -> None:
    torch.manual_seed(1)
    cases = operations()
    path = TESTDATA / "ops.safetensors"
    save_file(cases.tensors, path)
    path.chmod(0o644)  # save_file leaves it to the owner alone
    lines = ",\n".join(json.dumps(case) for case in cases.cases)
    (TESTDATA / "ops.json").write_text(f"[\n{lines}\n]\n")
    print(f"{len(cases.cases)} cases, {path.stat().st_size} bytes")
    fixtures_optimizers.write()
    fixtures_small_models.write()


if __name__ == "__main__":
    main()
