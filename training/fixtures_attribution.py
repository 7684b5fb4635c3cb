"""attribution.json: what captum, shap and lime say of three short texts. python3 -m training.fixtures_attribution
(captum, shap and lime besides what requirements.txt lists; versions in `made`).

The classifier is that of fixtures_bert.py, so its weights are in testdata/training/bert-classifier. Of each text all
tokens but the first and the last are explained; a hidden one is token HIDDEN. All in f64. What explain.py, which the
pages print, says of them is held against captum on the way.
"""

import json
from importlib.metadata import version
from itertools import product

import captum.attr
import numpy as np
import shap
import torch
from lime.lime_base import LimeBase
from scipy.stats import kendalltau, spearmanr
from torch import Tensor
from transformers import BertForSequenceClassification

from .explain import embedding_contribution, integrated_gradients, log_odds, word_importance
from .fixtures_bert import HIDDEN, STEPS, bert_config
from .fixtures_common import TESTDATA, random_ids, randomize

LENGTHS = (5, 8, 10)  # with the tokens at both ends
SAMPLES = 60  # of LIME and KernelSHAP; too few for all coalitions of the longest text
KERNEL_WIDTH = 25
RANKED = [3, 1, 4, 1, 5, 9, 2, 6], [2, 7, 1, 8, 2, 8, 1, 8]  # with ties on both sides


def classifier() -> BertForSequenceClassification:
    config = bert_config(hidden_act="gelu_new", num_labels=3)
    return randomize(BertForSequenceClassification(config), 3).eval()


def explained(model: BertForSequenceClassification, seed: int, length: int, chosen: int) -> dict[str, object]:
    generator = torch.Generator().manual_seed(seed)
    ids = torch.tensor(random_ids(generator, length, model.config.vocab_size))
    players = length - 2

    def score(masks: np.ndarray) -> np.ndarray:
        """The log-odds of texts in which only some players can be read, [rows, players]."""
        texts = ids.repeat(len(masks), 1)
        texts[:, 1:-1][torch.tensor(masks) == 0] = HIDDEN
        with torch.no_grad():
            logits = model(texts).logits
        return log_odds(logits, chosen).numpy()

    # The first player is the lowest bit, as in `everyCoalition`.
    every = np.array([bits[::-1] for bits in product((0, 1), repeat=players)])
    return {
        "ids": ids.tolist(),
        "chosen": chosen,
        "scores": score(every).tolist(),
        **by_captum(model, ids, chosen, score),
        **by_shap(score, players),
        **by_lime(score, players, seed),
    }


def by_captum(model, ids: Tensor, chosen: int, score) -> dict[str, object]:
    """Gradients by the word embeddings, and occlusion and Shapley values of the players."""
    words = model.bert.embeddings.word_embeddings.weight.detach()
    hidden = ids.clone()
    hidden[1:-1] = HIDDEN

    def odds(points: Tensor) -> Tensor:
        return log_odds(model(inputs_embeds=points).logits, chosen)

    def present(masks: Tensor) -> Tensor:
        return torch.tensor(score(masks.numpy()))

    text, baseline = words[ids][None], words[hidden][None]
    everyone = torch.ones(1, len(ids) - 2)
    integrated = captum.attr.IntegratedGradients(odds).attribute(text, baseline, n_steps=STEPS, method="riemann_middle")
    gradient = captum.attr.InputXGradient(odds).attribute(text.clone().requires_grad_())
    found = {
        "integratedGradients": integrated.sum(-1)[0].detach()[1:-1],
        "gradientTimesInput": gradient.sum(-1)[0].detach()[1:-1],
        "occlusion": captum.attr.FeatureAblation(present).attribute(everyone)[0],
    }
    # What the pages print as Python is the same.
    own = (
        integrated_gradients(model, ids, chosen, hidden, STEPS),
        embedding_contribution(model, ids, chosen),
        word_importance(model, ids, chosen, HIDDEN),
    )
    for expected, values in zip(found.values(), own, strict=True):
        torch.testing.assert_close(values[1:-1].double(), expected.double(), rtol=1e-4, atol=1e-5)
    return {name: values.tolist() for name, values in found.items()}


def by_shap(score, players: int) -> dict[str, object]:
    """Exact values, and KernelSHAP over a sample, with all that it has asked about."""
    nobody, everyone = np.zeros((1, players)), np.ones((1, players))
    exact = shap.ExactExplainer(score, shap.maskers.Independent(nobody))(everyone)
    np.random.seed(1)
    kernel = shap.KernelExplainer(score, nobody)
    values = kernel.shap_values(everyone, nsamples=SAMPLES, l1_reg=False, silent=True)
    asked = kernel.nsamplesAdded
    return {
        "shapley": exact.values[0].tolist(),
        "kernel": {
            "masks": kernel.maskMatrix[:asked].astype(int).tolist(),
            "weights": kernel.kernelWeights[:asked].tolist(),
            "values": values[0].tolist(),
        },
    }


def by_lime(score, players: int, seed: int) -> dict[str, object]:
    """The local model that LIME fits to texts drawn as its LimeTextExplainer draws them."""
    random = np.random.RandomState(seed)
    masks = np.ones((SAMPLES, players))
    for row in masks[1:]:
        row[random.choice(players, random.randint(1, players + 1), replace=False)] = 0
    near = masks.sum(1) / np.sqrt(masks.sum(1) * players + 1e-300)
    distances = 100 * (1 - near)
    base = LimeBase(lambda distance: np.sqrt(np.exp(-(distance**2) / KERNEL_WIDTH**2)), random_state=random)
    scores = score(masks)
    intercept, weights, fit, _ = base.explain_instance_with_data(
        masks, scores[:, None], distances, 0, players, feature_selection="none"
    )
    values = np.zeros(players)
    for player, weight in weights:
        values[player] = weight
    return {
        "lime": {
            "masks": masks.astype(int).tolist(),
            "values": values.tolist(),
            "intercept": float(np.ravel(intercept)[0]),
            "fit": float(fit),
        }
    }


def main() -> None:
    model = classifier()
    texts = [explained(model, 20 + i, length, i) for i, length in enumerate(LENGTHS)]
    made = {name: version(name) for name in ("captum", "shap", "lime", "torch", "transformers")}
    ranks = {
        "x": RANKED[0],
        "y": RANKED[1],
        "kendall": float(kendalltau(*RANKED)[0]),
        "spearman": float(spearmanr(*RANKED)[0]),
    }
    text = json.dumps({"made": made, "hidden": HIDDEN, "steps": STEPS, "texts": texts, "ranks": ranks})
    path = TESTDATA / "attribution.json"
    path.write_text(text + "\n")
    print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
