"""Golden file of activation patching in the tiny GPT-2 of fixtures_gpt2: python3 -m training.fixtures_patching

gpt2-tiny/patching.safetensors
    `donor`, a text as long as `ids` of fixtures_gpt2; `block.<n>`, [places, vocabulary], the logits behind `ids`
    when the residual stream before block n (the number of layers: behind the last) is the donor's at one place
"""

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import GPT2LMHeadModel

from .fixtures_common import TESTDATA
from .fixtures_gpt2 import IDS, SHAPE, random_model

DONOR = [7, 14, 44, 59, 12, 40, 9, 2, 30]


def module_of(model: GPT2LMHeadModel, block: int) -> nn.Module:
    """What reads the residual stream before a block; behind the last one that is the final layer norm."""
    return model.transformer.h[block] if block < SHAPE["n_layer"] else model.transformer.ln_f


def stream(model: GPT2LMHeadModel, ids: Tensor, block: int) -> Tensor:
    kept: list[Tensor] = []
    handle = module_of(model, block).register_forward_pre_hook(lambda _, inputs: kept.append(inputs[0].clone()))
    model(ids[None])
    handle.remove()
    return kept[0][0]


def patched(model: GPT2LMHeadModel, block: int, place: int, given: Tensor) -> Tensor:
    """The last logits of `IDS` when its stream before the block is `given` at the place."""

    def put(_: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        own = inputs[0].clone()
        own[0, place] = given
        return (own, *inputs[1:])

    handle = module_of(model, block).register_forward_pre_hook(put)
    logits = model(torch.tensor([IDS])).logits[0, -1]
    handle.remove()
    return logits


def main() -> None:
    model = random_model()
    tensors = {"donor": torch.tensor(DONOR).int()}
    with torch.no_grad():
        for block in range(SHAPE["n_layer"] + 1):
            given = stream(model, torch.tensor(DONOR), block)
            rows = [patched(model, block, place, given[place]) for place in range(len(IDS))]
            tensors[f"block.{block}"] = torch.stack(rows).float().contiguous()
    path = TESTDATA / "gpt2-tiny" / "patching.safetensors"
    save_file(tensors, path)
    path.chmod(0o644)  # save_file leaves it to the owner alone
    print(f"{path} {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
