"""When do two characters rhyme? By the final of their first modern reading.

Poems of the Tang and Song rhyme by the sounds of their own time, so that modern finals find only part of
the rhymes of real poems. The final is the syllable without initial, medial and tone, grouped like the
traditional 十三辙, with ü and er kept apart from i.
"""

from functools import cache

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_finals

# final in full spelling → rhyme group; what is not listed is its own group
_GROUPS = {
    **dict.fromkeys(("ia", "ua"), "a"),
    **dict.fromkeys(("o", "uo", "io"), "e"),
    **dict.fromkeys(("ie", "üe", "ue"), "ê"),
    **dict.fromkeys(("iao",), "ao"),
    **dict.fromkeys(("iou",), "ou"),
    **dict.fromkeys(("uai",), "ai"),
    **dict.fromkeys(("uei",), "ei"),
    **dict.fromkeys(("ian", "uan", "üan"), "an"),
    **dict.fromkeys(("in", "uen", "ün"), "en"),
    **dict.fromkeys(("iang", "uang"), "ang"),
    **dict.fromkeys(("ing", "ueng", "ong", "iong"), "eng"),
}


@cache
def final(char: str) -> str:
    """The rhyme group of a character, "" if it has no reading."""
    syllable = pinyin(char, style=Style.NORMAL, heteronym=False)[0][0]
    spelled = to_finals(syllable, strict=True, v_to_u=True)
    return _GROUPS.get(spelled, spelled)


def rhymes(a: str, b: str) -> bool:
    """Two different characters with the same final."""
    return a != b and final(a) == final(b) != ""


def finals_table(chars: list[str]) -> dict[str, str]:
    """final → its characters, for the web page."""
    table: dict[str, str] = {}
    for char in chars:
        if group := final(char):
            table[group] = table.get(group, "") + char
    return dict(sorted(table.items()))
