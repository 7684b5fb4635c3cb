"""norms.json: a small GPT with layer norm behind its sub-layers (GPT-1) and before them (GPT-2), by PyTorch.

python3 -m training.fixtures_norms
"""

import json
import math

import torch
import torch.nn.functional as F

from .fixtures_common import TESTDATA

CONFIG = {"vocabularySize": 11, "length": 6, "layers": 3, "width": 8, "heads": 2}


def weights(generator: torch.Generator) -> dict[str, torch.Tensor]:
    width, inner = CONFIG["width"], 4 * CONFIG["width"]

    def draw(*shape: int, scale: float = 0.3) -> torch.Tensor:
        return (scale * torch.randn(*shape, generator=generator)).requires_grad_()

    drawn = {"tokens": draw(CONFIG["vocabularySize"], width), "positions": draw(CONFIG["length"], width)}
    for i in range(CONFIG["layers"]):
        for name in ("query", "key", "value", "output"):
            drawn[f"blocks.{i}.{name}.weight"] = draw(width, width)
            drawn[f"blocks.{i}.{name}.bias"] = draw(width, scale=0.1)
        drawn[f"blocks.{i}.expand.weight"] = draw(inner, width)
        drawn[f"blocks.{i}.expand.bias"] = draw(inner, scale=0.1)
        drawn[f"blocks.{i}.contract.weight"] = draw(width, inner)
        drawn[f"blocks.{i}.contract.bias"] = draw(width, scale=0.1)
        for name in ("attentionNorm", "feedForwardNorm"):
            drawn[f"blocks.{i}.{name}.weight"] = (1 + draw(width, scale=0.1)).detach().requires_grad_()
            drawn[f"blocks.{i}.{name}.bias"] = draw(width, scale=0.1)
    drawn["last.weight"] = (1 + draw(width, scale=0.1)).detach().requires_grad_()
    drawn["last.bias"] = draw(width, scale=0.1)
    return drawn


def linear(w: dict[str, torch.Tensor], name: str, x: torch.Tensor) -> torch.Tensor:
    return F.linear(x, w[f"{name}.weight"], w[f"{name}.bias"])


def norm(w: dict[str, torch.Tensor], name: str, x: torch.Tensor) -> torch.Tensor:
    return F.layer_norm(x, x.shape[-1:], w[f"{name}.weight"], w[f"{name}.bias"], 1e-5)


def attend(w: dict[str, torch.Tensor], block: str, x: torch.Tensor) -> torch.Tensor:
    batch, length, width = x.shape
    split = (batch, length, CONFIG["heads"], width // CONFIG["heads"])
    q, k, v = (linear(w, f"{block}.{name}", x).view(split).transpose(1, 2) for name in ("query", "key", "value"))
    scores = q @ k.transpose(2, 3) / math.sqrt(split[-1])
    hidden = torch.ones(length, length, dtype=torch.bool).triu(1)
    pattern = scores.masked_fill(hidden, float("-inf")).softmax(-1)
    return linear(w, f"{block}.output", (pattern @ v).transpose(1, 2).reshape(x.shape))


def feed(w: dict[str, torch.Tensor], block: str, x: torch.Tensor) -> torch.Tensor:
    return linear(w, f"{block}.contract", F.gelu(linear(w, f"{block}.expand", x), approximate="tanh"))


def logits(w: dict[str, torch.Tensor], ids: torch.Tensor, place: str) -> torch.Tensor:
    x = w["tokens"][ids] + w["positions"][: ids.shape[1]]
    for i in range(CONFIG["layers"]):
        block = f"blocks.{i}"
        if place == "before":
            x = x + attend(w, block, norm(w, f"{block}.attentionNorm", x))
            x = x + feed(w, block, norm(w, f"{block}.feedForwardNorm", x))
        else:
            x = norm(w, f"{block}.attentionNorm", x + attend(w, block, x))
            x = norm(w, f"{block}.feedForwardNorm", x + feed(w, block, x))
    return (norm(w, "last", x) if place == "before" else x) @ w["tokens"].T


def result(w: dict[str, torch.Tensor], ids: torch.Tensor, targets: torch.Tensor, place: str) -> dict[str, object]:
    for weight in w.values():
        weight.grad = None
    scores = logits(w, ids, place)
    loss = F.cross_entropy(scores.flatten(0, 1), targets.flatten())
    loss.backward()

    def gradient_norm(block: int) -> float:
        own = [weight.grad for name, weight in w.items() if name.startswith(f"blocks.{block}.")]
        return math.sqrt(sum(float((gradient**2).sum()) for gradient in own if gradient is not None))

    norms = [gradient_norm(block) for block in (0, CONFIG["layers"] - 1)]
    return {"loss": loss.item(), "logits": scores.flatten().tolist(), "gradientNorms": norms}


def main() -> None:
    generator = torch.Generator().manual_seed(92)
    w = weights(generator)
    shape = (2, CONFIG["length"])
    ids, targets = (torch.randint(CONFIG["vocabularySize"], shape, generator=generator) for _ in range(2))
    fixture = {
        "config": CONFIG,
        "ids": ids.tolist(),
        "targets": targets.tolist(),
        "weights": {name: [round(v, 6) for v in weight.flatten().tolist()] for name, weight in w.items()},
    }
    # The engine begins with the numbers of the file.
    for name, values in fixture["weights"].items():
        w[name] = torch.tensor(values).view(w[name].shape).requires_grad_()
    fixture["results"] = {place: result(w, ids, targets, place) for place in ("after", "before")}
    (TESTDATA / "norms.json").write_text(json.dumps(fixture) + "\n")


if __name__ == "__main__":
    main()
