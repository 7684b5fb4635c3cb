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
    output: Path = MODELS  # the folder of the model folders
    variant: str = ""

    @property
    def data_folder(self) -> Path:
        return DATA / self.id

    @property
    def run_folder(self) -> Path:
        return RUNS / (f"{self.id}.{self.variant}" if self.variant else self.id)

    @property
    def model_folder(self) -> Path:
        return self.output / self.id


def load_config(model_id: str, output: Path = MODELS, variant: str = "") -> Config:
    """configs/<model>.json; a variant, configs/<model>.<variant>.json, replaces some of its settings
    and has a run folder of its own."""
    settings = json.loads((TRAINING / "configs" / f"{model_id}.json").read_text())
    if variant:
        changes = json.loads((TRAINING / "configs" / f"{model_id}.{variant}.json").read_text())
        for section, values in changes.items():
            settings[section] = settings[section] | values
    return Config(**settings, output=output, variant=variant)
