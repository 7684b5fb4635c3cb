"""Golden files of the GPTs for modern Chinese: forward.safetensors, two texts through the exported weights."""

from pathlib import Path

import torch
from transformers import GPT2LMHeadModel

from ..common.config import Config
from ..common.golden import gpt2_forward, write_forward
from ..common.loop import final_state
from ..zh.document import Document
from .text import Encoder

TEXTS = {
    "pretrain": (Document("", "今天下午，我和朋友去公园散步。"), Document("", "这家酒店的房间很大，")),
    "chat": (
        Document("", "我建议你早睡早起。", prompt="怎样保持健康？"),
        Document("", "一，二，三。", prompt="数到三。"),
    ),
    "review": (
        Document("", "房间很干净，服务也好。", category="酒店"),
        Document("", "不新鲜，差评。", category="水果"),
    ),
}


def write_fixtures(config: Config, folder: Path) -> None:
    encode = Encoder(final_state(config)["vocab"])
    model = GPT2LMHeadModel.from_pretrained(
        config.model_folder, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    kind = config.data["kind"]
    texts = {
        name: gpt2_forward(model, encode(document, kind).ids[:-1])
        for name, document in zip("ab", TEXTS[kind], strict=True)
    }
    write_forward(folder / "forward.safetensors", texts)
