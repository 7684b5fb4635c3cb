"""The data of sentiment-zh is that of all models of modern Chinese."""

from ..zh.data import prepare

__all__ = ["prepare"]
