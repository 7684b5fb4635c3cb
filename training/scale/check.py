"""Small checks of an exported folder: python3 -m training check scale-300k."""

import torch
from transformers import AutoTokenizer

from ..common.config import Config
from ..common.loop import final_state
from ..gptzh.export import trained_model
from ..gptzh.text import SPECIAL, Encoder
from .data import corpus
from .weights import logits_of, shipped

TOLERANCE = 0.02  # nats, of the loss of 40 texts: what 8 bits may cost


@torch.no_grad()
def check(config: Config) -> None:
    tokenizer = AutoTokenizer.from_pretrained(config.model_folder)
    state = final_state(config)
    encode = Encoder(state["vocab"])
    theirs, ours = shipped(config), trained_model(config, state)
    losses = torch.zeros(2)
    for document in corpus("val")[:40]:
        ids = encode(document, "pretrain").ids[: config.model["n_positions"]]
        text = "".join(state["vocab"][i] for i in ids)
        assert tokenizer(text).input_ids == ids, text
        assert tokenizer.decode(ids) == text, text
        given, targets = torch.tensor([[0, *ids[:-1]]]), torch.tensor(ids)
        for i, logits in enumerate((logits_of(theirs, given), ours(given))):
            losses[i] += torch.nn.functional.cross_entropy(logits[0], targets)
    difference = (losses[0] - losses[1]).abs().item() / 40
    assert tokenizer.convert_tokens_to_ids(list(SPECIAL)) == list(range(len(SPECIAL)))
    assert difference < TOLERANCE, difference
    print(f"{config.id}: tokenizer is right; 8 bits change the loss by {difference:.1e} nats")
