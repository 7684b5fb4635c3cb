"""What the trainer of `tokenizers` merges on a text, by bytes and by characters, and how it then cuts another one.

    python3 -m training.fixtures_bpe

writes src/engine/testdata/bpe.json.
"""

import json

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

from .common.config import ROOT

OUT = ROOT / "src" / "engine" / "testdata" / "bpe.json"

# Tongue twisters, so that pairs come back and ties are many; beside them Latin letters, digits, line breaks, an emoji.
TEXT = (
    "吃葡萄不吐葡萄皮，不吃葡萄倒吐葡萄皮。\n"
    "四是四，十是十，十四是十四，四十是四十。\n"
    "八百标兵奔北坡，炮兵并排北边跑。炮兵怕把标兵碰，标兵怕碰炮兵炮。\n"
    "The cat sat on the mat; the cats sat on the mats. It's 2026, it's 2026!\n\n"
    "aaaa aaaaa  aaa 👍🏽👍🏽 é"
)
OTHER = "葡萄糖和标兵，the cats' 四十四 2026 🙂 aaaaaaa"
MERGES = 120
# How GPT-2 cuts a text into words; `ByteLevel` has the same in itself.
WORDS = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"


def case(base: str) -> dict[str, object]:
    tokenizer = Tokenizer(models.BPE())
    if base == "bytes":
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        trainer = trainers.BpeTrainer(
            vocab_size=256 + MERGES,
            min_frequency=2,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        )
    else:
        tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(WORDS), behavior="isolated")
        trainer = trainers.BpeTrainer(vocab_size=len(set(TEXT)) + MERGES, min_frequency=2, show_progress=False)
    tokenizer.train_from_iterator([TEXT], trainer)
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    spell = {letter: byte for byte, letter in letters().items()}

    def plain(token: str) -> list[int]:
        return [spell[letter] for letter in token] if base == "bytes" else list(token.encode())

    other = OTHER if base == "bytes" else "".join(character for character in OTHER if character in TEXT)
    return {
        "base": base,
        "merges": [[plain(left), plain(right)] for left, right in merges],
        "other": other,
        "tokens": [plain(token) for token in tokenizer.encode(other).tokens],
    }


def letters() -> dict[int, str]:
    """How `tokenizers` writes each byte, as GPT-2 did."""
    own = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {byte: chr(byte) for byte in own}
    rest = [byte for byte in range(256) if byte not in table]
    return table | {byte: chr(256 + i) for i, byte in enumerate(rest)}


def write() -> None:
    fixture = {"text": TEXT, "cases": [case("bytes"), case("characters")]}
    OUT.write_text(json.dumps(fixture, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    write()
