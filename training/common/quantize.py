"""Weights in 8 bits, with one scale for each output of a layer (absmax, as in Dettmers et al. 2022).

In a file, the I8 tensor `x` has its scales beside it, as the F32 tensor `x.scale` of shape [rows, 1] or [1, columns].
"""

import re
import shutil

from safetensors.torch import load_file, save_file
from torch import Tensor, int8

from .config import Config

SCALE = ".scale"
# GPT-2 stores these as [inputs, outputs]. Every other matrix is [outputs, inputs]; a table has one vector in each row.
CONV1D = re.compile(r"\.(c_attn|c_proj|c_fc)\.weight$")
# Positions are few, and each is added to many tokens.
KEPT = re.compile(r"(wpe|position_embeddings)\.weight$")
COPIED = ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json")


def quantized(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Matrices as integers from -127 to 127 and their scales; everything else as it is."""
    out = {}
    for name, tensor in tensors.items():
        if tensor.ndim != 2 or KEPT.search(name):
            out[name] = tensor
            continue
        weight = tensor.float()
        largest = weight.abs().amax(dim=0 if CONV1D.search(name) else 1, keepdim=True)
        scale = largest.clamp(min=1e-30) / 127
        out[name] = (weight / scale).round().to(int8)
        out[name + SCALE] = scale
    return out


def dequantized(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """The floats that quantized tensors stand for."""
    return {
        name: tensor.float() * tensors[name + SCALE] if name + SCALE in tensors else tensor
        for name, tensor in tensors.items()
        if not name.endswith(SCALE)
    }


def quantize(config: Config) -> None:
    """The exported folder in 8 bits, beside it: <model>-i8."""
    folder = config.model_folder
    target = folder.with_name(f"{folder.name}-i8")
    target.mkdir(exist_ok=True)
    tensors = {name: tensor.contiguous() for name, tensor in quantized(load_file(folder / "model.safetensors")).items()}
    save_file(tensors, target / "model.safetensors", metadata={"format": "pt"})
    (target / "model.safetensors").chmod(0o644)
    for name in COPIED:
        if (folder / name).exists():
            shutil.copy(folder / name, target / name)
    for part in (folder, target):
        print(f"{part.name:16} {(part / 'model.safetensors').stat().st_size:9} bytes")
