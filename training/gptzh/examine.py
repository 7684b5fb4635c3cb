"""The test of the small world: 120 questions for the chat model, 60 openings for the base model."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from transformers import GPT2LMHeadModel

from ..world.questions import Question, is_right, openings, questions, says_unknown
from ..zh.document import Document
from .text import Encoder

END_ID = 0
SEEDS, TEMPERATURE, LENGTH = (1, 2, 3, 4, 5), 0.7, 80
OPENING_SEED, OPENING_LENGTH = 7, 100
UNSURE = 5  # percentile of the right answers' mean log-probability


class Answer(NamedTuple):
    text: str
    ended: bool  # by itself, within LENGTH characters
    log_probability: float  # mean over its tokens with [END], in nats


def prompt(encode: Encoder, question: Question) -> list[int]:
    """The conversation up to the mark behind which the answer begins."""
    document = Document("", "", turns=[*question.turns, (question.question, "")])
    return encode(document, "chat").ids[:-1]


@torch.no_grad()
def generate(model: GPT2LMHeadModel, prompts: Sequence[list[int]], length: int, **sampling: object) -> list[list[int]]:
    """Tokens behind each prompt, with [END] where the model set it; prompts of one length are continued together."""
    out: list[list[int]] = [[] for _ in prompts]
    groups: dict[int, list[int]] = defaultdict(list)
    for i, ids in enumerate(prompts):
        groups[len(ids)].append(i)
    for size, group in sorted(groups.items()):
        ids = torch.tensor([prompts[i] for i in group])
        rows = model.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=min(length, model.config.n_positions - size),
            eos_token_id=END_ID,
            pad_token_id=END_ID,
            **sampling,
        )
        for i, row in zip(group, rows[:, size:].tolist(), strict=True):
            out[i] = row[: row.index(END_ID) + 1] if END_ID in row else row
    return out


@torch.no_grad()
def mean_log_probability(model: GPT2LMHeadModel, given: list[int], answer: list[int]) -> float:
    """Natural logarithm, per token of the answer."""
    ids = torch.tensor([given + answer])
    logits = model(ids[:, :-1], attention_mask=torch.ones_like(ids[:, :-1])).logits[0, len(given) - 1 :]
    return -torch.nn.functional.cross_entropy(logits, ids[0, len(given) :]).item()


def answers(model: GPT2LMHeadModel, encode: Encoder, asked: list[Question], **sampling: object) -> list[Answer]:
    tokens = list(encode.ids)
    prompts = [prompt(encode, question) for question in asked]
    out = []
    for given, row in zip(prompts, generate(model, prompts, LENGTH, **sampling), strict=True):
        ended = row[-1] == END_ID
        text = "".join(tokens[token] for token in row[: len(row) - ended])
        out.append(Answer(text, ended, mean_log_probability(model, given, row)))
    return out


def shares(asked: list[Question], right: list[bool], given: list[Answer]) -> dict[str, float]:
    """Right ones of all, by kind and by topic, and those that ended by themselves."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for question, ok in zip(asked, right, strict=True):
        for name in ("all", f"kind {question.kind}", f"topic {question.topic}"):
            groups[name].append(ok)
    return {name: sum(part) / len(part) for name, part in sorted(groups.items())} | {
        "ended": sum(answer.ended for answer in given) / len(given)
    }


def judged(asked: list[Question], given: list[Answer], unsure: list[bool]) -> list[bool]:
    return [
        says_unknown(answer.text) or doubt if question.kind == "outside" else is_right(question, answer.text)
        for question, answer, doubt in zip(asked, given, unsure, strict=True)
    ]


def examined(model: GPT2LMHeadModel, encode: Encoder) -> dict[str, object]:
    """Greedy answers and answers of five seeds; `unsure` is a property of the greedy ones alone."""
    asked = questions()
    greedy = answers(model, encode, asked, do_sample=False)
    known = [
        answer.log_probability
        for question, answer in zip(asked, greedy, strict=True)
        if question.kind != "outside" and is_right(question, answer.text)
    ]
    threshold = float(np.percentile(known, UNSURE)) if known else None
    unsure = [threshold is not None and answer.log_probability < threshold for answer in greedy]
    right = judged(asked, greedy, unsure)
    sampled = []
    for seed in SEEDS:
        torch.manual_seed(seed)
        drawn = answers(model, encode, asked, do_sample=True, temperature=TEMPERATURE, top_k=0)
        sampled.append(shares(asked, judged(asked, drawn, unsure), drawn))
    inside = [doubt for question, doubt in zip(asked, unsure, strict=True) if question.kind != "outside"]
    return {
        "greedy": shares(asked, right, greedy),
        "sampled": {name: [run[name] for run in sampled] for name in sampled[0]},
        "temperature": TEMPERATURE,
        "unsure_below": threshold,
        "unsure_inside": sum(inside) / len(inside),
        "answers": [
            {"id": question.id, "kind": question.kind, "topic": question.topic, **answer._asdict(), "right": ok}
            for question, answer, ok in zip(asked, greedy, right, strict=True)
        ],
    }


def continued(model: GPT2LMHeadModel, encode: Encoder) -> list[dict[str, str]]:
    """A continuation of each opening, the first that comes; whether it holds together is for readers to say."""
    tokens, asked = list(encode.ids), openings()
    prompts = [[END_ID, *encode.text(opening)] for opening in asked]
    torch.manual_seed(OPENING_SEED)
    rows = generate(model, prompts, OPENING_LENGTH, do_sample=True, temperature=0.8, top_k=40)
    texts = ["".join(tokens[token] for token in row if token != END_ID) for row in rows]
    return [{"opening": opening, "text": text} for opening, text in zip(asked, texts, strict=True)]
