"""Tokenizers made of the parts that those of well-known models have, as fixtures."""

import json
from typing import Any

from tokenizers import pre_tokenizers, trainers

from .fixtures_tokenizer_wholes import build, tokenizer_json, whole
from .tokenizer_parts import DECODERS, PRECOMPILED, REGEXES, TEXTS, Json, sequence, special


def real_cases() -> list[Json]:
    """Tokenizers with the parts that those of well-known models have, trained on the texts."""
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "<unk>", "<s>", "</s>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    ends: Json = {
        "type": "TemplateProcessing",
        "single": [sequence("A"), special("</s>")],
        "pair": [sequence("A"), special("</s>"), sequence("B"), special("</s>")],
        "special_tokens": {"</s>": {"id": "</s>", "ids": [6], "tokens": ["</s>"]}},
    }
    bert: Json = {
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": None,
            "lowercase": True,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
    }
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    gpt2: Json = {
        "pre_tokenizer": byte_level,
        "post_processor": {**byte_level, "trim_offsets": False},
        "decoder": byte_level,
    }
    llama3: Json = {
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": REGEXES[0]}, "behavior": "Isolated", "invert": False},
                {**byte_level, "use_regex": False},
            ],
        },
        "decoder": byte_level,
    }
    t5: Json = {
        "normalizer": PRECOMPILED,
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                {"type": "WhitespaceSplit"},
                {"type": "Metaspace", "replacement": "\u2581", "add_prefix_space": True},
            ],
        },
        "post_processor": ends,
        "decoder": {"type": "Metaspace", "replacement": "\u2581", "add_prefix_space": True},
    }
    llama: Json = {
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Prepend", "prepend": "\u2581"},
                {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"},
            ],
        },
        "decoder": DECODERS[-1],
    }
    bpe: Json = {
        "type": "BPE",
        "vocab": {},
        "merges": [],
        "unk_token": "<unk>",
        "fuse_unk": True,
        "byte_fallback": True,
    }
    kinds: list[tuple[Json, Json, Any]] = [
        (
            bert,
            {
                "type": "WordPiece",
                "unk_token": "[UNK]",
                "continuing_subword_prefix": "##",
                "max_input_chars_per_word": 100,
                "vocab": {},
            },
            trainers.WordPieceTrainer(vocab_size=200, special_tokens=marks),
        ),
        (
            gpt2,
            {"type": "BPE", "vocab": {}, "merges": []},
            trainers.BpeTrainer(vocab_size=330, initial_alphabet=alphabet, special_tokens=marks),
        ),
        (
            llama3,
            {"type": "BPE", "vocab": {}, "merges": []},
            trainers.BpeTrainer(vocab_size=330, initial_alphabet=alphabet, special_tokens=marks),
        ),
        (
            t5,
            {"type": "Unigram", "vocab": [["<unk>", 0.0]], "unk_id": 0},
            trainers.UnigramTrainer(vocab_size=150, special_tokens=marks, unk_token="<unk>"),
        ),
        (
            llama,
            bpe,
            trainers.BpeTrainer(
                vocab_size=200,
                special_tokens=[*marks, *(f"<0x{byte:02X}>" for byte in range(256))][:120],
                limit_alphabet=60,
            ),
        ),
    ]
    out = []
    for parts, model, trainer in kinds:
        tokenizer = build(tokenizer_json(model, **parts))
        # The last texts are left out: what a tokenizer has not seen is the point of some of its parts.
        tokenizer.train_from_iterator(TEXTS[:6] * 3, trainer)
        out.append(whole(json.loads(tokenizer.to_str()), (*TEXTS, "<s>你好</s> [CLS]Hi [SEP]")))
    return out
