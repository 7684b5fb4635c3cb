"""Small checks of an exported folder: python3 -m training check gpt-zh."""

import torch
from transformers import AutoTokenizer

from ..common.config import Config
from ..common.loop import final_state
from .evaluate import load_model
from .export import trained_model
from .text import SPECIAL, Encoder, documents_of

TOLERANCE = 5e-4


@torch.no_grad()
def check(config: Config) -> None:
    tokenizer = AutoTokenizer.from_pretrained(config.model_folder)
    state, kind = final_state(config), config.data["kind"]
    encode = Encoder(state["vocab"])
    theirs, ours = load_model(config), trained_model(config, state)
    difference = 0.0
    for document in documents_of(kind, "val")[:40]:
        ids = encode(document, kind).ids[: theirs.config.n_positions]
        text = "".join(state["vocab"][i] for i in ids)
        assert tokenizer(text).input_ids == ids, text
        assert tokenizer.decode(ids) == text, text
        batch = torch.tensor([ids])
        difference = max(
            difference, (ours(batch) - theirs(batch, attention_mask=torch.ones_like(batch)).logits).abs().max().item()
        )
    assert tokenizer.convert_tokens_to_ids(list(SPECIAL)) == list(range(len(SPECIAL)))
    assert tokenizer("\U00020000").input_ids == [tokenizer.unk_token_id]
    assert difference < TOLERANCE, difference
    print(f"{config.id}: tokenizer and weights are right; logits differ by at most {difference:.1e}")
