"""The weights of a run in the form in which they are shipped: 8 bits, opened by transformers and computed in f32."""

from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor
from transformers import GPT2Config, GPT2LMHeadModel

from ..common.config import Config
from ..common.gpt2 import hf_tensors
from ..common.quantize import dequantized, quantized
from ..gptzh.export import trained_model


def in_8_bits(config: Config, state: dict[str, Any]) -> dict[str, Tensor]:
    """What the file of a finished run holds: matrices in 8 bits, the rest in F16."""
    return quantized({name: tensor.half() for name, tensor in hf_tensors(trained_model(config, state)).items()})


def opened(config: Config, tensors: dict[str, Tensor]) -> GPT2LMHeadModel:
    """A model of the exported folder's shape with these weights, its attention in the open for the fixtures."""
    shape = GPT2Config.from_pretrained(config.model_folder)
    shape._attn_implementation = "eager"
    model = GPT2LMHeadModel(shape).float()
    weights = {name: tensor.float() for name, tensor in dequantized(tensors).items()}
    model.load_state_dict(weights | {"lm_head.weight": weights["transformer.wte.weight"]})
    return model.eval()


def shipped(config: Config) -> GPT2LMHeadModel:
    """The exported folder."""
    return opened(config, load_file(config.model_folder / "model.safetensors"))


@torch.no_grad()
def logits_of(model: GPT2LMHeadModel, ids: Tensor) -> Tensor:
    """[rows, length, vocabulary]; padding on the right needs no mask, because nothing looks to the right."""
    return model(ids, attention_mask=torch.ones_like(ids)).logits
