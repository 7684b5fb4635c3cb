"""Measures an exported GPT: perplexity beside the baselines on the same characters, and sampled text."""

import math
import random
import time

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import GPT2LMHeadModel

from ..common import evaluation
from ..common.config import Config, load_config
from ..common.loop import final_state
from ..world.text import book
from ..zh.document import Document
from ..zh.measure import Spans, distinct_2
from ..zh.ngram import kneser_ney, unigram
from .examine import continued, examined, generate
from .text import Encoded, Encoder, documents_of

ORDER = 5
SAMPLES, SAMPLE_LENGTH, OPENING, SEED = 200, 100, 6, 7
END_ID, UNK_ID = 0, 1


def load_model(config: Config) -> GPT2LMHeadModel:
    """The exported folder, opened by transformers, computed in f32."""
    return GPT2LMHeadModel.from_pretrained(config.model_folder, dtype=torch.float32).eval()


@torch.no_grad()
def surprise(model: GPT2LMHeadModel, document: Encoded) -> NDArray[np.float64]:
    """Nats for each token of a document, from an [END] before it; long ones in windows that overlap by half."""
    ids = torch.tensor([END_ID, *document.ids])
    window, out = model.config.n_positions, []
    start = known = 0
    while known < len(ids) - 1:
        part = ids[start : start + window + 1]
        given = part[None, :-1]
        logits = model(given, attention_mask=torch.ones_like(given)).logits[0]
        losses = torch.nn.functional.cross_entropy(logits, part[1:], reduction="none")
        out.append(losses[known - start :])
        known = start + len(part) - 1
        start += window // 2
    return torch.cat(out).double().numpy()


def counted(document: Encoded) -> NDArray[np.bool_]:
    """The characters that are measured: nothing that is given, no [END], none outside the vocabulary."""
    ids = np.array(document.ids)
    return np.array(document.learnt) & (ids != END_ID) & (ids != UNK_ID)


def answer_places(document: Document) -> NDArray[np.int64]:
    """Where the characters of the answers stand in the whole document, as the base model reads it."""
    if not document.turns:
        return np.arange(len(document.whole) - len(document.text), len(document.whole))
    ends = [len(book(document.turns[: i + 1])) for i in range(len(document.turns))]
    return np.concatenate(
        [np.arange(end - len(answer), end) for end, (_, answer) in zip(ends, document.turns, strict=True)]
    )


def base_surprise(base: GPT2LMHeadModel, encode: Encoder, document: Document, tuned: Encoded) -> NDArray[np.float64]:
    """Nats of the model before the tuning for the same answers, asked as it was trained: in the words of a book.

    Nothing is measured where the tuned model has what is given, and [END].
    """
    nats = np.zeros(len(tuned.ids))
    answers = np.array(tuned.learnt) & (np.array(tuned.ids) != END_ID)
    nats[answers] = surprise(base, encode(document, "pretrain"))[answer_places(document)]
    return nats


def perplexities(config: Config, model: GPT2LMHeadModel, encode: Encoder, split: str) -> dict[str, object]:
    """Per character, of the model, the one it was tuned from, and unigrams and 5-grams of the same training text."""
    kind = config.data["kind"]
    documents = documents_of(kind, split)
    encoded = [encode(document, kind) for document in documents]
    train = np.array([token for d in documents_of(kind, "train") for token in encode(d, kind).ids])
    test = np.array([END_ID, *(token for d in encoded for token in d.ids)])
    size = len(encode.ids)
    nats = {
        "unigram": -np.log(unigram(train, test, size))[1:],
        "5-gram": -np.log(kneser_ney(train, test, ORDER, size))[1:],
        "model": np.concatenate([surprise(model, document) for document in encoded]),
    }
    # A leg that goes on from the model itself has no other to be compared with.
    if (name := config.train.get("base")) and name != config.id:
        base = load_model(load_config(name, config.output))
        pairs = zip(documents, encoded, strict=True)
        nats["base"] = np.concatenate([base_surprise(base, encode, document, tuned) for document, tuned in pairs])
    mask = np.concatenate([counted(document) for document in encoded])
    names = np.concatenate([np.full(len(e.ids), d.source) for e, d in zip(encoded, documents, strict=True)])

    def row(where: NDArray[np.bool_]) -> dict[str, float]:
        return {name: math.exp(values[where].mean()) for name, values in nats.items()} | {
            "characters": int(where.sum())
        }

    by_source = {str(name): row(mask & (names == name)) for name in np.unique(names)}
    unknown = float((np.concatenate([np.array(d.ids) for d in encoded]) == UNK_ID).mean())
    return {"all": row(mask), "by corpus": by_source, "unknown": unknown}


def write(model: GPT2LMHeadModel, tokens: list[str], prompts: list[list[int]], seed: int, length: int) -> list[str]:
    """Continuations at temperature 0.8 and top-k 40, up to [END] or `length` characters."""
    torch.manual_seed(seed)
    rows = generate(model, prompts, length, do_sample=True, temperature=0.8, top_k=40)
    return ["".join(tokens[token] for token in row if token != END_ID) for row in rows]


def opening(document: Document, encode: Encoder, kind: str) -> list[int]:
    """What the model is given of a held-out document: its first characters, the instruction, or category and start."""
    encoded = encode(document, kind)
    begin = encoded.learnt.index(True)
    return encoded.ids[: begin + {"pretrain": OPENING, "chat": 0, "review": 2}[kind]]


def generated(config: Config, model: GPT2LMHeadModel, encode: Encoder, split: str) -> dict[str, object]:
    kind, tokens = config.data["kind"], list(encode.ids)
    room = model.config.n_positions - 50
    fitting = [d for d in documents_of(kind, split) if OPENING * 2 < len(encode(d, kind).ids) < room]
    chosen = random.Random(SEED).sample(fitting, min(SAMPLES, len(fitting)))
    prompts = [opening(document, encode, kind) for document in chosen]
    texts = write(model, tokens, prompts, SEED, SAMPLE_LENGTH)
    real = [(document.turns[0][1] if kind == "chat" and document.turns else document.text) for document in chosen]
    real = [text[:SAMPLE_LENGTH] for text in real]
    spans = Spans([document.whole for document in documents_of("pretrain", "train")])
    measures = {
        name: {"distinct_2": distinct_2(part), "copied": spans.share_in(part), "characters": sum(map(len, part))}
        for name, part in (("model", texts), ("held-out text", real))
    }
    return {"samples": len(texts), "ended": sum(len(t) < SAMPLE_LENGTH for t in texts) / len(texts), **measures}


def evaluate(config: Config, split: str) -> None:
    started = time.monotonic()
    model, encode = load_model(config), Encoder(final_state(config)["vocab"])
    result: dict[str, object] = {
        "perplexity": perplexities(config, model, encode, split),
        "generated": generated(config, model, encode, split),
    }
    if config.data["kind"] == "pretrain":
        result["openings"] = continued(model, encode)
    elif config.data["kind"] == "chat":
        result["questions"] = examined(model, encode)
    evaluation.save(config, split, result, started)
