"""Golden files that hold the TypeScript engine and metrics against PyTorch and against metrics.py.

forward.safetensors  two prompts through the exported F16 weights, computed by transformers in f32: ids,
                     embeddings (`embed`), residual stream after every block (`resid.0` …), attention
                     (`attn.0` …), `ln_f`, `logits`
poems.json           real, sampled and broken poems with what metrics.py says about them
"""

import random
from pathlib import Path

import torch
from transformers import GPT2LMHeadModel

from ..common.config import Config
from ..common.golden import gpt2_forward, write_forward
from ..common.hf_export import write_json
from . import data, metrics
from .bloom import Bloom
from .evaluate import load_model, session_of
from .sample import write
from .text import QUATRAINS, Poem, lines_of

FORWARD_BYTES = 2_500_000
PROMPTS = {
    "a": Poem("[七绝]", "早发白帝城", "朝辞白帝彩云间，千里江陵一日还。两岸猿声啼不住，轻舟已过万重山。"),
    "b": Poem("[五绝]", "", "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。"),
}
SEED = 11


def write_poem_forward(config: Config, path: Path) -> None:
    model = GPT2LMHeadModel.from_pretrained(
        config.model_folder, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    vocab = data.load_vocab(config)
    texts = {name: gpt2_forward(model, [vocab[t] for t in poem.tokens()[:-1]]) for name, poem in PROMPTS.items()}
    write_forward(path, texts)
    assert path.stat().st_size <= FORWARD_BYTES, path.stat().st_size


def broken(poem: Poem, rng: random.Random) -> list[str]:
    """A poem made wrong in the ways a model may get it wrong."""
    lines = lines_of(poem.body)
    first, second, third, fourth = lines
    return [
        f"{first}，{second}。{third}，{fourth[:-1]}。",  # one character short
        f"{first}{rng.choice(third)}，{second}。{third}，{fourth}。",  # one too many
        f"{first}，{second}，{third}，{fourth}。",  # comma for full stop
        f"{first}，{second}。{third}，{fourth}",  # no full stop
        f"{first}，{second}。{third}，{fourth}。{first}，{second}。",  # goes on
        f"{first}，{second}。",  # breaks off
        f"{first}，{second}。{third}，{fourth[:-1]}{second[-1]}。",  # rhymes with the same character
        f"{first}，{second}。{third}，{fourth[:-1]}，。",  # a mark for a character
        f"{first}，[UNK]{second[1:]}。{third}，{fourth}。",
        "".join(rng.choice(first) for _ in range(12)),
    ]


def measured(form: str, text: str, bloom: Bloom) -> dict[str, object]:
    return {
        "form": form,
        "text": text,
        "form_ok": metrics.form_ok(form, text),
        "rhyme_ok": metrics.rhyme_ok(text),
        "distinct_2": round(metrics.distinct_2([text]), 6),
        "max_repetition": metrics.max_repetition(text),
        "repeated_share": round(metrics.repeated_share(text), 6),
        "known_lines": [line in bloom for line in lines_of(text)],
    }


def write_poems(config: Config, path: Path) -> None:
    model, vocab, rng = load_model(config), data.load_vocab(config), random.Random(SEED)
    bloom = Bloom.read(config.model_folder / "lines.bloom")
    held_out, train = data.load(config, "val", quatrains_only=True), data.load(config, "train")
    rows = []
    for form in QUATRAINS:
        real = [rng.choice([p for p in poems if p.form == form]) for poems in (held_out, train) for _ in range(5)]
        sampled = [text for _, text in write(session_of(model), vocab, form, [""] * 10, SEED)]
        texts = [*(poem.body for poem in real), *sampled, *broken(real[0], rng)]
        rows += [measured(form, text, bloom) for text in texts]
    write_json(path, {"poems": rows}, indent=1)


def write_fixtures(config: Config, folder: Path) -> None:
    write_poem_forward(config, folder / "forward.safetensors")
    write_poems(config, folder / "poems.json")
    for name in ("forward.safetensors", "poems.json"):
        print(f"{folder / name} {(folder / name).stat().st_size} bytes")
