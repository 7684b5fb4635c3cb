"""Golden files of sentiment-zh: forward.safetensors, a good and a bad sentence."""

from pathlib import Path

import torch
from transformers import AutoTokenizer, BertForSequenceClassification

from ..common.config import Config
from ..common.golden import bert_forward, write_forward

TEXTS = {"a": "房间很干净，服务也很好。", "b": "质量太差了，再也不买了。"}


def write_fixtures(config: Config, folder: Path) -> None:
    write_texts(config, folder, TEXTS)


def write_texts(config: Config, folder: Path, named: dict[str, str]) -> None:
    """The same of any classifier and two texts."""
    tokenizer = AutoTokenizer.from_pretrained(config.model_folder)
    model = BertForSequenceClassification.from_pretrained(
        config.model_folder, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    texts = {}
    for name, text in named.items():
        batch = tokenizer(text)
        texts[name] = bert_forward(model, batch["input_ids"], batch["token_type_ids"])
    write_forward(folder / "forward.safetensors", texts)
