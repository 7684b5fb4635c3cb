"""What is measured about poems. The TypeScript side measures the same; fixtures hold the two together."""

from collections import Counter
from collections.abc import Container

from .rhyme import rhymes
from .text import FORMS, form_of, lines_of


def form_ok(form: str, text: str) -> bool:
    """As many lines and characters as the form asks for, ending in ，。，。, then nothing."""
    return form_of(text) == form


def rhyme_ok(text: str) -> bool:
    """Do lines 2 and 4 end in different characters with the same final? False for texts of fewer lines."""
    lines = lines_of(text)
    return len(lines) >= 4 and rhymes(lines[1][-1], lines[3][-1])


def distinct_2(texts: list[str]) -> float:
    """Different pairs of neighbouring characters within lines, divided by all such pairs (Li et al. 2016)."""
    pairs = [line[i : i + 2] for text in texts for line in lines_of(text) for i in range(len(line) - 1)]
    return len(set(pairs)) / max(1, len(pairs))


def max_repetition(text: str) -> int:
    """How often the most frequent character of a text occurs in it, punctuation aside."""
    return max(Counter("".join(lines_of(text))).values(), default=0)


def repeated_share(text: str) -> float:
    """The share of characters that stood in the text before."""
    chars = "".join(lines_of(text))
    return 1 - len(set(chars)) / max(1, len(chars))


def summary(form: str, texts: list[str], training_lines: Container[str]) -> dict[str, float]:
    """All measures over poems that were asked for in one form."""
    lines = [line for text in texts for line in lines_of(text)]
    return {
        "poems": len(texts),
        "form": sum(form_ok(form, text) for text in texts) / len(texts),
        "rhyme": sum(rhyme_ok(text) for text in texts) / len(texts),
        "copied_lines": sum(line in training_lines for line in lines) / max(1, len(lines)),
        "distinct_2": distinct_2(texts),
        "max_repetition": sum(map(max_repetition, texts)) / len(texts),
        "repeated_characters": sum(map(repeated_share, texts)) / len(texts),
    }


def longest(form: str) -> int:
    """Tokens of a body in this form, with punctuation, without [END]."""
    per_line, lines = FORMS[form]
    return (per_line + 1) * lines
