"""Fixtures for the engine's tokenizer: what transformers' PreTrainedTokenizerFast makes of the same texts.

    python3 -m training.fixtures_tokenizer

writes src/engine/testdata/tokenizer.json: three small tokenizers with their files, and the shipped ones by their paths.
"""

import json
import random
import tempfile
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

from .common.config import MODELS, ROOT
from .common.hf_export import write_character_tokenizer
from .gptpoem.text import END, SPECIAL, UNK

OUT = ROOT / "src" / "engine" / "testdata" / "tokenizer.json"

TEXTS = (
    "",
    "[五绝]春夜[诗]春江花月夜，",
    "[END][UNK][七律][诗]",
    "[五绝[诗]]诗]",
    "[ 五绝 ]\n\n春\r\n江\t花　月 ",
    "Hello, world's 1st GPT! naïve café  two  blanks",
    "春眠不觉晓，处处闻啼鸟。鑫𠮷𪚥龘",
    "👍🏽😀👨‍👩‍👧🇨🇳❤️ é",
    "<|endoftext|>床前<|endoftext|>",
)


def character_tokenizer() -> dict[str, Any]:
    """Of the kind of gpt-poem, with few characters."""
    tokens = (*SPECIAL, *"，。春眠不觉晓处闻啼鸟江花月夜𠮷")
    with tempfile.TemporaryDirectory() as folder:
        write_character_tokenizer(Path(folder), {t: i for i, t in enumerate(tokens)}, SPECIAL, UNK, END, 64)
        return json.loads((Path(folder) / "tokenizer.json").read_text())


def byte_tokenizer() -> dict[str, Any]:
    """Of the kind of GPT-2: byte-level BPE."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=320, special_tokens=["<|endoftext|>"], initial_alphabet=alphabet)
    tokenizer.train_from_iterator(TEXTS * 3, trainer)
    return json.loads(tokenizer.to_str())


def word_piece_tokenizer() -> dict[str, Any]:
    """Of the kind of BERT: Chinese characters stand alone, other words are cut into pieces."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(vocab_size=150, special_tokens=special, show_progress=False)
    tokenizer.train_from_iterator(TEXTS[:-2] * 3, trainer)
    ends = [(token, tokenizer.token_to_id(token)) for token in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=ends
    )
    return json.loads(tokenizer.to_str())


def cases(tokenizer: PreTrainedTokenizerFast) -> list[dict[str, Any]]:
    """All texts, and a text made of the tokenizer's own tokens at random."""
    ids = random.Random(0).choices(range(len(tokenizer)), k=100)
    rows = []
    for text in (*TEXTS, tokenizer.decode(ids)):
        ids = tokenizer(text)["input_ids"]
        pair = tokenizer(text, TEXTS[3], return_token_type_ids=True)
        rows.append(
            {
                "text": text,
                "ids": ids,
                "pair": {"second": TEXTS[3], "ids": pair["input_ids"], "segments": pair["token_type_ids"]},
                "tokens": tokenizer.convert_ids_to_tokens(ids),
                "decoded": tokenizer.decode(ids),
                "plain": tokenizer.decode(ids, skip_special_tokens=True),
            }
        )
    return rows


def fixture(name: str, source: dict[str, Any] | Path) -> dict[str, Any]:
    """`json` holds the tokenizer.json of a small tokenizer, `file` names that of a shipped one."""
    if isinstance(source, Path):
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(source))
        return {"name": name, "file": str(source.relative_to(ROOT)), "cases": cases(tokenizer)}
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=Tokenizer.from_str(json.dumps(source)))
    return {"name": name, "json": source, "cases": cases(tokenizer)}


def main() -> None:
    fixtures = [
        fixture("characters", character_tokenizer()),
        fixture("bytes", byte_tokenizer()),
        fixture("word pieces", word_piece_tokenizer()),
    ]
    fixtures += [fixture(path.parent.name, path) for path in sorted(MODELS.glob("*/tokenizer.json"))]
    OUT.write_text(json.dumps(fixtures, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{OUT.relative_to(ROOT)}: {', '.join(each['name'] for each in fixtures)}, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
