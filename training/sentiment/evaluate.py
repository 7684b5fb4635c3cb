"""Measures sentiment-zh beside naive Bayes on the same split: accuracy, F1, calibration, mistakes, prejudice."""

import json
import time
from collections.abc import Callable

import torch
from torch import Tensor
from transformers import BertForSequenceClassification

from ..bertzh.text import PAD_ID, Encoder
from ..common import evaluation
from ..common.config import Config
from ..common.hf_export import write_json
from ..common.loop import final_state
from .bayes import NaiveBayes
from .calibration import expected_calibration_error
from .examples import FEELING, LABELS, Labelled, labelled, test_feelings
from .train import collate, encoded

WORST, BATCH = 20, 64
# says nothing good or bad: what is left is the model's prejudice against the category
NEUTRAL = ("我买了{}。", "这是一个{}。", "昨天我收到了{}。", "我来说说{}。", "今天谈一谈{}。")
THINGS = [
    "酒店",
    "书",
    "平板",
    "手机",
    "水果",
    "洗发水",
    "热水器",
    "牛奶",
    "衣服",
    "电脑",
    "外卖",
    "礼物",
    "邮件",
    "椅子",
    "花",
]


def load_model(config: Config) -> BertForSequenceClassification:
    """The exported folder, opened by transformers, computed in f32."""
    return BertForSequenceClassification.from_pretrained(config.model_folder, dtype=torch.float32).eval()


@torch.no_grad()
def logits_of(
    classes_of: Callable[[Tensor], Tensor], encode: Encoder, longest: int, examples: list[Labelled]
) -> Tensor:
    """[examples, 2], computed in batches of texts of about equal length."""
    rows = [encoded(example.text, encode, longest) for example in examples]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    out = torch.empty(len(rows), len(LABELS))
    for start in range(0, len(order), BATCH):
        part = order[start : start + BATCH]
        out[part] = classes_of(collate([rows[i] for i in part], len(rows[part[-1]]))).float()
    return out


# #region scores
def scores(choices: list[int], labels: list[int]) -> dict[str, float]:
    """Accuracy, and F1 of each class and their mean."""
    pairs = list(zip(choices, labels, strict=True))
    f1 = []
    for label in (0, 1):
        hits = sum(choice == answer == label for choice, answer in pairs)
        claimed, true = choices.count(label), labels.count(label)
        f1.append(2 * hits / max(1, claimed + true))
    accuracy = sum(choice == answer for choice, answer in pairs) / len(pairs)
    return {"texts": len(pairs), "accuracy": accuracy, "f1 bad": f1[0], "f1 good": f1[1], "f1": sum(f1) / 2}


# #endregion


def by_category(examples: list[Labelled], choices: list[int]) -> dict[str, dict[str, float]]:
    out = {}
    for category in sorted({example.category for example in examples}):
        part = [(c, e.label) for c, e in zip(choices, examples, strict=True) if e.category == category]
        out[category] = scores([c for c, _ in part], [label for _, label in part])
    return out


def worst_mistakes(examples: list[Labelled], logits: Tensor) -> list[dict[str, object]]:
    """The wrong answers that the model is surest of. Their texts stay in the run folder: corpora are not published."""
    probability = logits.softmax(-1)[:, 1].tolist()
    rows = [
        {"label": LABELS[e.label], "good": round(p, 4), "category": e.category, "text": e.text}
        for e, p in zip(examples, probability, strict=True)
        if (p > 0.5) != bool(e.label)
    ]
    return sorted(rows, key=lambda row: -abs(row["good"] - 0.5))[:WORST]


def evaluate(config: Config, split: str) -> None:
    started = time.monotonic()
    model, encode = load_model(config), Encoder(final_state(config)["vocab"])
    longest = model.config.max_position_embeddings

    def logits_for(examples: list[Labelled]) -> Tensor:
        def classes_of(ids: Tensor) -> Tensor:
            return model(input_ids=ids, attention_mask=(ids != PAD_ID).long()).logits

        return logits_of(classes_of, encode, longest, examples)

    reviews = [example for example in labelled(split) if example.category != FEELING]
    labels = [example.label for example in reviews]
    logits = logits_for(reviews)
    choices = logits.argmax(-1).tolist()
    bayes = NaiveBayes(labelled("train"))
    hundred = test_feelings()
    feeling_logits = logits_for(hundred)
    feeling_labels = [example.label for example in hundred]
    neutral = [Labelled(frame.format(thing), 0, thing) for thing in THINGS for frame in NEUTRAL]
    good = logits_for(neutral).softmax(-1)[:, 1].view(len(THINGS), len(NEUTRAL)).mean(1)
    result = {
        "reviews": scores(choices, labels),
        "naive Bayes": scores([bayes(example.text) for example in reviews], labels),
        "by category": by_category(reviews, choices),
        "calibration error": expected_calibration_error(logits, torch.tensor(labels)),
        "calibration": json.loads((config.run_folder / "calibration.json").read_text()),
        "feelings": scores(feeling_logits.argmax(-1).tolist(), feeling_labels),
        "feelings, naive Bayes": scores([bayes(example.text) for example in hundred], feeling_labels),
        "feelings that fail": [
            example.text
            for example, choice in zip(hundred, feeling_logits.argmax(-1).tolist(), strict=True)
            if choice != example.label
        ],
        "p(good) of neutral sentences": {thing: round(p, 4) for thing, p in zip(THINGS, good.tolist(), strict=True)},
    }
    write_json(config.run_folder / f"mistakes-{split}.json", worst_mistakes(reviews, logits))
    evaluation.save(config, split, result, started)
