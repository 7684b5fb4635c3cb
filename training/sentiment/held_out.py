"""What sentiment-zh says of each review of the test split, without its text: src/recorded/held-out.json.

python3 -m training.sentiment.held_out
"""

import hashlib
import json
import platform
import time
from pathlib import Path

import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from ..bertzh.text import PAD_ID, Encoder
from ..common.config import MODELS, ROOT
from .evaluate import logits_of
from .examples import FEELING, labelled

MODEL = "sentiment-zh"
COMMAND = "python3 -m training.sentiment.held_out"


def processor() -> str:
    names = [row.split(":")[1].strip() for row in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in row]
    return names[0] if names else platform.machine()


def main() -> None:
    folder = MODELS / MODEL
    model = AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.float32).eval()
    vocabulary = AutoTokenizer.from_pretrained(folder).get_vocab()
    encode = Encoder(sorted(vocabulary, key=vocabulary.__getitem__))
    reviews = [example for example in labelled("test") if example.category != FEELING]
    with torch.no_grad():
        logits = logits_of(
            lambda ids: model(input_ids=ids, attention_mask=(ids != PAD_ID).long()).logits,
            encode,
            model.config.max_position_embeddings,
            reviews,
        )
    odds = (logits[:, 1] - logits[:, 0]).tolist()
    categories = sorted({review.category for review in reviews})
    sets = []
    for category in categories:
        own = [(odd, review.label) for odd, review in zip(odds, reviews, strict=True) if review.category == category]
        # The order of the texts says nothing, and is not kept.
        own.sort()
        sets.append(
            {
                "category": category,
                "odds": [round(odd, 3) for odd, _ in own],
                "good": "".join(str(label) for _, label in own),
            }
        )
    right = sum((odd > 0) == bool(review.label) for odd, review in zip(odds, reviews, strict=True))
    record = {
        "provenance": {
            "kind": "recorded",
            "date": time.strftime("%Y-%m-%d"),
            "command": COMMAND,
            "weights": [
                {"model": MODEL, "sha256": hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()}
            ],
            "settings": {"split": "test"},
            "machine": {"processor": processor(), "node": f"Python {platform.python_version()}"},
        },
        "table": {
            "columns": ["类", "条数", "其中好评"],
            "rows": [[part["category"], len(part["odds"]), part["good"].count("1")] for part in sets],
        },
        "data": {"right": right, "sets": sets},
    }
    target = ROOT / "src" / "recorded" / "held-out.json"
    target.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{len(reviews)} reviews, {right} right, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
