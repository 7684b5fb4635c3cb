"""Where training runs: CUDA when there is one, else the CPU, both in bf16 autocast."""

import torch


def device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def autocast() -> torch.autocast:
    return torch.autocast(device(), dtype=torch.bfloat16)
