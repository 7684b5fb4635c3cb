"""Measures the exported bert-zh: gaps in held-out text beside the baselines, next sentence, plain sentences, bias."""

import time
from functools import cache
from typing import NamedTuple

import torch
from torch import Tensor
from transformers import BertForPreTraining

from ..common import evaluation
from ..common.config import Config
from ..common.loop import final_state
from ..zh import data
from ..zh.neighbours import Neighbours
from ..zh.reserved import MASK, gaps
from .bias import gender_of_professions
from .examples import Example, Maker, Source, sources
from .text import CLS_ID, MASK_ID, PAD_ID, SEP_ID, SPECIAL, UNK_ID, Encoder

MASKED_SHARE, PER_CORPUS, PAIRS, SEED = 0.15, 400, 1000, 7
BATCH = 32


class Gap(NamedTuple):
    ids: list[int]  # with one or more [MASK]
    places: list[int]
    answers: list[int]


def load_model(config: Config) -> BertForPreTraining:
    """The exported folder, opened by transformers, computed in f32."""
    return BertForPreTraining.from_pretrained(config.model_folder, dtype=torch.float32).eval()


@torch.no_grad()
def run(model: BertForPreTraining, rows: list[list[int]], firsts: list[int]) -> tuple[Tensor, Tensor]:
    """Logits of the words [rows, time, vocabulary] and of the next sentence [rows, 2]."""
    longest = max(map(len, rows))
    ids = torch.full((len(rows), longest), PAD_ID)
    segments = torch.zeros(len(rows), longest, dtype=torch.long)
    for i, (row, first) in enumerate(zip(rows, firsts, strict=True)):
        ids[i, : len(row)] = torch.tensor(row)
        segments[i, first : len(row)] = 1
    out = model(input_ids=ids, token_type_ids=segments, attention_mask=(ids != PAD_ID).long())
    return out.prediction_logits, out.seq_relationship_logits


def with_gaps(document: Source, longest: int, rng: torch.Generator) -> Gap | None:
    """The beginning of a document, whole sentences, with 15 % of its characters replaced by [MASK], at least one."""
    ids: list[int] = []
    for sentence in document.sentences:
        if len(ids) + len(sentence) > longest - 2:
            break
        ids += sentence
    ids = [CLS_ID, *(ids or document.sentences[0][: longest - 2]), SEP_ID]
    usable = [i for i, token in enumerate(ids) if token >= len(SPECIAL)]
    if len(usable) < 2:
        return None
    count = max(1, round(MASKED_SHARE * len(usable)))
    places = sorted(usable[i] for i in torch.randperm(len(usable), generator=rng)[:count].tolist())
    answers = [ids[i] for i in places]
    for i in places:
        ids[i] = MASK_ID
    return Gap(ids, places, answers)


def ranks(scores: Tensor, answers: Tensor) -> Tensor:
    """How many tokens score higher than the answer."""
    return (scores > scores.gather(1, answers[:, None])).sum(1)


def accuracy(rank: Tensor) -> dict[str, float]:
    return {"top_1": (rank < 1).float().mean().item(), "top_5": (rank < 5).float().mean().item()}


def masked_accuracy(model: BertForPreTraining, baseline: Neighbours, held_out: list[Source]) -> dict[str, object]:
    """Top-1 and top-5 of the model, of the unigram and of the bigram model, by corpus and over all."""
    longest = model.config.max_position_embeddings
    every: dict[str, dict[str, list[Tensor]]] = {}
    for source in dict.fromkeys(document.name for document in held_out):
        rng = torch.Generator().manual_seed(SEED)
        documents = [document for document in held_out if document.name == source]
        chosen = torch.randperm(len(documents), generator=rng)[:PER_CORPUS].tolist()
        rows = [gap for i in chosen if (gap := with_gaps(documents[i], longest, rng))]
        every[source] = {"model": [], "bigram": [], "unigram": []}
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            logits, _ = run(model, [gap.ids for gap in part], [len(gap.ids) for gap in part])
            for gap, row in zip(part, logits, strict=True):
                answers, ids = torch.tensor(gap.answers), torch.tensor(gap.ids)
                places = torch.tensor(gap.places)
                both = baseline.scores(ids[places - 1], ids[places + 1])
                every[source]["model"].append(ranks(row[places], answers))
                every[source]["bigram"].append(ranks(both, answers))
                every[source]["unigram"].append(ranks(baseline.unigram.expand_as(both), answers))
    joined = {source: {name: torch.cat(r) for name, r in models.items()} for source, models in every.items()}
    table = {
        source: {"gaps": len(models["model"])} | {name: accuracy(rank) for name, rank in models.items()}
        for source, models in joined.items()
    }
    whole = {name: torch.cat([models[name] for models in joined.values()]) for name in ("model", "bigram", "unigram")}
    table["all"] = {"gaps": len(whole["model"])} | {name: accuracy(rank) for name, rank in whole.items()}
    return table


def next_sentence(model: BertForPreTraining, held_out: list[Source], same_source: bool) -> dict[str, float]:
    """Accuracy on as many pairs of one document as pairs of two, from the held-out text alone."""
    maker = Maker(held_out, model.config.max_position_embeddings, SEED)
    documents = [document for document in held_out if len(document.sentences) > 1]
    chosen = [maker.rng.choice(documents) for _ in range(PAIRS)]
    longest = model.config.max_position_embeddings
    examples = [maker.pair(document, i % 2 == 0, same_source, longest) for i, document in enumerate(chosen)]
    right = 0
    for start in range(0, len(examples), BATCH):
        part: list[Example] = examples[start : start + BATCH]
        _, logits = run(model, [e.ids for e in part], [e.first for e in part])
        right += (logits.argmax(-1) == torch.tensor([e.following for e in part])).sum().item()
    return {"pairs": len(examples), "accuracy": right / len(examples)}


def plain_sentences(model: BertForPreTraining, encode: Encoder) -> dict[str, object]:
    """The plain test sentences: is a right character the first, or among the first five?"""
    tokens = encode.tokenizer
    rows, by_kind = [], {}
    for gap in gaps():
        before, after = (encode(part) for part in gap.text.split(MASK))
        ids = [CLS_ID, *before, MASK_ID, *after, SEP_ID]
        logits, _ = run(model, [ids], [len(ids)])
        scores = logits[0, 1 + len(before)].softmax(-1)
        best = [tokens.id_to_token(i) for i in scores.topk(5).indices.tolist()]
        place = next((i for i, token in enumerate(best) if token in gap.answers), None)
        rows.append({"text": gap.text, "answers": gap.answers, "best": best, "place": place})
        by_kind.setdefault(gap.kind, []).append(place)
    places = [row["place"] for row in rows]
    return {
        "top_1": sum(place == 0 for place in places) / len(rows),
        "top_5": sum(place is not None for place in places) / len(rows),
        "top_5 by kind": {kind: sum(p is not None for p in part) / len(part) for kind, part in by_kind.items()},
        "sentences": rows,
    }


@cache
def training_stream(encode: Encoder) -> Tensor:
    """The training text with [CLS] and [SEP] around every document, as the model sees it."""
    documents = sources(data.load("train"), encode)
    return torch.tensor([t for d in documents for t in (CLS_ID, *(t for s in d.sentences for t in s), SEP_ID)])


def evaluate(config: Config, split: str) -> None:
    started = time.monotonic()
    vocab = final_state(config)["vocab"]
    model, encode = load_model(config), Encoder(vocab)
    held_out = sources(data.load(split), encode)
    ids = [token for document in held_out for sentence in document.sentences for token in sentence]
    result = {
        "unknown": ids.count(UNK_ID) / len(ids),
        "masked": masked_accuracy(model, Neighbours(training_stream(encode), len(vocab)), held_out),
        "next sentence": {
            "random from all corpora": next_sentence(model, held_out, same_source=False),
            "random from the same corpus": next_sentence(model, held_out, same_source=True),
        },
        "plain sentences": plain_sentences(model, encode),
        "bias": gender_of_professions(model, encode),
    }
    evaluation.save(config, split, result, started)
