"""Golden files of bert-zh: forward.safetensors, a sentence with a gap and a pair of sentences."""

from pathlib import Path

import torch
from transformers import AutoTokenizer, BertForPreTraining

from ..common.config import Config
from ..common.golden import bert_forward, write_forward

TEXTS = {"a": ("今天天气很[MASK]。",), "b": ("我去超市买[MASK]果。", "苹果五块钱一斤。")}


def write_fixtures(config: Config, folder: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(config.model_folder)
    model = BertForPreTraining.from_pretrained(
        config.model_folder, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    texts = {}
    for name, text in TEXTS.items():
        batch = tokenizer(*text)
        texts[name] = bert_forward(model, batch["input_ids"], batch["token_type_ids"])
    write_forward(folder / "forward.safetensors", texts)
