"""Checkpoints: one file, written whole or not at all."""

from pathlib import Path

import torch


def save(path: Path, state: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def load(path: Path) -> dict:
    return torch.load(path, map_location="cpu", weights_only=True)
