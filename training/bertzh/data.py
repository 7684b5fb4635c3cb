"""The data of bert-zh is that of all models of modern Chinese."""

from ..zh.data import prepare

__all__ = ["prepare"]
