"""Golden files: forward.safetensors, the two texts of gpt-zh's through the weights as they are shipped."""

from pathlib import Path

from ..common.config import Config
from ..common.golden import gpt2_forward, write_forward
from ..common.loop import final_state
from ..gptzh.fixtures import TEXTS
from ..gptzh.text import Encoder
from .weights import shipped


def write_fixtures(config: Config, folder: Path) -> None:
    encode, model = Encoder(final_state(config)["vocab"]), shipped(config)
    texts = {
        name: gpt2_forward(model, encode(document, "pretrain").ids[:-1])
        for name, document in zip("ab", TEXTS["pretrain"], strict=True)
    }
    write_forward(folder / "forward.safetensors", texts)
