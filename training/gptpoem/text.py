"""The text format of gpt-poem: forms, bodies, titles, and how a poem becomes a sequence of tokens."""

import re
from typing import NamedTuple

END, UNK, POEM = "[END]", "[UNK]", "[诗]"
QUATRAINS = ("[五绝]", "[七绝]")
LUSHI = ("[五律]", "[七律]")
SPECIAL = (END, UNK, *QUATRAINS, *LUSHI, POEM)  # ids 0 … 6, in this order

# (characters per line, lines) of each form
FORMS = {"[五绝]": (5, 4), "[七绝]": (7, 4), "[五律]": (5, 8), "[七律]": (7, 8)}
_SHAPES = {shape: form for form, shape in FORMS.items()}

HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
_COUPLET = re.compile(rf"({HAN}+)，({HAN}+)。")


class Poem(NamedTuple):
    form: str
    title: str  # "" when it has none that is fit for use
    body: str  # with its ，and 。

    def tokens(self, with_title: bool = True) -> list[str]:
        return [self.form, *(self.title if with_title else ""), POEM, *self.body, END]


def lines_of(body: str) -> list[str]:
    """The lines of a body, without punctuation."""
    return [line for line in re.split("[，。]", body) if line]


def form_of(body: str) -> str | None:
    """The form of a body that consists of equally long lines ending in ，。，。…; None for any other text."""
    couplets = _COUPLET.findall(body)
    if "".join(f"{a}，{b}。" for a, b in couplets) != body or not couplets:
        return None
    lengths = {len(line) for couplet in couplets for line in couplet}
    return _SHAPES.get((lengths.pop(), 2 * len(couplets))) if len(lengths) == 1 else None


_NUMBER = "[一二三四五六七八九十百廿卅]"
_TITLE_NOISE = (
    re.compile(r"[（(〔［\[【《〈].*?[）)〕］\]】》〉]"),  # notes in brackets
    re.compile(rf"[\s　]*其{_NUMBER}+.*$"),  # 其一
    re.compile(r"[\s　，。、：；·].*$"),  # a second part after a blank or a mark
    re.compile(rf"(?<=.){_NUMBER}+(首|绝|章|韵|篇|咏|题)?$"),  # 绝句四首, 杂诗三
)
_NO_TITLE = {"句", "失题", "缺题", "阙题", "无题", "绝句", "诗", "颂", "偈", "偈颂", "颂古"}


def clean_title(title: str, longest: int) -> str:
    """A title without numbers, notes and subtitles, or "" when nothing fit for use is left."""
    for noise in _TITLE_NOISE:
        title = noise.sub("", title.strip())
    usable = re.fullmatch(rf"{HAN}{{2,{longest}}}", title) and title not in _NO_TITLE
    return title if usable else ""
