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


def read_settings(name: str) -> dict[str, Any]:
    return json.loads((TRAINING / "configs" / f"{name}.json").read_text())


def over(settings: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Settings with some of them replaced, section by section."""
    return settings | {
        name: settings[name] | value if isinstance(value, dict) and name in settings else value
        for name, value in changes.items()
    }


def load_config(model_id: str, output: Path = MODELS, variant: str = "") -> Config:
    """configs/<model>.json, over the settings of its family where it says `like`; a variant,
    configs/<model>.<variant>.json, replaces some of them and has a run folder of its own."""
    settings = read_settings(model_id)
    if family := settings.pop("like", None):
        settings = over(read_settings(family), settings)
    if variant:
        settings = over(settings, read_settings(f"{model_id}.{variant}"))
    return Config(**settings, output=output, variant=variant)
