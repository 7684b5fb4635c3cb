"""Fixtures for every part that a tokenizer.json can name: what Python's tokenizers makes of the same texts.

    python3 -m training.fixtures_tokenizer_parts

writes src/engine/testdata/tokenizer-parts.json. To each part belongs a vocabulary of all pieces into which the texts are cut with it, so that the ids say
how they were cut; decoders get tokens, models and added tokens have tokenizers of their own.
"""

import base64
import json
import struct
from typing import Any

from tokenizers import Tokenizer

from .common.config import ROOT

OUT = ROOT / "src" / "engine" / "testdata" / "tokenizer-parts.json"

Json = dict[str, Any]

TEXTS = (
    "你好，世界！Hi there",
    "《红楼梦》——“真事隐”去了…（第1回）",
    "用Python3写GPT-2模型，约1.5亿参数，$99+5%＝？",
    "  Hello,\t world's 1st\r\n\r\n GPT!  don't  ",
    "ＡＢＣ　１２３，ｶﾞ ㍿ ﬁ Ⅷ ½ x² 한글",
    "caf\u00e9 cafe\u0301 \u1e9b\u0323 na\u00efve \u00c5ngstr\u00f6m \u212b",
    "ΑΣ ΣΊΣΥΦΟΣ ÀÉ İstanbul ПРИВЕТ STRASSE ẞ Ǆ",
    "👍🏽😀👨\u200d👩\u200d👧🇨🇳❤\ufe0f 1\ufe0f\u20e3",
    "𠮷野家𪚥龘\U0002b820\U00030000㐀豈\uf900",
    "\ue000a\U000f0000b\ufffdc\u200dd\u00ade",
    "a\u0000b\u0001c\u007fd\u0085e\u009ff\u001bg\u000bh\u000ci",
    "a\u00a0b\u1680c\u2003d\u2028e\u2029f\u202fg\u3000h\u200bi\u2060j\ufeffk",
    "\ufeff开头有BOM 结尾\ufeff",
    "snake_case camelCase x=y<z>|~`^ \u2581a\u2581 b",
    "ไทย हिन्दी עִבְרִית العربية \u0300a٣४",
    " ",
    "",
)

NORMALIZERS: tuple[Json, ...] = (
    *({"type": kind} for kind in ("NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt", "ByteLevel")),
    *({"type": "Strip", "strip_left": left, "strip_right": right} for left, right in ((True, True), (True, False), (False, True))),
    *(
        {"type": "BertNormalizer", "clean_text": clean, "handle_chinese_chars": han, "strip_accents": accents, "lowercase": lower}
        for clean, han, accents, lower in (
            (True, True, None, True),
            (True, True, None, False),
            (False, True, True, False),
            (True, False, False, True),
        )
    ),
    {"type": "Prepend", "prepend": "\u2581"},
    {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"},
    {"type": "Replace", "pattern": {"String": "$9"}, "content": "$&"},
    {"type": "Replace", "pattern": {"Regex": "\\s+"}, "content": " "},
    {"type": "Replace", "pattern": {"Regex": "[aeiou]*"}, "content": "-"},
    {"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "StripAccents"}, {"type": "Lowercase"}]},
    {"type": "Sequence", "normalizers": []},
)

BEHAVIORS = ("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous")
GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"
REGEXES = (
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
    "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+",
    "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
    "[一-龥぀-ゟ゠-ヿ]+",
    "\\w+|[^\\w\\s]+",
    "\\W|\\d",
    "(?=[A-Z])",
    "(?<=[a-z])(?=[A-Z])|\\b",
    "(?i)[k-t]+|é",
    ".",
    "^.|.$",
    "\\A.|.\\z",
    "[[:alpha:]]+|[[:punct:]]|[[:^space:]]",
    "\\p{Han}+|\\p{^L}",
    "[\\p{L}&&[^\\p{Lu}]]+|[a-c[x-z]]",
    "(?>a|ab)c|\\h{2}|x{,2}y|\\x{4f60}|\\u597d",
    "(ab){2}|(?<n>l)+?l|(?#nothing)Z",
)

PRE_TOKENIZERS: tuple[Json, ...] = (
    *({"type": kind} for kind in ("Whitespace", "WhitespaceSplit", "BertPreTokenizer")),
    *({"type": "Punctuation", "behavior": behavior} for behavior in BEHAVIORS),
    *({"type": "Digits", "individual_digits": each} for each in (True, False)),
    {"type": "CharDelimiterSplit", "delimiter": "，"},
    {"type": "FixedLength", "length": 3},
    *(
        {"type": "ByteLevel", "add_prefix_space": prefix, "trim_offsets": True, "use_regex": cut}
        for prefix, cut in ((True, True), (False, True), (True, False))
    ),
    *(
        {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": scheme, "split": split}
        for scheme, split in (("always", True), ("first", True), ("never", True), ("first", False))
    ),
    {"type": "Metaspace", "replacement": "_", "add_prefix_space": True},
    *(
        {"type": "Split", "pattern": {"Regex": "\\s|，"}, "behavior": behavior, "invert": invert}
        for behavior in BEHAVIORS
        for invert in (False, True)
    ),
    {"type": "Split", "pattern": {"String": "."}, "behavior": "Isolated", "invert": False},
    *({"type": "Split", "pattern": {"Regex": regex}, "behavior": "Isolated", "invert": False} for regex in (GPT2, *REGEXES)),
    {
        "type": "Sequence",
        "pretokenizers": [
            {"type": "WhitespaceSplit"},
            {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "first", "split": True},
            {"type": "Digits", "individual_digits": True},
        ],
    },
)

#: Named by files, refused by the engine.
REFUSED: tuple[tuple[str, Json], ...] = (
    ("pre_tokenizer", {"type": "UnicodeScripts"}),
    ("pre_tokenizer", {"type": "Split", "pattern": {"Regex": "(a)\\1"}, "behavior": "Isolated", "invert": False}),
    ("pre_tokenizer", {"type": "Split", "pattern": {"Regex": "(?i)ß"}, "behavior": "Isolated", "invert": False}),
    ("pre_tokenizer", {"type": "Split", "pattern": {"Regex": "\\X"}, "behavior": "Isolated", "invert": False}),
    ("normalizer", {"type": "Replace", "pattern": {"Regex": "a\\Kb"}, "content": ""}),
)

TOKENS = (
    ["Hello", "##,", " .", "wor", "##ld", "do", "not", "n't", "'s", ".", "?"],
    ["\u2581Hello\u2581", "\u2581\u2581wor", "ld", "\u2581"],
    ["hello</w>", "wor", "ld</w>", "</w>"],
    ["h", "h", "e", "l", "<pad>", "l", "|", "|", "o", "a|b"],
    ["<0xE4>", "<0xBD>", "<0xA0>", "a", "<0xe5>", "<0xFF>", "<0x0A>", "<0xG0>"],
    ["\u0120Hello", "\u00e4\u00bd", "\u0142", "\u010a", "\u4f60", "\u00ff", "\u00ef\u00bb\u00bf"],
    ["__a__", "_", "a_", "你"],
    [],
)
DECODERS: tuple[Json | None, ...] = (
    None,
    {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
    {"type": "WordPiece", "prefix": "##", "cleanup": True},
    {"type": "WordPiece", "prefix": "##", "cleanup": False},
    {"type": "BPEDecoder", "suffix": "</w>"},
    *({"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": scheme, "split": True} for scheme in ("always", "first", "never")),
    {"type": "CTC", "pad_token": "<pad>", "word_delimiter_token": "|", "cleanup": True},
    {"type": "CTC", "pad_token": "<pad>", "word_delimiter_token": "|", "cleanup": False},
    {"type": "ByteFallback"},
    {"type": "Fuse"},
    {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "},
    {"type": "Replace", "pattern": {"Regex": "l+"}, "content": "L"},
    {"type": "Strip", "content": "_", "start": 2, "stop": 0},
    {"type": "Strip", "content": "_", "start": 0, "stop": 1},
    {
        "type": "Sequence",
        "decoders": [
            {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "},
            {"type": "ByteFallback"},
            {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0},
        ],
    },
)


def sequence(name: str, kind: int = 0) -> Json:
    return {"Sequence": {"id": name, "type_id": kind}}


def special(name: str, kind: int = 0) -> Json:
    return {"SpecialToken": {"id": name, "type_id": kind}}


TEMPLATE: Json = {
    "type": "TemplateProcessing",
    "single": [special("C"), sequence("A"), special("S")],
    "pair": [special("C"), sequence("A"), special("S"), sequence("B", 1), special("S", 1)],
    "special_tokens": {"C": {"id": "C", "ids": [0], "tokens": ["C"]}, "S": {"id": "S", "ids": [1, 2], "tokens": ["S", "T"]}},
}
BYTE_POST: Json = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True}
POST_PROCESSORS: tuple[Json | None, ...] = (
    None,
    BYTE_POST,
    {"type": "BertProcessing", "sep": ["S", 1], "cls": ["C", 0]},
    {"type": "RobertaProcessing", "sep": ["S", 1], "cls": ["C", 0], "trim_offsets": True, "add_prefix_space": True},
    TEMPLATE,
    {"type": "Sequence", "processors": [BYTE_POST, TEMPLATE]},
    {"type": "Sequence", "processors": []},
)


def charsmap(rules: dict[str, str]) -> str:
    """A double-array trie as darts-clone lays it out, with the replacements behind it: `precompiled_charsmap`."""
    blob = b"\0"
    keys: dict[bytes, int] = {}
    for source, target in sorted(rules.items()):
        keys[source.encode()] = len(blob)
        blob += target.encode() + b"\0"
    units = [0] * 4096
    used = {0}

    def insert(place: int, prefix: bytes) -> None:
        labels = sorted({key[len(prefix)] for key in keys if key.startswith(prefix) and key != prefix})
        leaf = prefix in keys
        children = ([0] if leaf else []) + labels
        if not children:
            return
        base = next(b for b in range(1, 4096) if not used & {b ^ label for label in children} and (place ^ b) < 1 << 21)
        used.update(base ^ label for label in children)
        units[place] = units[place] & 0xFF | (place ^ base) << 10 | (1 << 8 if leaf else 0)
        if leaf:
            units[base] = keys[prefix] | 1 << 31
        for label in labels:
            units[base ^ label] = label
            insert(base ^ label, prefix + bytes([label]))

    insert(0, b"")
    size = (max(used) | 255) + 1  # whole blocks: what is looked up may lie anywhere in one
    return base64.b64encode(struct.pack(f"<I{size}I", 4 * size, *units[:size]) + blob).decode()


PRECOMPILED: Json = {
    "type": "Precompiled",
    "precompiled_charsmap": charsmap(
        {"\u3000": " ", "Ａ": "A", "Ｂ": "B", "１": "1", "\ufb01": "fi", "\u0000": "", "\t": " ", "\r\n": " ", "e\u0301": "\u00e9", "㍿": "株式会社", "\u200d": "", "\ufeff": ""}
    ),
}


def tokenizer_json(model: Json, **parts: Any) -> Json:
    rest = {"normalizer": None, "pre_tokenizer": None, "post_processor": None, "decoder": None, "added_tokens": []}
    return {"version": "1.0", "truncation": None, "padding": None, **rest, **parts, "model": model}


def build(json_: Json) -> Tokenizer:
    return Tokenizer.from_str(json.dumps(json_))


def word_level(words: list[str]) -> Json:
    return {"type": "WordLevel", "vocab": {word: i for i, word in enumerate(words)}, "unk_token": "[UNK]"}


def cutting(part: str, config: Json) -> Json:
    """How a normalizer or pre-tokenizer cuts the texts: ids of a vocabulary that has all pieces."""
    bare = build(tokenizer_json(word_level(["[UNK]"]), **{part: config}))
    words = ["[UNK]"]
    for text in TEXTS:
        normal = bare.normalizer.normalize_str(text) if bare.normalizer else text
        pieces = bare.pre_tokenizer.pre_tokenize_str(normal) if bare.pre_tokenizer else [(normal, None)]
        words += [piece for piece, _ in pieces if piece not in words and piece != ""]
    words = list(dict.fromkeys(words))
    real = build(tokenizer_json(word_level(words), **{part: config}))
    ids = [real.encode(text).ids for text in TEXTS]
    assert not any(0 in row for row in ids), config
    return {"part": part, "config": config, "words": words, "ids": ids}


def whole(json_: Json, texts: tuple[str, ...]) -> Json:
    """A tokenizer of its own, with what it makes of texts."""
    tokenizer = build(json_)
    rows = []
    for text in texts:
        encoded = tokenizer.encode(text)
        rows.append({"text": text, "ids": encoded.ids, "decoded": tokenizer.decode(encoded.ids, skip_special_tokens=False), "plain": tokenizer.decode(encoded.ids, skip_special_tokens=True)})
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
LETTERS = [*"[UNK] a b c x y z cat category concat , 猫 ( ) C".split(), "\u2581"]


def added_cases() -> list[Json]:
    model = word_level(list(dict.fromkeys(LETTERS)))
    split = {"type": "Split", "pattern": {"Regex": "\\s+"}, "behavior": "Isolated", "invert": False}
    lists = [
        [added("cat", **flags)]
        for flags in ({}, {"single_word": True}, {"single_word": True, "normalized": True}, {"single_word": True, "lstrip": True, "rstrip": True})
    ]
    lists += [[added("<m>", **flags)] for flags in ({"lstrip": True}, {"rstrip": True}, {"lstrip": True, "rstrip": True}, {"normalized": True, "special": True})]
    lists += [
        [added("AB", normalized=True), added("ABC", normalized=True), added("Ab"), added("É", normalized=True), added("ab", special=True)],
        [added("[CLS]", special=True), added("[CLS]]"), added(""), added("[CLS]")],
        [added("b"), added("bb"), added("bbb")],
    ]
    out = []
    for tokens in lists:
        for normalizer in (None, {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}]}):
            out.append(whole(tokenizer_json(model, added_tokens=tokens, pre_tokenizer=split, normalizer=normalizer), ADDED_TEXTS))
    gaps = {**model, "vocab": {"[UNK]": 0, "a": 5, "b": 3}}
    out.append(whole(tokenizer_json(gaps, added_tokens=[added("<x>"), added("a"), added("<y>")], pre_tokenizer=split), ("a <x>c<y>a <z> b",)))
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
    vocab = ["<unk>", *letters, "he", "ll", "hell", "hello", "lo", "low", "你好", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>"]
    bpe = {
        "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
        "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
        "vocab": {token: i for i, token in enumerate(vocab)},
        "merges": [["l", "l"], ["h", "e"], ["he", "ll"], ["hell", "o"], ["l", "o"], ["lo", "w"], ["你", "好"]],
    }  # fmt: skip
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
    ended["vocab"] = {token: i for i, token in enumerate(["<unk>", "h", "@e", "@l", "@o</w>", "he", "hel", "@lo</w>", "a", "a</w>", "你", "@好</w>"])}
    ended["merges"] = [["h", "@e"], ["he", "@l"], ["@l", "@o</w>"]]
    out.append(whole(tokenizer_json(ended, pre_tokenizer=space, decoder={"type": "BPEDecoder", "suffix": "</w>"}), MODEL_TEXTS))
    pieces = {token: i for i, token in enumerate(["[UNK]", "un", "##aff", "##able", "hell", "##o", "a", "##b", "你", "##好", "你好"])}
    for longest in (100, 4):
        model = {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": longest, "vocab": pieces}
        out.append(whole(tokenizer_json(model, pre_tokenizer=space), MODEL_TEXTS))
    scores = [["<unk>", 0.0], ["\u2581", -2.0], *([letter, -4.0] for letter in letters), ["hell", -6.0], ["\u2581hell", -5.0], ["ello", -6.5], ["\u2581你", -3.0], ["你好", -5.5], ["<0xF0>", -9.0], ["<0x9F>", -9.0], ["<0x98>", -9.0], ["<0x80>", -9.0]]
    meta = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}
    for byte_fallback in (False, True):
        unigram = {"type": "Unigram", "unk_id": 0, "vocab": scores, "byte_fallback": byte_fallback}
        out.append(whole(tokenizer_json(unigram, pre_tokenizer=meta, decoder=meta), MODEL_TEXTS))
        out.append(whole(tokenizer_json(unigram), MODEL_TEXTS))
    # Of which kind a model is, old files do not say.
    kinds = [bpe, {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": pieces}]
    kinds += [{"type": "?", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "vocab": pieces}, unigram]
    for model in kinds:
        out.append(whole(tokenizer_json({key: value for key, value in model.items() if key != "type"}, pre_tokenizer=space), ("hello unaffable 你好",)))
    return out


def post_cases() -> list[Json]:
    out = []
    for config in POST_PROCESSORS:
        json_ = tokenizer_json(word_level(["C", "S", "T", "[UNK]", "a", "b"]), post_processor=config, pre_tokenizer={"type": "WhitespaceSplit"})
        tokenizer = build(json_)
        rows = []
        for first, second in (("a b", None), ("a", "b b"), ("", None), ("", "a")):
            encoded = tokenizer.encode(first, second)
            rows.append({"texts": [first] if second is None else [first, second], "ids": encoded.ids, "segments": encoded.type_ids})
        out.append({"json": json_, "rows": rows})
    return out


def decoder_cases() -> Json:
    words = list(dict.fromkeys(token for row in TOKENS for token in row))
    rows = []
    for config in DECODERS:
        tokenizer = build(tokenizer_json(word_level(["[UNK]", *words]), decoder=config))
        rows.append({"config": config, "decoded": [tokenizer.decode([1 + words.index(token) for token in row]) for row in TOKENS]})
    return {"words": words, "tokens": TOKENS, "decoders": rows}


def main() -> None:
    fixture = {
        "texts": TEXTS,
        "cuts": [
            *(cutting("normalizer", config) for config in (*NORMALIZERS, PRECOMPILED)),
            *(cutting("pre_tokenizer", config) for config in PRE_TOKENIZERS),
        ],
        "decoders": decoder_cases(),
        "posts": post_cases(),
        "wholes": [*added_cases(), *model_cases()],
        "refused": [{"part": part, "config": config} for part, config in REFUSED],
    }
    OUT.write_text(json.dumps(fixture, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
