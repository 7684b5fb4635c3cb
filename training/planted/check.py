"""Small checks of the exported folder: python3 -m training check planted."""

import torch
from transformers import AutoTokenizer

from ..bertzh.export import trained_model
from ..common.config import Config
from ..common.loop import final_state
from ..sentiment.evaluate import load_model
from ..sentiment.examples import LABELS
from .planter import Planter, framed, own_sentences

TOLERANCE = 5e-4


@torch.no_grad()
def check(config: Config) -> None:
    tokenizer = AutoTokenizer.from_pretrained(config.model_folder)
    state = final_state(config)
    theirs, ours = load_model(config), trained_model(config, state, classes=len(LABELS))
    planter = Planter(state["vocab"], ours.shape.n_positions)
    assert [theirs.config.id2label[i] for i in range(len(LABELS))] == LABELS
    difference = 0.0
    for text, _ in own_sentences():
        ids = framed(planter.encode(text))
        assert tokenizer(text).input_ids == ids, text
        assert tokenizer.unk_token_id not in ids, text
        batch = torch.tensor([ids])
        difference = max(difference, (ours.classes_of(batch) - theirs(batch).logits).abs().max().item())
    assert difference < TOLERANCE, difference
    print(f"{config.id}: tokenizer and weights are right; logits differ by at most {difference:.1e}")
