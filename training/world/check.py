"""Checks the text of the small world: python3 -m training world check. Prints a table and writes check.json beside.

It never shows a test question: what comes close to one is named by file and line alone.
"""

import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

from ..zh.document import Document
from ..zh.text import clean
from .agreement import PATTERNS
from .grammars import generated
from .grammars.kinds import Chat
from .questions import says_unknown
from .repetition import LIMIT, repetition
from .reserved import NEAR, reserved
from .text import ANSWER, QUESTION, TEXT, Piece, book, pieces, variants

SHORTEST, LONGEST, TURNS = 30, 400, 6  # characters of a hand-written text, turns of a conversation
_ECHO = re.compile("(先|一开始|第一句|最早|开头)[^，。“]*：“[^”]*”")  # a question said back: it states nothing
_ODD = re.compile(r"[,;:!?()\"' \t]|[A-Za-z]|[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")


def format_errors(piece: Piece) -> Iterator[str]:
    """What is wrong with the form of a hand-written piece."""
    text = "\n".join(piece.lines)
    if odd := _ODD.search(text):
        yield f"character {odd[0]!r}"
    if piece.path.name.endswith(".stories.txt"):
        if not SHORTEST <= len(text) <= LONGEST:
            yield f"{len(text)} characters"
        if not re.search("[。！？”…]$", text):
            yield "ends without a mark"
        return
    marks = [line[: len(QUESTION)] for line in piece.lines]
    if marks != [QUESTION, ANSWER] * (len(marks) // 2):
        yield "问： and 答： do not alternate"
    elif len(marks) > 2 * TURNS:
        yield f"{len(marks) // 2} turns"
    for line in piece.lines:
        parts = line[len(QUESTION) :].split("｜")
        if not all(part.strip() for part in parts):
            yield "an empty wording"
        if len(set(parts)) < len(parts):
            yield "a wording twice"
        if line.startswith(ANSWER) and not all(re.search("[。！？”…]$", part) for part in parts):
            yield "an answer ends without a mark"


def statements(piece: Piece) -> str:
    """What a piece says: of a conversation only the answers."""
    lines = [line for line in piece.lines if not line.startswith(QUESTION)]
    return "\n".join(line.removeprefix(ANSWER).replace("｜", "\n") for line in lines)


def documents(piece: Piece) -> list[Document]:
    if piece.path.name.endswith(".stories.txt"):
        return [Document("world-stories", "\n".join(piece.lines))]
    return [Document("world-chats", book(turns), turns=turns) for turns in variants(piece)]


class Report:
    def __init__(self) -> None:
        self.rows: dict[str, object] = {}
        self.failed = False

    def add(self, name: str, value: object, wrong: bool = False) -> None:
        self.rows[name] = value
        self.failed |= wrong
        listing = isinstance(value, list)
        mark = "FAIL" if wrong else "   !" if listing and value else "  ok"
        print(f"{mark}  {name}: {len(value) if listing else value}", flush=True)
        for line in value if listing else ():
            print(f"          {line}")


def check() -> None:
    started, report = time.monotonic(), Report()
    by_hand = [piece for pattern in ("*.stories.txt", "*.chats.txt") for piece in pieces(pattern)]
    made: dict[str, list[Chat | str]] = defaultdict(list)
    for name, text in generated():
        made[name].append(text)
    check_forms(report, by_hand, made)
    check_facts(report, by_hand, made)
    check_test(report, by_hand, made)
    check_repetition(report, by_hand, made)
    report.rows["seconds"] = round(time.monotonic() - started)
    TEXT.with_name("check.json").write_text(json.dumps(report.rows, ensure_ascii=False, indent=2) + "\n")
    if report.failed:
        sys.exit("the text of the small world has errors")


def where(piece: Piece) -> str:
    return f"{piece.path.name}:{piece.line}"


def whole(made: Chat | str) -> str:
    return made if isinstance(made, str) else book(made)


def size(made: Chat | str) -> int:
    """Characters, without 问： and 答：."""
    return len(made) if isinstance(made, str) else sum(len(question) + len(answer) for question, answer in made)


def check_forms(report: Report, by_hand: list[Piece], made: dict[str, list[Chat | str]]) -> None:
    sizes: Counter[str] = Counter()
    for piece in by_hand:
        sizes["stories" if piece.path.name.endswith(".stories.txt") else "chats"] += sum(map(len, piece.lines))
    report.add("characters by hand", dict(sizes))
    characters = {name: sum(map(size, texts)) for name, texts in made.items()}
    report.add("characters by grammar", characters | {"all": sum(characters.values())})
    errors = [f"{where(piece)} {error}" for piece in by_hand for error in format_errors(piece)]
    report.add("errors of form", errors, bool(errors))
    unclean = [
        f"{name}: {whole(text)[:40]}"
        for name, texts in made.items()
        for text in texts
        if clean(whole(text)) != whole(text)
    ]
    report.add("unclean texts of the grammars", unclean[:10], bool(unclean))
    silent = sum(not any(says_unknown(answer) for _, answer in chat) for chat in made["unknown"])
    report.add("conversations of the grammar of the unknown in which no answer says so", silent, bool(silent))


def check_facts(report: Report, by_hand: list[Piece], made: dict[str, list[Chat | str]]) -> None:
    said: Counter[str] = Counter()
    wrong = []
    for piece in by_hand:
        text = statements(piece)
        for name, pattern in PATTERNS.items():
            found = list(pattern(text))
            said[name] += len(found)
            wrong += [f"{where(piece)} {name}"] * (not all(found))
    report.add("statements by hand that a table or a sum can judge", dict(said))
    report.add("of them to be looked at", wrong)
    said = Counter()
    wrong = []
    for grammar, texts in made.items():
        for text in texts:
            told = text if isinstance(text, str) else _ECHO.sub("", "\n".join(answer for _, answer in text))
            for name, pattern in PATTERNS.items():
                found = list(pattern(told))
                said[name] += len(found)
                wrong += [f"{grammar}: {told[:80]}"] * (not all(found))
    report.add("statements of grammars that a table or a sum can judge", dict(said))
    report.add("of them wrong", wrong[:20], bool(wrong))


def check_test(report: Report, by_hand: list[Piece], made: dict[str, list[Chat | str]]) -> None:
    near = [where(piece) for piece in by_hand if any(reserved().hit(document) for document in documents(piece))]
    report.add(f"pieces by hand that hold a test question or come close (Jaccard {NEAR})", near, bool(near))
    dropped: Counter[str] = Counter()
    for name, texts in made.items():
        for text in texts:
            turns = () if isinstance(text, str) else text
            dropped[name] += reserved().hit(Document("", whole(text), turns=turns))
    report.add("texts of grammars that do, and are left out of training", {name: n for name, n in dropped.items() if n})


def check_repetition(report: Report, by_hand: list[Piece], made: dict[str, list[Chat | str]]) -> None:
    hand = [[document.whole for document in documents(piece)] for piece in by_hand]
    grammars = [[whole(text)] for texts in made.values() for text in texts]
    for name, families in (("by hand", hand), ("grammars", grammars), ("together", hand + grammars)):
        found = repetition(families)
        report.add(f"repetition, {name}", found._asdict(), found.share > LIMIT)
