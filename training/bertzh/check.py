"""Small checks of the exported folder: python3 -m training check bert-zh."""

import torch
from transformers import AutoTokenizer

from ..common.config import Config
from ..common.loop import final_state
from ..zh import data
from .evaluate import load_model
from .export import trained_model
from .text import SPECIAL, Encoder

TOLERANCE = 5e-4


@torch.no_grad()
def check(config: Config) -> None:
    tokenizer = AutoTokenizer.from_pretrained(config.model_folder)
    state = final_state(config)
    encode = Encoder(state["vocab"])
    theirs, ours = load_model(config), trained_model(config, state)
    texts = [document.text.replace("\n", "")[:60] for document in data.load("val")[::40]]
    difference = 0.0
    for a, b in zip(texts[::2], texts[1::2], strict=False):
        batch = tokenizer(a, b, return_tensors="pt")
        expected = [2, *encode(a), 3, *encode(b), 3]
        assert batch.input_ids[0].tolist() == expected, (a, b)
        out = theirs(**batch)
        hidden = ours.hidden(batch.input_ids, batch.token_type_ids)
        words = ours.words_at(hidden, torch.arange(len(expected)))
        pair = ours.next_sentence(ours.pooled(hidden))
        difference = max(difference, (words - out.prediction_logits[0]).abs().max().item())
        difference = max(difference, (pair - out.seq_relationship_logits).abs().max().item())
    assert tokenizer.convert_tokens_to_ids(list(SPECIAL)) == list(range(len(SPECIAL)))
    assert tokenizer.tokenize("今天[MASK]好Wifi 5") == ["今", "天", "[MASK]", "好", "w", "##i", "##f", "##i", "5"]
    assert difference < TOLERANCE, difference
    print(f"{config.id}: tokenizer and weights are right; logits differ by at most {difference:.1e}")
