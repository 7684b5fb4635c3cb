"""Fixtures for every part that a tokenizer.json can name: what Python's tokenizers makes of the same texts.

    python3 -m training.fixtures_tokenizer_parts

writes src/engine/testdata/tokenizer-parts.json. To each part belongs a vocabulary of all pieces into which the texts
are cut with it, so that the ids say how they were cut; decoders get tokens, models and added tokens have tokenizers of
their own.
"""

import json

from .common.config import ROOT
from .fixtures_tokenizer_real import real_cases
from .fixtures_tokenizer_wholes import added_cases, build, model_cases, tokenizer_json, word_level
from .tokenizer_parts import (
    DECODERS,
    NORMALIZERS,
    POST_PROCESSORS,
    PRE_TOKENIZERS,
    PRECOMPILED,
    REFUSED,
    TEXTS,
    TOKENS,
    Json,
)

OUT = ROOT / "src" / "engine" / "testdata" / "tokenizer-parts.json"


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


def post_cases() -> list[Json]:
    out = []
    for config in POST_PROCESSORS:
        json_ = tokenizer_json(
            word_level(["C", "S", "T", "[UNK]", "a", "b"]),
            post_processor=config,
            pre_tokenizer={"type": "WhitespaceSplit"},
        )
        tokenizer = build(json_)
        rows = []
        for first, second in (("a b", None), ("a", "b b"), ("", None), ("", "a")):
            encoded = tokenizer.encode(first, second)
            rows.append(
                {
                    "texts": [first] if second is None else [first, second],
                    "ids": encoded.ids,
                    "segments": encoded.type_ids,
                }
            )
        out.append({"json": json_, "rows": rows})
    return out


def decoder_cases() -> Json:
    words = list(dict.fromkeys(token for row in TOKENS for token in row))
    rows = []
    for config in DECODERS:
        tokenizer = build(tokenizer_json(word_level(["[UNK]", *words]), decoder=config))
        rows.append(
            {
                "config": config,
                "decoded": [tokenizer.decode([1 + words.index(token) for token in row]) for row in TOKENS],
            }
        )
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
        "wholes": [*added_cases(), *model_cases(), *real_cases()],
        "refused": [{"part": part, "config": config} for part, config in REFUSED],
    }
    OUT.write_text(json.dumps(fixture, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
