"""Whole conversations with the exported chat model: python3 -m training talk gpt-zh-chat.

Ten of the forty openings of world/conversations.txt, drawn by a seed, three questions each; the answers are the greedy
ones, none is picked. Printed, and kept as conversations.json with the weights' SHA-256: the card and the site's page of
models read it there.
"""

import hashlib
import json
import random

from transformers import GPT2LMHeadModel

from ..common.config import Config
from ..common.hf_export import write_json
from ..common.loop import final_state
from ..world.questions import Question
from ..world.reserved import conversations
from .evaluate import load_model
from .examine import answers
from .text import Encoder

SEED, COUNT = 2026, 10
NAME = "conversations.json"


def converse(model: GPT2LMHeadModel, encode: Encoder, questions: list[str]) -> list[dict[str, str | bool]]:
    """The questions one after the other, each with all that was said before in front of it."""
    turns: list[tuple[str, str]] = []
    out: list[dict[str, str | bool]] = []
    for question in questions:
        asked = Question(id=0, kind="two", topic="", question=question, turns=turns)
        (answer,) = answers(model, encode, [asked], do_sample=False)
        turns = [*turns, (question, answer.text)]
        out.append({"question": question, "answer": answer.text, "ended": answer.ended})
    return out


def digest(config: Config) -> str:
    return hashlib.sha256((config.model_folder / "model.safetensors").read_bytes()).hexdigest()


def talk(config: Config) -> None:
    model, encode = load_model(config), Encoder(final_state(config)["vocab"])
    chosen = random.Random(SEED).sample(conversations(), COUNT)
    result = {
        "weights": digest(config),
        "seed": SEED,
        "of": len(conversations()),
        "conversations": [{"turns": converse(model, encode, questions)} for questions in chosen],
    }
    write_json(config.model_folder / NAME, result)
    print(json.dumps(result, ensure_ascii=False, indent=2))
