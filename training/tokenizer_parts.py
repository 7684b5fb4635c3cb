"""The parts that a tokenizer.json can name, and the texts and tokens that are given to them."""

import base64
import struct
from typing import Any

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
    *(
        {"type": "Strip", "strip_left": left, "strip_right": right}
        for left, right in ((True, True), (True, False), (False, True))
    ),
    *(
        {
            "type": "BertNormalizer",
            "clean_text": clean,
            "handle_chinese_chars": han,
            "strip_accents": accents,
            "lowercase": lower,
        }
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
    (
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
        " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
    ),
    (
        "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|"
        "\\s*[\\r\\n]|\\s+(?!\\S)|\\s+"
    ),
    (
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+|"
        " ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
    ),
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
    *(
        {"type": "Split", "pattern": {"Regex": regex}, "behavior": "Isolated", "invert": False}
        for regex in (GPT2, *REGEXES)
    ),
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
    *(
        {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": scheme, "split": True}
        for scheme in ("always", "first", "never")
    ),
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
    "special_tokens": {
        "C": {"id": "C", "ids": [0], "tokens": ["C"]},
        "S": {"id": "S", "ids": [1, 2], "tokens": ["S", "T"]},
    },
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
        {
            "\u3000": " ",
            "Ａ": "A",
            "Ｂ": "B",
            "１": "1",
            "\ufb01": "fi",
            "\u0000": "",
            "\t": " ",
            "\r\n": " ",
            "e\u0301": "\u00e9",
            "㍿": "株式会社",
            "\u200d": "",
            "\ufeff": "",
        }
    ),
}
