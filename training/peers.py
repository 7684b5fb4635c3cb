"""What other tools say of the models of this book, each in a few lines: `python3 -m training tools` runs them, the
chapter on tools prints them. Each function stands alone, with what is in `ask` or `look` above it.

Besides what requirements.txt lists: requirements-tools.txt.
"""

import json
import re
from collections.abc import Callable, Sequence

import captum.attr
import numpy as np
import shap
import torch
from bertviz import head_view
from lime.lime_text import LimeTextExplainer
from torch import Tensor
from transformer_lens.model_bridge import TransformerBridge
from transformer_lens.tools.analysis import logit_lens
from transformers import (
    AutoModelForCausalLM,
    AutoModelForMaskedLM,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    PreTrainedModel,
)

from .common.config import MODELS

STEPS = 32  # of integrated gradients
SAMPLES = 60  # of LIME and KernelSHAP

# #region ask
tokenizer = AutoTokenizer.from_pretrained(MODELS / "sentiment-zh")
model = AutoModelForSequenceClassification.from_pretrained(MODELS / "sentiment-zh", dtype=torch.float32).eval()
words = model.get_input_embeddings()


def odds(ids: Tensor) -> Tensor:
    """ln(p / (1 - p)) of "good", [texts] of [texts, tokens]."""
    bad, good = model(ids).logits.unbind(-1)
    return good - bad


def odds_of(texts: Sequence[str]) -> np.ndarray:
    """The same of texts that have equally many tokens."""
    with torch.no_grad():
        return odds(tokenizer([str(text) for text in texts], return_tensors="pt").input_ids).numpy()


def odds_with(ids: Tensor, hidden: Tensor) -> Callable[[np.ndarray], np.ndarray]:
    """The same of one text, of which only some tokens can be read: where a mask, [texts, tokens - 2], is 1."""

    def score(masks: np.ndarray) -> np.ndarray:
        there = torch.tensor(np.pad(masks, ((0, 0), (1, 1)))).bool()
        with torch.no_grad():
            return odds(torch.where(there, ids, hidden)).numpy()

    return score


# #endregion


# #region captum-occlusion
def captum_occlusion(ids: Tensor, hidden: Tensor) -> Tensor:
    method = captum.attr.FeatureAblation(odds)
    return method.attribute(ids[None], baselines=hidden[None])[0]


# #endregion


# #region captum-gradient
def captum_gradient(ids: Tensor) -> Tensor:
    # The ids are whole numbers, which have no slope: the layer behind them has.
    method = captum.attr.LayerGradientXActivation(odds, words)
    return method.attribute(ids[None]).sum(-1)[0]


# #endregion


# #region captum-integrated
def captum_integrated(ids: Tensor, hidden: Tensor) -> Tensor:
    method = captum.attr.LayerIntegratedGradients(odds, words)
    found = method.attribute(ids[None], hidden[None], n_steps=STEPS, method="riemann_middle")
    return found.sum(-1)[0]


# #endregion


# #region lime-text
def lime_text(text: str) -> tuple[dict[int, float], list[str]]:
    asked: list[str] = []

    def both(texts: list[str]) -> np.ndarray:
        asked.extend(texts)
        good = odds_of(texts)
        return np.stack([-good, good], axis=1)

    # Characters, hidden where they stand: by default it looks for spaces, and takes words out.
    explainer = LimeTextExplainer(char_level=True, bow=False, mask_string=tokenizer.mask_token, random_state=1)
    found = explainer.explain_instance(text, both, num_features=len(text), num_samples=SAMPLES)
    return dict(found.local_exp[1]), asked


# #endregion


# #region shap-exact
def shap_exact(ids: Tensor, hidden: Tensor) -> np.ndarray:
    nobody, everyone = np.zeros((1, len(ids) - 2)), np.ones((1, len(ids) - 2))
    explainer = shap.ExactExplainer(odds_with(ids, hidden), shap.maskers.Independent(nobody))
    return explainer(everyone).values[0]


# #endregion


# #region shap-kernel
def shap_kernel(ids: Tensor, hidden: Tensor) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    nobody, everyone = np.zeros((1, len(ids) - 2)), np.ones((1, len(ids) - 2))
    np.random.seed(1)
    explainer = shap.KernelExplainer(odds_with(ids, hidden), nobody)
    values = explainer.shap_values(everyone, nsamples=SAMPLES, l1_reg=False, silent=True)
    asked = explainer.nsamplesAdded
    return values[0], explainer.maskMatrix[:asked], explainer.kernelWeights[:asked]


# #endregion


# #region shap-partition
def shap_partition(text: str) -> np.ndarray:
    # What shap.Explainer takes for texts, where nothing else is said.
    explainer = shap.PartitionExplainer(odds_of, shap.maskers.Text(tokenizer))
    return explainer([text]).values[0]


# #endregion


# #region look
def open_to_look(name: str, kind: type) -> PreTrainedModel:
    # The fast ways to compute attention do not keep its weights.
    return kind.from_pretrained(MODELS / name, dtype=torch.float32, attn_implementation="eager").eval()


gpt, gpt_tokenizer = open_to_look("gpt-zh", AutoModelForCausalLM), AutoTokenizer.from_pretrained(MODELS / "gpt-zh")
bert, bert_tokenizer = open_to_look("bert-zh", AutoModelForMaskedLM), AutoTokenizer.from_pretrained(MODELS / "bert-zh")
# It goes by the names of published models: "gpt2" says how ours is built.
own = open_to_look("gpt-zh", AutoModelForCausalLM)
bridge = TransformerBridge.boot_transformers("gpt2", hf_model=own, tokenizer=gpt_tokenizer, device="cpu")
# #endregion


# #region bertviz
def bertviz_heads(network: PreTrainedModel, tokens: list[str], ids: Tensor) -> np.ndarray:
    with torch.no_grad():
        attentions = network(ids[None], output_attentions=True).attentions
    page = head_view(attentions, tokens, html_action="return").data
    # What it draws stands in the page as JSON.
    drawn = json.loads(re.search(r"const params = (\{.*\});", page)[1])
    return np.array(drawn["attention"][0]["attn"])  # [layers, heads, tokens, tokens]


# #endregion


# #region lens
def lens_depths(ids: Tensor, asked: Tensor) -> Tensor:
    found = logit_lens(bridge, ids[None], vocab=asked, return_type="log_probs")
    return found.values[:, 0]  # [blocks + 1, asked], behind the last token


# #endregion


# #region hidden-states
def hidden_states(ids: Tensor, asked: Tensor) -> Tensor:
    with torch.no_grad():
        *depths, last = gpt(ids[None], output_hidden_states=True).hidden_states
        # The last one has been through the final layer norm already, the others have not.
        states = [gpt.transformer.ln_f(state) for state in depths] + [last]
        return gpt.lm_head(torch.stack(states)[:, 0, -1]).log_softmax(-1)[:, asked]


# #endregion
