"""The model card, README.md of the model folder, filled with the numbers of the run and of the evaluation.

mistakes.md describes the twenty worst mistakes in words; it is written by hand, after reading
runs/sentiment-zh/mistakes-test.json, and the card cannot be made without it.
"""

import json
from pathlib import Path

from ..common.card import fill, table
from ..common.config import Config
from ..common.loop import final_state
from .examples import FEELING, labelled


def compared(result: dict) -> str:
    names = {
        "本模型，评论": "reviews",
        "朴素贝叶斯，评论": "naive Bayes",
        "本模型，一百句": "feelings",
        "朴素贝叶斯，一百句": "feelings, naive Bayes",
    }
    rows = []
    for name, key in names.items():
        figures = result[key]
        measures = ("accuracy", "f1", "f1 bad", "f1 good")
        rows.append([name, str(figures["texts"]), *(f"{figures[measure]:.1%}" for measure in measures)])
    return table(["", "条数", "准确率", "F1（平均）", "F1 差评", "F1 好评"], rows)


def categories(result: dict) -> str:
    rows = [[name, str(f["texts"]), f"{f['accuracy']:.1%}", f"{f['f1']:.1%}"] for name, f in result.items()]
    return table(["类别", "条数", "准确率", "F1"], rows)


def write_card(config: Config) -> None:
    state = final_state(config)
    result = json.loads((config.run_folder / "evaluation-test.json").read_text())
    counts = {
        split: sum(example.category != FEELING for example in labelled(split)) for split in ("train", "val", "test")
    }
    calibration = result["calibration"]
    neutral = result["p(good) of neutral sentences"]
    fields = {
        **{split: f"{count:,}" for split, count in counts.items()},
        "feelings": sum(example.category == FEELING for example in labelled("train")),
        "compared": compared(result),
        "categories": categories(result["by category"]),
        "ece": f"{result['calibration error']:.1%}",
        "temperature": f"{calibration['temperature']:.2f}",
        "ece_before": f"{calibration['ece before']:.1%}",
        "ece_after": f"{calibration['ece after']:.1%}",
        "failures": "\n".join(f"- {text}" for text in result["feelings that fail"]) or "没有。",
        "neutral": "、".join(f"{thing} {p:.0%}" for thing, p in neutral.items()),
        "mistakes": Path(__file__).with_name("mistakes.md").read_text(),
    }
    fill(config, Path(__file__).with_name("card.md"), state, fields)
