"""Cleaning of modern Chinese text, its division into sentences, and the key by which two texts count as the same."""

import re

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_MARKS = dict(zip(",;:!?()", "，；：！？（）", strict=True))
_MARK_BESIDE_HAN = re.compile(rf"(?<=[{HAN}]) ?[,;:!?()]|[,;:!?()](?= ?[{HAN}])")
_FULL_STOP = re.compile(rf"(?<=[{HAN}])\.(?=$|[{HAN}\n])")
_SPACE_BESIDE_CHINESE = re.compile(rf"(?<=[{HAN}，。！？；：、“”（）《》…]) +| +(?=[{HAN}，。！？；：、“”（）《》…])")
_FULL_WIDTH = {code: code - 0xFEE0 for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), 0xFF05]} | {
    code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)
}
_INVISIBLE = re.compile(r"[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\ufe0f\ufeff]")
_EMPTY_BRACKETS = re.compile(r"[（(][\s，,、；;]*[)）]")
_KEY_NOISE = re.compile(rf"[^{HAN}A-Za-z0-9]")
_SENTENCE = re.compile(r"[^。！？!?…\n]*(?:[。！？!?…]+[”』」）)]*|\n|$)")


def clean(text: str) -> str:
    """One writing for what means the same: half-width letters and digits, Chinese marks beside Han characters,
    no blanks beside them, marks repeated at most three times."""
    text = text.translate(_FULL_WIDTH).replace("\r", "\n").replace("\u3000", " ").replace("\t", " ")
    text = _INVISIBLE.sub("", text)
    text = _EMPTY_BRACKETS.sub("", text)
    text = _MARK_BESIDE_HAN.sub(lambda mark: _MARKS[mark[0].strip()], text)
    text = _FULL_STOP.sub("。", text)
    text = re.sub(r"\.{3,}|。{2,}|…+|·{3,}", "……", text)
    text = re.sub(r"([^\w\s…—])\1{3,}", r"\1\1\1", text)
    text = re.sub(r"(\w)\1{5,}", r"\1\1\1\1\1", text)
    text = _SPACE_BESIDE_CHINESE.sub("", re.sub(r" {2,}", " ", text))
    return re.sub(r"\s*\n\s*", "\n", text).strip()


def key(text: str) -> str:
    """Two texts with the same key are duplicates: only Han characters, letters and digits count."""
    return _KEY_NOISE.sub("", text).lower()


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its closing marks; their joining gives the text without line breaks."""
    return [part.strip() for part in _SENTENCE.findall(text) if part.strip()]


def han_share(text: str) -> float:
    return len(re.findall(f"[{HAN}]", text)) / max(1, len(text))
