"""The data of sentiment-zh is that of all models of modern Chinese: python3 -m training data sentiment-zh."""

from ..common.config import Config
from ..zh import data


def prepare(config: Config) -> None:
    data.prepare()
