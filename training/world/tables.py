"""The facts (`facts/*.tsv`): what the text must agree with, and what the grammars draw from."""

from functools import cache
from pathlib import Path

FACTS = Path(__file__).with_name("facts")
Row = dict[str, str]


@cache
def table(name: str) -> list[Row]:
    """The rows of facts/<name>.tsv, by the names of its columns; an empty value means that nothing is said."""
    head, *lines = (FACTS / f"{name}.tsv").read_text().splitlines()
    columns = head.split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def having(name: str, *columns: str) -> list[Row]:
    """The rows that say something in every one of the columns."""
    return [row for row in table(name) if all(row[column] for column in columns)]


def listed(value: str) -> list[str]:
    """The parts of a value such as 茄子、紫葡萄."""
    return value.split("、")
