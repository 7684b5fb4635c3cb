"""Vocabulary and tokens.

The vocabulary is that of a WordPiece tokenizer as BERT's: Chinese characters are words by themselves, and a word of
Latin letters or digits, in lower case, is its first character and then pieces of one character each (##a … ##z,
##0 … ##9).
"""

import random
import string

from tokenizers import Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import WordPiece

from ..zh import data
from ..zh.text import clean

PAD, UNK, CLS, SEP, MASK = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"
SPECIAL = (PAD, UNK, CLS, SEP, MASK)  # ids 0 … 4, in this order
PAD_ID, UNK_ID, CLS_ID, SEP_ID, MASK_ID = range(5)


def vocabulary(min_count: int) -> list[str]:
    """Special tokens, characters seen often enough in the training split, pieces inside words of letters and digits."""
    inner = string.ascii_lowercase + string.digits
    counts: dict[str, int] = {}
    for char, n in data.character_counts().items():
        if not char.isspace():
            counts[char.lower()] = counts.get(char.lower(), 0) + n
    chars = [char for char, n in counts.items() if n >= min_count or char in inner]
    chars += [char for char in inner if char not in counts]
    return [*SPECIAL, *chars, *(f"##{char}" for char in inner)]


def tokenizer_of(tokens: list[str]) -> Tokenizer:
    """Without post-processing: texts become ids, no [CLS], no [SEP]."""
    tokenizer = Tokenizer(WordPiece({t: i for i, t in enumerate(tokens)}, unk_token=UNK, max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=False, lowercase=True
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece(prefix="##")
    tokenizer.add_special_tokens(list(SPECIAL))
    return tokenizer


class Encoder:
    def __init__(self, tokens: list[str]) -> None:
        self.tokenizer = tokenizer_of(tokens)
        self.numbers = list(range(len(tokens)))

    def many(self, texts: list[str]) -> list[list[int]]:
        """Ids that share their int objects: millions of them are kept."""
        numbers = self.numbers
        return [[numbers[i] for i in encoding.ids] for encoding in self.tokenizer.encode_batch(texts)]

    def __call__(self, text: str) -> list[int]:
        return self.tokenizer.encode(clean(text)).ids


def shorten(sentence: list[int], longest: int, rng: random.Random) -> list[int]:
    """At most `longest` tokens: a stretch at random."""
    start = rng.randrange(len(sentence) - longest + 1) if len(sentence) > longest else 0
    return sentence[start : start + longest]
