"""Conversations and descriptions about one row of a table, or several of them.

What may be asked of a row is a list of attributes; the forms (asking on with 它, asking the same of another row with
那…呢, wrong premises, riddles, descriptions) are the same for animals, countries, food and tools.
"""

from random import Random
from typing import NamedTuple

from ..tables import Row
from ..wording import asked, asked_on, claimed, confirmed, corrected, quantity, say
from .kinds import Chat, Turn


class Attribute(NamedTuple):
    """One thing that can be asked of a row. In the wordings {it} is the row's name or a pronoun, and a column's name
    in braces its value."""

    column: str
    asks: str  # cores of questions, such as {it}吃什么
    says: str  # statements, such as {it}吃{food}
    short: str = ""  # answers without a subject
    denial: str = ""  # of a wrong value, such as 不是{legs}条腿; without one no wrong claims are made


class Subject(NamedTuple):
    """A table with what can be asked of its rows. A note that begins with · has a subject of its own."""

    table: list[Row]
    name: str  # the column of the name
    pronoun: str
    attributes: tuple[Attribute, ...]

    def rows(self, column: str) -> list[Row]:
        return [row for row in self.table if row[column]]

    def of(self, row: Row) -> list[Attribute]:
        return [attribute for attribute in self.attributes if row[attribute.column]]


def slots(row: Row, it: str) -> Row:
    """What fills the wordings: the row with numbers in words, and `told`, its note with a subject."""
    words = {name: quantity(int(value)) if value.isdigit() else value for name, value in row.items()}
    note = row.get("note", "")
    return words | {"it": it, "told": note[1:] if note.startswith("·") else it + note}


def statement(rng: Random, attribute: Attribute, row: Row, it: str) -> str:
    """A statement about a row; without a subject where `it` is empty and the wording allows it."""
    text = say(rng, attribute.says, **slots(row, it))
    return "它" + text if text.startswith("的") else text.replace("在可以", "可以")


def answer(rng: Random, subject: Subject, attribute: Attribute, row: Row, it: str) -> str:
    """A statement as an answer, sometimes only its end, sometimes with one thing more."""
    if attribute.short and rng.random() < 0.25:
        return say(rng, attribute.short, **slots(row, it)) + "。"
    text = statement(rng, attribute, row, it)
    if row.get("note") and attribute.column != "note" and rng.random() < 0.12:
        return f"{text}，{slots(row, subject.pronoun)['told']}。"
    return text + "。"


def question(rng: Random, attribute: Attribute, row: Row, it: str) -> str:
    return say(rng, attribute.asks, **slots(row, it))


def first_turn(rng: Random, subject: Subject, attribute: Attribute, row: Row) -> Turn:
    name = row[subject.name]
    it = name if rng.random() < 0.8 else subject.pronoun
    return asked(rng, question(rng, attribute, row, name)), answer(rng, subject, attribute, row, it)


def later_turn(rng: Random, subject: Subject, attribute: Attribute, row: Row) -> Turn:
    """Asked with the pronoun: only the turn before says of what."""
    it = row[subject.name] if rng.random() < 0.5 else subject.pronoun
    return asked_on(rng, question(rng, attribute, row, subject.pronoun)), answer(rng, subject, attribute, row, it)


_SAME = """那{name}呢？｜那{name}呢？｜{name}呢？｜{name}呢？｜那么{name}呢？｜换成{name}呢？｜如果是{name}呢？
{name}又怎么样？｜再问一个，{name}呢？｜还有{name}呢？"""


def same_turn(rng: Random, subject: Subject, attribute: Attribute, row: Row) -> Turn:
    """The same asked of another row: only the turn before says what."""
    name = row[subject.name]
    return say(rng, _SAME, name=name), statement(rng, attribute, row, name) + "。"


def about(rng: Random, subject: Subject) -> Chat:
    """One to four questions about one row."""
    row = rng.choice(subject.table)
    attributes = subject.of(row)
    rng.shuffle(attributes)
    first, *later = attributes[: rng.choice((1, 1, 2, 2, 3, 4))]
    chat = [first_turn(rng, subject, first, row)]
    return chat + [later_turn(rng, subject, attribute, row) for attribute in later]


def across(rng: Random, subject: Subject) -> Chat:
    """One question about two to four rows, then perhaps another one about the last."""
    attribute = rng.choice(subject.attributes)
    rows = subject.rows(attribute.column)
    chosen = rng.sample(rows, min(rng.choice((2, 2, 3, 4)), len(rows)))
    chat = [first_turn(rng, subject, attribute, chosen[0])]
    chat += [same_turn(rng, subject, attribute, row) for row in chosen[1:]]
    others = [other for other in subject.of(chosen[-1]) if other != attribute]
    if others and rng.random() < 0.4:
        chat.append(later_turn(rng, subject, rng.choice(others), chosen[-1]))
    return chat


_LOOSE = set("的和里上下边中小大、")


def differs(value: str, other: str) -> bool:
    """Whether one value excludes the other: they have no character of weight in common."""
    return not (set(value) & set(other)) - _LOOSE


def premise(rng: Random, subject: Subject) -> Chat:
    """A claim, right or wrong; a wrong one is put right."""
    attribute = rng.choice([a for a in subject.attributes if a.denial])
    rows = subject.rows(attribute.column)
    row = rng.choice(rows)
    name = row[subject.name]
    truth = statement(rng, attribute, row, name)
    others = [other for other in rows if differs(row[attribute.column], other[attribute.column])]
    if not others or rng.random() < 0.35:
        chat = [(claimed(rng, truth), confirmed(rng, truth))]
    else:
        other = rng.choice(others)
        claim = statement(rng, attribute, row | {attribute.column: other[attribute.column]}, name)
        denial = say(rng, attribute.denial, **slots(other, name))
        chat = [(claimed(rng, claim), corrected(rng, truth, denial))]
    further = [a for a in subject.of(row) if a != attribute]
    if further and rng.random() < 0.35:
        chat.append(later_turn(rng, subject, rng.choice(further), row))
    return chat


def facts_of(rng: Random, subject: Subject, row: Row, count: int) -> list[str]:
    """Some statements about a row, the first with its name, the later ones without a subject or with a pronoun."""
    attributes = [attribute for attribute in subject.of(row) if attribute.column != "measure"]
    rng.shuffle(attributes)
    out = []
    for i, attribute in enumerate(attributes[:count]):
        it = row[subject.name] if i == 0 else subject.pronoun if rng.random() < 0.6 else ""
        out.append(statement(rng, attribute, row, it))
    return out
