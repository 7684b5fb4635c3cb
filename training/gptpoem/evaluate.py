"""Measures the exported folder: perplexity on held-out quatrains, and 1,000 sampled poems of each form."""

import copy
import json
import math
import random
import time

import torch
from torch import Tensor
from transformers import DynamicCache, GPT2LMHeadModel

from ..common.config import Config
from ..common.hf_export import write_json
from ..common.quantize import dequantized, quantized
from . import data, metrics
from .batches import Encoder, bucketed
from .rhyme import rhymes
from .sample import Session, write
from .text import QUATRAINS, Poem, lines_of

POEMS_PER_FORM = 1000
SEED = 7
PUNCTUATION = ("，", "。", "[END]")


def load_model(config: Config) -> GPT2LMHeadModel:
    """The exported folder, opened by transformers, computed in f32."""
    return GPT2LMHeadModel.from_pretrained(config.model_folder, dtype=torch.float32).eval()


def in_eight_bits(model: GPT2LMHeadModel) -> GPT2LMHeadModel:
    """The same model with the weights that `quantize` writes."""
    rounded = copy.deepcopy(model)
    weights = {name: weight for name, weight in model.state_dict().items() if name != "lm_head.weight"}
    rounded.load_state_dict(dequantized(quantized(weights)), strict=False)  # the head is the embedding
    return rounded


def session_of(model: GPT2LMHeadModel) -> Session:
    def session():
        cache = DynamicCache()

        def logits(ids: Tensor) -> Tensor:
            return model(ids[:, cache.get_seq_length() :], past_key_values=cache, logits_to_keep=1).logits[:, -1]

        return logits

    return session


@torch.no_grad()
def perplexities(model: GPT2LMHeadModel, vocab: dict[str, int], poems: list[Poem], titled: bool) -> dict[str, float]:
    """Per predicted token of the body with punctuation and [END], and per Chinese character only."""
    marks = torch.tensor([vocab[token] for token in PUNCTUATION])
    total = han = 0.0
    tokens = han_tokens = 0
    for ids, targets, weights in bucketed([Encoder(vocab)(p, titled) for p in poems], 4096, keep_rest=True):
        losses = torch.nn.functional.cross_entropy(
            model(ids).logits.flatten(0, 1), targets.flatten(), reduction="none"
        ).view(targets.shape)
        body = weights > 0
        characters = body & ~torch.isin(targets, marks)
        total, tokens = total + losses[body].sum().item(), tokens + int(body.sum())
        han, han_tokens = han + losses[characters].sum().item(), han_tokens + int(characters.sum())
    return {
        "poems": len(poems),
        "tokens": tokens,
        "per_token": math.exp(total / tokens),
        "per_character": math.exp(han / han_tokens),
    }


def random_rhyme(poems: list[Poem], rng: random.Random) -> float:
    """How often lines of different poems rhyme by chance."""
    ends = [line[-1] for poem in poems for line in lines_of(poem.body)]
    rng.shuffle(ends)
    pairs = list(zip(ends[::2], ends[1::2], strict=True))
    return sum(rhymes(a, b) for a, b in pairs) / len(pairs)


def evaluate(config: Config, split: str) -> None:
    started = time.monotonic()
    model, vocab = load_model(config), data.load_vocab(config)
    held_out, train = data.load(config, split, quatrains_only=True), data.load(config, "train")
    training_lines = {line for poem in train for line in lines_of(poem.body)}
    titled = [poem for poem in held_out if poem.title]
    result: dict[str, object] = {
        "split": split,
        "perplexity": {
            "all, title where there is one": perplexities(model, vocab, held_out, True),
            "all, without title": perplexities(model, vocab, held_out, False),
            "titled ones, with title": perplexities(model, vocab, titled, True),
            "titled ones, without title": perplexities(model, vocab, titled, False),
            "weights in 8 bits": perplexities(in_eight_bits(model), vocab, held_out, True),
        },
    }
    generated: dict[str, dict] = {}
    for form in QUATRAINS:
        rng = random.Random(SEED)
        real = rng.sample([poem for poem in train if poem.form == form], POEMS_PER_FORM)
        titles = [poem.title for poem in titled if poem.form == form]
        asked = {"untitled": [""] * POEMS_PER_FORM, "titled": rng.choices(titles, k=POEMS_PER_FORM)}
        rows = {"real": metrics.summary(form, [poem.body for poem in real], set())}
        rows["real"]["random_rhyme"] = random_rhyme(real, rng)
        for name, prompts in asked.items():
            texts = [text for _, text in write(session_of(model), vocab, form, prompts, SEED, batch=250)]
            rows[name] = metrics.summary(form, texts, training_lines)
        generated[form] = rows
    result["generated"] = generated
    result["seconds"] = round(time.monotonic() - started)
    write_json(config.run_folder / f"evaluation-{split}.json", result)
    if split == "test":
        write_json(config.model_folder / "evaluation.json", result)  # pages draw its numbers of real poems
    print(json.dumps(result, ensure_ascii=False, indent=2))
