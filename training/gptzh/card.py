"""The model card, README.md of the model folder, filled with the numbers of the run and of the evaluation."""

import json
from pathlib import Path

from ..common.card import CORPORA, fill, table
from ..common.config import Config
from ..common.loop import final_state
from ..zh import data
from . import talk
from .evaluate import load_model, write
from .text import END, REVIEW, TEXT, Encoder, documents_of

SAMPLE_SEED, SAMPLE_LENGTH = 2026, 120
PROMPTS = {
    "pretrain": ["", "", "", "", "", "今天天气", "我的家乡", "从前有一个", "人工智能", "这家酒店"],
    "review": [
        ("酒店", ""),
        ("酒店", "房间"),
        ("外卖", ""),
        ("外卖", "送餐"),
        ("书籍", "这本书"),
        ("衣服", ""),
        ("水果", "苹果"),
        ("手机", ""),
        ("洗发水", "味道"),
        ("计算机", ""),
    ],
}


def prompt_of(kind: str, prompt: str | tuple[str, str]) -> list[str]:
    if kind == "pretrain":
        return [END, *prompt]
    category, start = prompt
    return [REVIEW, *category, TEXT, *start]


def samples(config: Config, encode: Encoder) -> str:
    """Ten texts, the first that come."""
    kind = config.data["kind"]
    prompts = [prompt_of(kind, prompt) for prompt in PROMPTS[kind]]
    ids = [[encode.ids[token] for token in prompt] for prompt in prompts]
    texts = write(load_model(config), list(encode.ids), ids, SAMPLE_SEED, SAMPLE_LENGTH)
    rows = [f"- `{''.join(p)}`{t}".replace("\n", "↵") for p, t in zip(prompts, texts, strict=True)]
    return "\n".join(rows)


def talks(config: Config) -> str:
    """The conversations that `talk` has kept, which must be of these weights."""
    kept = json.loads((config.model_folder / talk.NAME).read_text())
    if kept["weights"] != talk.digest(config):
        raise SystemExit(f"{talk.NAME} was written with other weights: python3 -m training talk {config.id}")

    def lines(turns: list[dict[str, str | bool]]) -> list[str]:
        said = [f"   - {turn['question']} → {turn['answer']}{'' if turn['ended'] else '……'}" for turn in turns]
        return [line.replace("\n", "↵") for line in said]

    numbered = [[f"{i}. 第 {i} 次谈话", *lines(one["turns"])] for i, one in enumerate(kept["conversations"], 1)]
    return "\n".join(line for part in numbered for line in part)


def perplexity(result: dict) -> str:
    names = {"unigram": "一元模型", "5-gram": "五元模型", "base": "没有微调的 gpt-zh", "model": "本模型"}
    measured = [name for name in names if name in result["all"]]

    def row(name: str, figures: dict[str, float]) -> list[str]:
        return [name, f"{figures['characters']:,}", *(f"{figures[m]:.1f}" for m in measured)]

    corpora = result["by corpus"]
    parts = [row(CORPORA[name], figures) for name, figures in corpora.items()] if len(corpora) > 1 else []
    rows = [row("全部", result["all"]), *parts]
    return table(["留出的文本", "字数", *(names[name] for name in measured)], rows)


def generated(result: dict) -> str:
    names = {"held-out text": "真实的文本", "model": "本模型"}
    rows = [[text, f"{result[n]['distinct_2']:.3f}", f"{result[n]['copied']:.2%}"] for n, text in names.items()]
    return table(["", "distinct-2", "抄录"], rows)


def asked(result: dict) -> str:
    """How many of the questions of the small world were answered rightly: greedily, and over the seeds."""
    names = {
        "kind one": "单独的问题",
        "kind two": "要看上一轮的问题",
        "kind outside": "世界以外的问题（说不知道，或者没有把握）",
        "all": "全部",
        "ended": "自己结束",
    }

    def row(name: str, title: str) -> list[str]:
        drawn = result["sampled"][name]
        return [
            title,
            f"{result['greedy'][name]:.0%}",
            f"{sum(drawn) / len(drawn):.0%}（{min(drawn):.0%}–{max(drawn):.0%}）",
        ]

    return table(["", "贪心", f"温度 {result['temperature']}"], [row(*item) for item in names.items()])


def write_card(config: Config) -> None:
    state = final_state(config)
    result = json.loads((config.run_folder / "evaluation-test.json").read_text())
    kind = config.data["kind"]
    counts = {split: documents_of(kind, split) for split in ("train", "val", "test")}
    fields = {
        **{split: f"{len(part):,}" for split, part in counts.items()},
        "bad_share": f"{sum(d.label == 0 for d in counts['train']) / len(counts['train']):.0%}",
        "million_characters": f"{sum(len(d.whole) for d in counts['train']) / 1e6:.1f}",
        "known_characters": len(data.character_counts()),
        "unknown": f"{result['perplexity']['unknown']:.3%}",
        "perplexity": perplexity(result["perplexity"]),
        "generated": generated(result["generated"]),
        "ended": f"{result['generated']['ended']:.0%}",
        "sample_count": result["generated"]["samples"],
        "sample_seed": SAMPLE_SEED,
    }
    if kind == "chat":
        fields |= {"questions": asked(result["questions"]), "talks": talks(config), "talk_seed": talk.SEED}
    else:
        fields["samples"] = samples(config, Encoder(state["vocab"]))
    fill(config, Path(__file__).with_name(f"card-{kind}.md"), state, fields)
