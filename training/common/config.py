"""Configuration files and the folders that all commands use."""

import json
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
TRAINING = ROOT / "training"
DATA = TRAINING / "data"
RUNS = TRAINING / "runs"
MODELS = ROOT / "public" / "models"


class Config(NamedTuple):
    id: str
    source: str
    data: dict[str, Any]
    model: dict[str, Any]
    train: dict[str, Any]

    @property
    def data_folder(self) -> Path:
        return DATA / self.id

    @property
    def run_folder(self) -> Path:
        return RUNS / self.id

    @property
    def model_folder(self) -> Path:
        return MODELS / self.id


def load_config(model_id: str) -> Config:
    return Config(**json.loads((TRAINING / "configs" / f"{model_id}.json").read_text()))
