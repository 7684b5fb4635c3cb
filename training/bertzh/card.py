"""The model card, README.md of the model folder, filled with the numbers of the run and of the evaluation."""

import json
from pathlib import Path

from ..common.card import CORPORA, fill, table
from ..common.config import Config
from ..common.loop import final_state
from ..zh import data


def masked(result: dict) -> str:
    def row(name: str, figures: dict) -> list[str]:
        cells = [f"{figures[m][k]:.1%}" for m in ("unigram", "bigram", "model") for k in ("top_1", "top_5")]
        return [name, str(figures["gaps"]), *cells]

    rows = [row("全部", result["all"]), *(row(CORPORA[name], f) for name, f in result.items() if name != "all")]
    head = ["语料", "空格", "一元 前1", "一元 前5", "二元 前1", "二元 前5", "本模型 前1", "本模型 前5"]
    return table(head, rows)


def plain(result: dict) -> str:
    rows = []
    for row in result["sentences"]:
        place = "—" if row["place"] is None else str(row["place"] + 1)
        rows.append([row["text"], row["answers"], "".join(row["best"]), place])
    return table(["句子", "算对的字", "模型的前五个", "名次"], rows)


def bias(result: dict) -> str:
    professions = list(result["professions"].items())
    return "、".join(f"{name} {share:.0%}" for name, share in professions)


def write_card(config: Config) -> None:
    state = final_state(config)
    # The test set is for the last weights alone: until it has been used, the card tells of the validation set.
    split = "test" if (config.run_folder / "evaluation-test.json").exists() else "val"
    result = json.loads((config.run_folder / f"evaluation-{split}.json").read_text())
    sentences = result["plain sentences"]
    pairs = result["next sentence"]
    fields = {
        **{split: f"{len(data.load(split)):,}" for split in ("train", "val", "test")},
        "split": split,
        "split_name": "测试集" if split == "test" else "验证集",
        "split_note": "测试集只用过一次，就是这一次。"
        if split == "test"
        else "这些权重的训练还要接着做，所以下面是验证集上的数；测试集留给最后的权重，只用一次。",
        "next_sentence_weights": "，".join(
            f"从 {start:.0%} 起 {weight}" for start, weight in config.train["next_sentence_weights"]
        ),
        "mask_percent": f"{config.train['mask_share']:.0%}",
        "unknown": f"{result['unknown']:.3%}",
        "masked": masked(result["masked"]),
        "pairs": pairs["random from all corpora"]["pairs"],
        "next_all": f"{pairs['random from all corpora']['accuracy']:.1%}",
        "next_same": f"{pairs['random from the same corpus']['accuracy']:.1%}",
        "plain_top_1": f"{sentences['top_1']:.0%}",
        "plain_top_5": f"{sentences['top_5']:.0%}",
        "plain_kinds": "、".join(f"{kind} {share:.0%}" for kind, share in sentences["top_5 by kind"].items()),
        "plain": plain(sentences),
        "bias": bias(result["bias"]),
        "bias_without": f"{result['bias']['without']:.0%}",
        "bias_mean": f"{result['bias']['mean']:.0%}",
    }
    fill(config, Path(__file__).with_name("card.md"), state, fields)
