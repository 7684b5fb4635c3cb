"""Small checks of the exported folder: python3 -m training check."""

import torch
from transformers import AutoTokenizer, GPT2LMHeadModel

from ..common.config import Config
from ..common.hf_export import round_to_half
from . import data
from .bloom import Bloom, fnv1a
from .export import exported_model
from .text import END, POEM, SPECIAL, lines_of

TOLERANCE = 2e-4


@torch.no_grad()
def check_logits(config: Config, ids: list[list[int]]) -> float:
    """The shipped F16 weights in transformers against the training model with its weights rounded to F16."""
    theirs = GPT2LMHeadModel.from_pretrained(config.model_folder, dtype=torch.float32).eval()
    ours = exported_model(config)
    round_to_half(ours)
    return max((ours(torch.tensor([row])) - theirs(torch.tensor([row])).logits).abs().max().item() for row in ids)


def check(config: Config) -> None:
    tokenizer = AutoTokenizer.from_pretrained(config.model_folder)
    vocab = data.load_vocab(config)
    poems = data.load(config, "val")[:200]
    rows = []
    for poem in poems:
        tokens = poem.tokens()
        ids = tokenizer("".join(tokens)).input_ids
        assert ids == [vocab[token] for token in tokens], poem
        assert tokenizer.decode(ids) == "".join(tokens), poem
        rows.append(ids)
    assert tokenizer.vocab_size == len(vocab)
    assert tokenizer("龘a \n").input_ids == [tokenizer.unk_token_id] * 4
    assert tokenizer.convert_tokens_to_ids(list(SPECIAL)) == list(range(len(SPECIAL)))
    assert (tokenizer.eos_token, tokenizer.pad_token) == (END, END)
    assert tokenizer.tokenize("[七绝]春[诗]") == ["[七绝]", "春", POEM]
    difference = check_logits(config, rows[:20])
    assert difference < TOLERANCE, difference
    assert fnv1a("a", 0x811C9DC5) == 0xE40C292C  # a published value of FNV-1a, 32 bits
    bloom = Bloom.read(config.model_folder / "lines.bloom")
    training = data.load(config, "train")[:500]
    assert all(line in bloom for poem in training for line in lines_of(poem.body))
    print(f"{config.id}: tokenizer, weights, filter are right; logits differ by at most {difference:.1e}")
