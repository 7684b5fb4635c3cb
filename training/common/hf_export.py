"""Writes a model folder as Hugging Face libraries lay it out: F16 weights, configuration, tokenizer."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from .gpt2 import GPT2Shape


def write_json(path: Path, value: object, indent: int | None = 2) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")


def write_weights(folder: Path, tensors: dict[str, Tensor]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    half = {name: tensor.half().contiguous() for name, tensor in tensors.items()}
    save_file(half, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)  # save_file leaves it to the owner alone


def write_gpt2_config(folder: Path, shape: GPT2Shape, end: int, generation: dict[str, object]) -> None:
    """config.json and generation_config.json; one token is end, padding and beginning, as in GPT-2."""
    special = {"bos_token_id": end, "eos_token_id": end, "pad_token_id": end}
    config = {
        "architectures": ["GPT2LMHeadModel"],
        "model_type": "gpt2",
        "vocab_size": shape.vocab_size,
        "n_positions": shape.n_positions,
        "n_embd": shape.d_model,
        "n_head": shape.n_head,
        "n_layer": shape.n_layer,
        "n_inner": 4 * shape.d_model,
        "activation_function": "gelu_new",
        "layer_norm_epsilon": 1e-5,
        "attn_pdrop": 0.0,
        "embd_pdrop": 0.0,
        "resid_pdrop": 0.0,
        "scale_attn_weights": True,
        "tie_word_embeddings": True,
        "torch_dtype": "float16",
        **special,
    }
    write_json(folder / "config.json", config)
    write_json(folder / "generation_config.json", {**special, **generation})


def write_character_tokenizer(
    folder: Path, vocab: dict[str, int], special: tuple[str, ...], unknown: str, end: str, longest: int
) -> None:
    """tokenizer.json for one token per character: text is cut after every character, then looked up."""
    added = [
        {
            "id": vocab[token],
            "content": token,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
        for token in special
    ]
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": {
            "type": "Split",
            "pattern": {"Regex": "[\\s\\S]"},
            "behavior": "Isolated",
            "invert": False,
        },
        "post_processor": None,
        "decoder": {"type": "Fuse"},
        "model": {"type": "WordLevel", "vocab": vocab, "unk_token": unknown},
    }
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": longest,
            "clean_up_tokenization_spaces": False,
            "unk_token": unknown,
            "eos_token": end,
            "pad_token": end,
            "additional_special_tokens": [t for t in special if t not in (unknown, end)],
        },
    )


def round_to_half(model: torch.nn.Module) -> None:
    """Rounds the weights in place to what F16 can hold: the model that is shipped, still computed in f32."""
    with torch.no_grad():
        for weight in model.parameters():
            weight.copy_(weight.half())
