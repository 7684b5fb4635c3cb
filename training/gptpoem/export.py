"""From a checkpoint to public/models/gpt-poem."""

from ..common import checkpoint
from ..common.config import Config
from ..common.gpt2 import GPT2, hf_tensors
from ..common.hf_export import write_character_tokenizer, write_gpt2_config, write_json, write_weights
from . import data
from .bloom import Bloom
from .rhyme import finals_table
from .text import END, SPECIAL, UNK, lines_of
from .train import new_model

BITS_PER_LINE = 14


EXPORTED = "exported.pt"  # what was exported, beside the checkpoint, which training may go on to replace


def exported_model(config: Config) -> GPT2:
    """The model that was exported, in f32, ready for inference."""
    model = new_model(config, data.load_vocab(config))
    model.load_state_dict(checkpoint.load(config.run_folder / EXPORTED)["model"])
    return model.eval()


def training_log(config: Config) -> dict[str, object]:
    """The run's log by columns, for a plot."""
    rows = checkpoint.load(config.run_folder / EXPORTED)["log"]
    columns = {key: [row[key] for row in rows] for key in rows[0]}
    return {"model": config.id, "train": config.train, "evaluations": columns}


def export(config: Config) -> None:
    folder, vocab = config.model_folder, data.load_vocab(config)
    state = checkpoint.load(config.run_folder / "checkpoint.pt")
    del state["optimizer"]
    checkpoint.save(config.run_folder / EXPORTED, state)
    model = exported_model(config)
    write_weights(folder, hf_tensors(model))
    generation = {"do_sample": True, "temperature": 0.8, "top_k": 40, "max_new_tokens": 66}
    write_gpt2_config(folder, model.shape, vocab[END], generation)
    write_character_tokenizer(folder, vocab, SPECIAL, UNK, END, model.shape.n_positions)
    write_json(folder / "training-log.json", training_log(config), indent=None)
    chars = [token for token in vocab if len(token) == 1 and token not in "，。"]
    write_json(folder / "finals.json", finals_table(chars), indent=None)
    lines = {line for poem in data.load(config, "train") for line in lines_of(poem.body)}
    Bloom.of(lines, BITS_PER_LINE).write(folder / "lines.bloom")
    for path in sorted(folder.iterdir()):
        print(f"{path.name:24} {path.stat().st_size:9} bytes")
