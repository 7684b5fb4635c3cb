"""From the finished run to public/models/<model>."""

from typing import Any

from ..common.config import Config
from ..common.gpt2 import GPT2, hf_tensors
from ..common.hf_export import write_character_tokenizer, write_gpt2_config, write_json, write_weights
from ..common.loop import final_state, training_log
from .text import END, SPECIAL, UNK
from .train import shape_of

GENERATION = {"do_sample": True, "temperature": 0.8, "top_k": 40, "max_new_tokens": 100}


def trained_model(config: Config, state: dict[str, Any]) -> GPT2:
    """The finished model in f32, ready for inference."""
    model = GPT2(shape_of(config, len(state["vocab"])))
    model.load_state_dict({name: tensor.float() for name, tensor in state["model"].items()})
    return model.eval()


def export(config: Config) -> None:
    folder, state = config.model_folder, final_state(config)
    model = trained_model(config, state)
    vocab = {token: i for i, token in enumerate(state["vocab"])}
    write_weights(folder, hf_tensors(model))
    write_gpt2_config(folder, model.shape, vocab[END], GENERATION)
    write_character_tokenizer(folder, vocab, SPECIAL, UNK, END, model.shape.n_positions)
    write_json(folder / "training-log.json", training_log(config, state), indent=None)
    for path in sorted(folder.iterdir()):
        print(f"{path.name:24} {path.stat().st_size:9} bytes")
