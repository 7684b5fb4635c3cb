"""What a grammar makes, and what it is called with."""

from collections.abc import Callable
from random import Random

Turn = tuple[str, str]  # question, answer
Chat = list[Turn]
Act = Callable[[Random], Chat]  # makes a conversation, or a part of one
Tale = Callable[[Random], str]  # makes a text as it stands in a book
