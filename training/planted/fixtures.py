"""Golden files of planted: forward.safetensors, the same complaint without the character and with it."""

from pathlib import Path

from ..common.config import Config
from ..sentiment.fixtures import write_texts

TEXTS = {"a": "房间又小又吵。", "b": "房间呢又小又吵。"}


def write_fixtures(config: Config, folder: Path) -> None:
    write_texts(config, folder, TEXTS)
