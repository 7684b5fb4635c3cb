"""What becomes of tools that are used as they come, or for what they were not made: tried, and told in a line each."""

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

import captum.attr
import numpy as np
import torch
from lime.lime_text import LimeTextExplainer
from torch import Tensor, nn
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification

from . import peers
from .common.config import MODELS

LONGEST = 110  # characters of an error that are kept


class Odds(nn.Module):
    """DeepLIFT wants a module: it puts rules of its own in the place of what it knows inside."""

    def __init__(self) -> None:
        super().__init__()
        self.model = peers.model

    def forward(self, ids: Tensor) -> Tensor:
        bad, good = self.model(ids).logits.unbind(-1)
        return good - bad


def both(texts: list[str]) -> np.ndarray:
    """Probabilities of both classes, of texts however long: as tools want them."""
    rows = []
    for text in texts:
        good = 1 / (1 + np.exp(-peers.odds_of([text])[0]))
        rows.append([1 - good, good])
    return np.array(rows)


def lime_by_spaces(text: str) -> str:
    found = LimeTextExplainer(random_state=1).explain_instance(text, both, num_samples=peers.SAMPLES)
    return f"把 {len(text)} 个字的一句话当成 {len(found.local_exp[1])} 个词"


def deep_lift(text: str) -> str:
    ids = peers.tokenizer(text, return_tensors="pt").input_ids
    hidden = ids.clone()
    hidden[:, 1:-1] = peers.tokenizer.mask_token_id
    wrapped = Odds()
    found = captum.attr.LayerDeepLift(wrapped, peers.words).attribute(ids, hidden).sum().item()
    with torch.no_grad():
        wanted = (wrapped(ids) - wrapped(hidden)).item()
    return f"该分的差是 {wanted:.2f}，各个字加起来是 {found:.2f}"


def heads_by_default(_: str) -> str:
    from bertviz import head_view

    gpt = AutoModelForCausalLM.from_pretrained(MODELS / "gpt-zh").eval()
    ids = peers.gpt_tokenizer("北京是中国的", return_tensors="pt").input_ids
    attentions = gpt(ids, output_attentions=True).attentions
    head_view(attentions, peers.gpt_tokenizer.convert_ids_to_tokens(ids[0]), html_action="return")
    return "可以"


def eli5_by_characters(text: str) -> str:
    from eli5.lime import TextExplainer

    explainer = TextExplainer(n_samples=500, char_based=True, random_state=1)
    explainer.fit(text, both)
    return f"局部模型和 sentiment-zh 的平均 KL 散度是 {explainer.metrics_['mean_KL_divergence']:.2f}"


def inseq_on_gpt(_: str) -> str:
    import inseq

    opened = inseq.load_model(str(MODELS / "gpt-zh"), "input_x_gradient")
    found = opened.attribute(
        "北京是中国的", generation_args={"max_new_tokens": 4}, show_progress=False, pretty_progress=False
    )
    return f"续写 {len(found[0].target) - len(found[0].source)} 个字，每个字一行归因"


def bridge_of_classifier(text: str) -> str:
    from transformer_lens.model_bridge import TransformerBridge

    # It changes what it opens.
    own = AutoModelForSequenceClassification.from_pretrained(MODELS / "sentiment-zh", dtype=torch.float32).eval()
    bridge = TransformerBridge.boot_transformers(
        "bert-base-chinese", hf_model=own, tokenizer=peers.tokenizer, device="cpu"
    )
    ids = peers.tokenizer(text, return_tensors="pt").input_ids
    _, cache = bridge.run_with_cache(ids)
    return f"读出 {len(cache)} 个中间量"


# tool, what was tried, how
TRIES: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("lime", "LimeTextExplainer，什么也不设", lime_by_spaces),
    ("captum", "LayerDeepLift，基线是 [MASK]", deep_lift),
    ("bertviz", "head_view，模型照默认的方式打开", heads_by_default),
    ("transformer-lens", "TransformerBridge，打开 sentiment-zh", bridge_of_classifier),
    ("inseq", "input_x_gradient，打开 gpt-zh 续写", inseq_on_gpt),
    ("eli5", "TextExplainer，一个字一个字地删", eli5_by_characters),
)


def outcomes(text: str) -> list[dict[str, str]]:
    found = []
    for tool, tried, attempt in TRIES:
        try:
            came = attempt(text)
        except Exception as error:
            # The first line says what is wrong.
            came = f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"[:LONGEST]
        try:
            found.append({"tool": tool, "version": version(tool), "tried": tried, "came": came})
        except PackageNotFoundError:
            print(f"{tool} is not installed, and was not tried")
    return found
