"""training/tools.json: what other tools say of the models of this book, on a few sentences; and what became of some
that do not fit. python3 -m training tools (besides what requirements.txt lists: requirements-tools.txt)

`npm run record -- tools` holds the engine against it.
"""

import json
import platform
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version

import numpy as np
import torch
from torch import Tensor

from . import peers, tools_tried
from .common.config import TRAINING

SENTENCES = ("味道好就是太贵", "不是不好看", "没什么可挑剔的", "房间又小又吵")  # of sentiment-zh, a token a character
GPT_TEXT, BERT_TEXT = "北京是中国的", "天[MASK]很好。"
ASKED = 8  # of how many next tokens the logit lens speaks: those that the model holds likeliest
PACKAGES = ("captum", "shap", "lime", "bertviz", "transformer-lens", "transformers", "torch")


def said(text: str, ids: Tensor, ask: Callable[[], dict[str, object]]) -> dict[str, object]:
    """What a tool says of one text, and how long it takes, once everything is warm."""
    ask()
    start = time.process_time()  # of the processor: other work beside it does not count
    answer = ask()
    seconds = time.process_time() - start
    more = {"masks": [], "weights": [], "asked": []}  # every entry has all keys, so that TypeScript sees one shape
    return {"text": text, "ids": ids.tolist(), **more, **answer, "seconds": round(seconds, 4)}


def numbers(values: Tensor | np.ndarray) -> list[float]:
    return [float(f"{value:.7g}") for value in np.asarray(values).ravel()]


def bits(masks: np.ndarray) -> list[str]:
    return ["".join(str(int(bit)) for bit in mask) for mask in masks]


def of_sentence(text: str) -> dict[str, Callable[[], dict[str, object]]]:
    """What every tool is asked about one sentence; values are those of its characters."""
    ids = peers.tokenizer(text, return_tensors="pt").input_ids[0]
    hidden = ids.clone()
    hidden[1:-1] = peers.tokenizer.mask_token_id
    inner = slice(1, -1)

    def by_lime() -> dict[str, object]:
        weights, asked = peers.lime_text(text)
        read = [peers.tokenizer.tokenize(one) for one in asked]
        masks = [[token != peers.tokenizer.mask_token for token in tokens] for tokens in read]
        return {"values": numbers(np.array([weights[i] for i in range(len(text))])), "masks": bits(masks)}

    def by_kernel() -> dict[str, object]:
        values, masks, weights = peers.shap_kernel(ids, hidden)
        return {"values": numbers(values), "masks": bits(masks), "weights": numbers(weights)}

    return {
        "captum-occlusion": lambda: {"values": numbers(peers.captum_occlusion(ids, hidden)[inner])},
        "captum-gradient": lambda: {"values": numbers(peers.captum_gradient(ids).detach()[inner])},
        "captum-integrated": lambda: {"values": numbers(peers.captum_integrated(ids, hidden).detach()[inner])},
        "lime-text": by_lime,
        "shap-exact": lambda: {"values": numbers(peers.shap_exact(ids, hidden))},
        "shap-kernel": by_kernel,
        "shap-partition": lambda: {"values": numbers(peers.shap_partition(text)[inner])},
    }


def of_inside() -> dict[str, list[dict[str, object]]]:
    """Attention and the logit lens, on a sentence each. A text of gpt-zh begins behind the mark that ends texts."""
    ids = peers.gpt_tokenizer(peers.gpt_tokenizer.eos_token + GPT_TEXT, return_tensors="pt").input_ids[0]
    masked = peers.bert_tokenizer(BERT_TEXT, return_tensors="pt").input_ids[0]
    with torch.no_grad():
        asked = peers.gpt(ids[None]).logits[0, -1].topk(ASKED).indices

    def heads(network, tokenizer, of: Tensor) -> Callable[[], dict[str, object]]:
        tokens = tokenizer.convert_ids_to_tokens(of)
        return lambda: {"values": numbers(peers.bertviz_heads(network, tokens, of).round(7))}

    def depths(lens) -> Callable[[], dict[str, object]]:
        return lambda: {"values": numbers(lens(ids, asked).detach()), "asked": asked.tolist()}

    return {
        "bertviz-gpt": [said(GPT_TEXT, ids, heads(peers.gpt, peers.gpt_tokenizer, ids))],
        "bertviz-bert": [said(BERT_TEXT, masked, heads(peers.bert, peers.bert_tokenizer, masked))],
        "lens": [said(GPT_TEXT, ids, depths(peers.lens_depths))],
        "hidden-states": [said(GPT_TEXT, ids, depths(peers.hidden_states))],
    }


def main() -> None:
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)  # as the engine has one
    found: dict[str, list[dict[str, object]]] = {}
    for text in SENTENCES:
        ids = peers.tokenizer(text, return_tensors="pt").input_ids[0]
        for peer, ask in of_sentence(text).items():
            found.setdefault(peer, []).append(said(text, ids, ask))
            print(peer, text)
    made = {
        "command": "python3 -m training tools",
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in PACKAGES},
    }
    content = {
        "made": made,
        "steps": peers.STEPS,
        "samples": peers.SAMPLES,
        "peers": found | of_inside(),
        "tried": tools_tried.outcomes(SENTENCES[0]),
    }
    path = TRAINING / "tools.json"
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{path.name}: {path.stat().st_size} bytes")
