"""The model card, filled with the numbers of the run, of the evaluation and of the prediction."""

import json
from pathlib import Path

from ..common.card import fill, table
from ..common.config import Config
from ..common.loop import final_state
from ..gptzh.evaluate import write
from .data import corpus
from .predict import FILE, HELD_OUT
from .weights import shipped

SAMPLE_SEED, SAMPLE_LENGTH = 2026, 60
PROMPTS = ("", "今天天气", "这家酒店")


def samples(config: Config, vocab: list[str]) -> str:
    """The first texts that come."""
    ids = {token: i for i, token in enumerate(vocab)}
    prompts = [[0, *(ids[char] for char in prompt)] for prompt in PROMPTS]
    texts = write(shipped(config), vocab, prompts, SAMPLE_SEED, SAMPLE_LENGTH)
    return "\n".join(f"- `[END]{p}`{t}".replace("\n", "↵") for p, t in zip(PROMPTS, texts, strict=True))


def role(config: Config, loss: float) -> str:
    if config.id != HELD_OUT:
        return "从四个较小的模型的损失画一条直线，用来预测最大的一个。它是这四个里的一个；用了几个种子，见下面的表。"
    told = json.loads(FILE.read_text())["held_out"]
    return (
        "它是留出来的一个。训练它之前，先由四个较小的模型预测它的损失，写在 `training/scale/prediction.json` 里，"
        "先提交，后训练。"
        f"预测 {told['loss']:.3f}（95% 区间 {told['low']:.3f}–{told['high']:.3f}），"
        f"量出来是 {loss:.3f}，预测差 {told['loss'] / loss - 1:+.1%}。"
        f"假如说它和小一号的一样好（{told['no_gain']:.3f}），会差 {told['no_gain'] / loss - 1:+.1%}。"
    )


def write_card(config: Config) -> None:
    state = final_state(config)
    result = json.loads((config.run_folder / "evaluation-test.json").read_text())
    rows = [[str(run["seed"]), str(run["steps"]), f"{run['loss']:.3f}"] for run in result["runs"]]
    fields = {
        **{split: f"{len(corpus(split)):,}" for split in ("train", "val", "test")},
        "id": config.id,
        "embedding": f"{state['model']['wte.weight'].numel():,}",
        "role": role(config, result["runs"][0]["loss"]),
        "characters": f"{result['characters']:,}",
        "unigram": f"{result['unigram']:.3f}",
        "losses": table(["种子（第一个随网站发布）", "步", "损失"], rows),
        "sample_seed": SAMPLE_SEED,
        "samples": samples(config, list(state["vocab"])),
    }
    fill(config, Path(__file__).with_name("card.md"), state, fields)
