"""The model card, README.md of the model folder, filled with the numbers of the run and of the evaluation."""

import json
from pathlib import Path
from string import Template

from ..common import checkpoint
from ..common.config import Config
from . import data
from .bloom import Bloom
from .evaluate import load_model, session_of
from .export import EXPORTED
from .sample import write
from .text import QUATRAINS, SPECIAL, lines_of

SAMPLE_SEED = 2026
SAMPLE_TITLES = ("", "", "春望", "秋夜", "送友人")


def samples(config: Config) -> str:
    """Ten poems: five prompts in both forms, the first that come."""
    model, vocab = load_model(config), data.load_vocab(config)
    rows = []
    for form in QUATRAINS:
        for title, text in write(session_of(model), vocab, form, list(SAMPLE_TITLES), SAMPLE_SEED):
            rows.append(f"- `{form}{title}[诗]` {text}")
    return "\n".join(rows)


def false_positives(config: Config) -> float:
    """The share of held-out lines (none stands in training) that the shipped filter takes for known."""
    bloom = Bloom.read(config.model_folder / "lines.bloom")
    lines = [line for split in ("val", "test") for poem in data.load(config, split) for line in lines_of(poem.body)]
    return sum(line in bloom for line in lines) / len(lines)


def curve(log: list[dict]) -> str:
    head = "| 步 | 百万词元 | 训练损失 | 验证损失 | 格式 | 押韵 |\n|--:|--:|--:|--:|--:|--:|\n"
    return head + "\n".join(
        f"| {row['step']} | {row['tokens'] / 1e6:.1f} | {row['train_loss']:.3f} | {row['val_loss']:.3f} "
        f"| {row['form']:.1%} | {row['rhyme']:.1%} |"
        for row in log
    )


def generated(result: dict) -> str:
    names = {"real": "真诗（训练集抽样）", "untitled": "模型，不给题目", "titled": "模型，给留出集的题目"}
    rows = [
        "| 体裁 | 来源 | 首数 | 格式 | 押韵 | 抄录 | distinct-2 | 重复 | 最多同字 |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for form, sources in result["generated"].items():
        for key, name in names.items():
            row = sources[key]
            copied = "—" if key == "real" else f"{row['copied_lines']:.2%}"
            rows.append(
                f"| {form} | {name} | {row['poems']} | {row['form']:.1%} | {row['rhyme']:.1%} | {copied} "
                f"| {row['distinct_2']:.3f} | {row['repeated_characters']:.1%} "
                f"| {row['max_repetition']:.2f} |"
            )
    return "\n".join(rows)


def perplexity(result: dict) -> str:
    names = {
        "all, title where there is one": "全部，有题目的给题目",
        "all, without title": "全部，不给题目",
        "titled ones, with title": "只有题目的诗，给题目",
        "titled ones, without title": "只有题目的诗，不给题目",
        "weights in 8 bits": "全部，有题目的给题目；权重 8 位",
    }
    rows = ["| 测试集绝句 | 首数 | 每个词元 | 每个汉字 |\n|---|--:|--:|--:|"]
    for key, row in result["perplexity"].items():
        rows.append(f"| {names[key]} | {row['poems']} | {row['per_token']:.1f} | {row['per_character']:.1f} |")
    return "\n".join(rows)


def write_card(config: Config) -> None:
    state = checkpoint.load(config.run_folder / EXPORTED)
    result = json.loads((config.run_folder / "evaluation-test.json").read_text())
    template = Template(Path(__file__).with_name("card.md").read_text())
    weights = config.model_folder / "model.safetensors"
    splits = {name: data.load(config, name) for name in ("train", "val", "test")}
    fields = {
        "parameters": f"{sum(tensor.numel() for tensor in state['model'].values()):,}",
        "megabytes": f"{weights.stat().st_size / 1e6:.1f}",
        "vocabulary": len(data.load_vocab(config)),
        "characters": len(data.load_vocab(config)) - len(SPECIAL) - 2,
        "steps": state["steps"],
        "million_tokens": f"{state['tokens'] / 1e6:.1f}",
        "minutes": f"{state['seconds'] / 60:.0f}",
        "last_phase_tokens": f"{(1 - config.train['last_phase_from']) * config.train['budget_tokens'] / 1e6:.1f}",
        "curve": curve(state["log"]),
        "perplexity": perplexity(result),
        "generated": generated(result),
        "false_positives": f"{false_positives(config):.2%}",
        "samples": samples(config),
        "sample_seed": SAMPLE_SEED,
        **config.model,
        **config.train,
        "random_5": f"{result['generated']['[五绝]']['real']['random_rhyme']:.1%}",
        "random_7": f"{result['generated']['[七绝]']['real']['random_rhyme']:.1%}",
        **{name: len(poems) for name, poems in splits.items()},
        **{f"{name}_quatrains": sum(poem.form in QUATRAINS for poem in poems) for name, poems in splits.items()},
    }
    (config.model_folder / "README.md").write_text(template.substitute(fields))
