"""The data of planted are the reviews of sentiment-zh."""

from ..zh.data import prepare

__all__ = ["prepare"]
