"""Whole tokenizers as fixtures: added tokens with their flags, and models with theirs."""

import json
from typing import Any

from tokenizers import Tokenizer

from .tokenizer_parts import Json


def tokenizer_json(model: Json, **parts: Any) -> Json:
    rest = {"normalizer": None, "pre_tokenizer": None, "post_processor": None, "decoder": None, "added_tokens": []}
    return {"version": "1.0", "truncation": None, "padding": None, **rest, **parts, "model": model}


def build(json_: Json) -> Tokenizer:
    return Tokenizer.from_str(json.dumps(json_))


def word_level(words: list[str]) -> Json:
    return {"type": "WordLevel", "vocab": {word: i for i, word in enumerate(words)}, "unk_token": "[UNK]"}


def whole(json_: Json, texts: tuple[str, ...]) -> Json:
    """A tokenizer of its own, with what it makes of texts."""
    tokenizer = build(json_)
    rows = []
    for text in texts:
        encoded = tokenizer.encode(text)
        rows.append(
            {
                "text": text,
                "ids": encoded.ids,
                "decoded": tokenizer.decode(encoded.ids, skip_special_tokens=False),
                "plain": tokenizer.decode(encoded.ids, skip_special_tokens=True),
            }
        )
    return {"json": json_, "rows": rows}


def added(content: str, **flags: bool) -> Json:
    rest = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": False}
    # The id in the file says nothing: Python's tokenizers gives its own.
    return {"id": 99, "content": content, **rest, **flags}


ADDED_TEXTS = (
    "a cat category concat cat, 猫cat cat猫 cat\u200d cat_ cat2 cat² (cat)",
    "x  <m>  y<m> \u3000<m>\u00a0z <M> <m><m>",
    "ABab abc ABC \uff21b é\u0301 É e\u0301",
    "[CLS][CLS]] [cls] [ CLS ]",
    "",
)
LETTERS = [*["[UNK]", "a", "b", "c", "x", "y", "z", "cat", "category", "concat", ",", "猫", "(", ")", "C"], "\u2581"]


def added_cases() -> list[Json]:
    model = word_level(list(dict.fromkeys(LETTERS)))
    split = {"type": "Split", "pattern": {"Regex": "\\s+"}, "behavior": "Isolated", "invert": False}
    lists = [
        [added("cat", **flags)]
        for flags in (
            {},
            {"single_word": True},
            {"single_word": True, "normalized": True},
            {"single_word": True, "lstrip": True, "rstrip": True},
        )
    ]
    lists += [
        [added("<m>", **flags)]
        for flags in (
            {"lstrip": True},
            {"rstrip": True},
            {"lstrip": True, "rstrip": True},
            {"normalized": True, "special": True},
        )
    ]
    lists += [
        [
            added("AB", normalized=True),
            added("ABC", normalized=True),
            added("Ab"),
            added("É", normalized=True),
            added("ab", special=True),
        ],
        [added("[CLS]", special=True), added("[CLS]]"), added(""), added("[CLS]")],
        [added("b"), added("bb"), added("bbb")],
    ]
    out = []
    for tokens in lists:
        for normalizer in (None, {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}]}):
            out.append(
                whole(
                    tokenizer_json(model, added_tokens=tokens, pre_tokenizer=split, normalizer=normalizer), ADDED_TEXTS
                )
            )
    gaps = {**model, "vocab": {"[UNK]": 0, "a": 5, "b": 3}}
    out.append(
        whole(
            tokenizer_json(gaps, added_tokens=[added("<x>"), added("a"), added("<y>")], pre_tokenizer=split),
            ("a <x>c<y>a <z> b",),
        )
    )
    first = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "first", "split": True}
    spaced = word_level(["[UNK]", "\u2581a", "a", "\u2581b", "b", "\u2581"])
    for normalizer in (None, {"type": "Strip", "strip_left": True, "strip_right": True}):
        for tokens in ([], [added("<m>", rstrip=True)]):
            json_ = tokenizer_json(spaced, added_tokens=tokens, pre_tokenizer=first, normalizer=normalizer)
            out.append(whole(json_, ("a b", " a b", "<m>a b", "a<m> b <m>a")))
    return out


MODEL_TEXTS = (
    "hello 你好 hell low",
    "龘龘 a龘b 龘",
    "hhhhello llllo olleh",
    "😀你",
    "unaffable un",
    "",
)


def model_cases() -> list[Json]:
    space = {"type": "WhitespaceSplit"}
    letters = ["h", "e", "l", "o", "w", "a", "b", "你", "好"]
    vocab = [
        "<unk>",
        *letters,
        "he",
        "ll",
        "hell",
        "hello",
        "lo",
        "low",
        "你好",
        "<0xF0>",
        "<0x9F>",
        "<0x98>",
        "<0x80>",
    ]
    bpe = {
        "type": "BPE",
        "dropout": None,
        "unk_token": None,
        "continuing_subword_prefix": None,
        "end_of_word_suffix": None,
        "fuse_unk": False,
        "byte_fallback": False,
        "ignore_merges": False,
        "vocab": {token: i for i, token in enumerate(vocab)},
        "merges": [["l", "l"], ["h", "e"], ["he", "ll"], ["hell", "o"], ["l", "o"], ["lo", "w"], ["你", "好"]],
    }
    out = []
    for change in (
        {},
        {"unk_token": "<unk>"},
        {"unk_token": "<unk>", "fuse_unk": True},
        {"byte_fallback": True},
        {"byte_fallback": True, "unk_token": "<unk>", "fuse_unk": True},
        {"ignore_merges": True, "merges": []},
        {"merges": ["h e", "l l", "he ll", "l o"], "dropout": 0.0},
    ):
        out.append(whole(tokenizer_json({**bpe, **change}, pre_tokenizer=space), MODEL_TEXTS))
    ended = {**bpe, "unk_token": "<unk>", "continuing_subword_prefix": "@", "end_of_word_suffix": "</w>"}
    ended["vocab"] = {
        token: i
        for i, token in enumerate(
            ["<unk>", "h", "@e", "@l", "@o</w>", "he", "hel", "@lo</w>", "a", "a</w>", "你", "@好</w>"]
        )
    }
    ended["merges"] = [["h", "@e"], ["he", "@l"], ["@l", "@o</w>"]]
    out.append(
        whole(tokenizer_json(ended, pre_tokenizer=space, decoder={"type": "BPEDecoder", "suffix": "</w>"}), MODEL_TEXTS)
    )
    pieces = {
        token: i
        for i, token in enumerate(["[UNK]", "un", "##aff", "##able", "hell", "##o", "a", "##b", "你", "##好", "你好"])
    }
    for longest in (100, 4):
        model = {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": longest,
            "vocab": pieces,
        }
        out.append(whole(tokenizer_json(model, pre_tokenizer=space), MODEL_TEXTS))
    scores = [
        ["<unk>", 0.0],
        ["\u2581", -2.0],
        *([letter, -4.0] for letter in letters),
        ["hell", -6.0],
        ["\u2581hell", -5.0],
        ["ello", -6.5],
        ["\u2581你", -3.0],
        ["你好", -5.5],
        ["<0xF0>", -9.0],
        ["<0x9F>", -9.0],
        ["<0x98>", -9.0],
        ["<0x80>", -9.0],
    ]
    meta = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}
    for byte_fallback in (False, True):
        unigram = {"type": "Unigram", "unk_id": 0, "vocab": scores, "byte_fallback": byte_fallback}
        out.append(whole(tokenizer_json(unigram, pre_tokenizer=meta, decoder=meta), MODEL_TEXTS))
        out.append(whole(tokenizer_json(unigram), MODEL_TEXTS))
    # Of which kind a model is, old files do not say.
    kinds = [
        bpe,
        {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": pieces,
        },
    ]
    kinds += [{"type": "?", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "vocab": pieces}, unigram]
    for model in kinds:
        out.append(
            whole(
                tokenizer_json({key: value for key, value in model.items() if key != "type"}, pre_tokenizer=space),
                ("hello unaffable 你好",),
            )
        )
    return out
