"""Small checks of the exported folder: python3 -m training check sentiment-zh."""

import torch
from transformers import AutoTokenizer

from ..bertzh.text import Encoder
from ..common.config import Config
from ..common.loop import final_state
from .evaluate import load_model
from .examples import LABELS, labelled
from .export import calibrated_model
from .train import encoded

TOLERANCE = 5e-4


@torch.no_grad()
def check(config: Config) -> None:
    tokenizer = AutoTokenizer.from_pretrained(config.model_folder)
    state = final_state(config)
    encode = Encoder(state["vocab"])
    theirs = load_model(config)
    ours, _ = calibrated_model(config, state)
    assert [theirs.config.id2label[i] for i in range(len(LABELS))] == LABELS
    difference = 0.0
    for example in labelled("val")[:40]:
        ids = encoded(example.text, encode, ours.shape.n_positions)
        if len(ids) < ours.shape.n_positions:
            assert tokenizer(example.text.replace("\n", "")).input_ids == ids, example.text
        batch = torch.tensor([ids])
        difference = max(difference, (ours.classes_of(batch) - theirs(batch).logits).abs().max().item())
    assert difference < TOLERANCE, difference
    print(f"{config.id}: tokenizer and weights are right; logits differ by at most {difference:.1e}")
