"""How much each token of a text counts for what sentiment-zh says of it, in three ways.

python3 -m training.explain 房间很干净，可是早餐很难吃
"""

import sys

import torch
from torch import Tensor
from transformers import AutoModelForSequenceClassification, AutoTokenizer, PreTrainedModel

from .common.config import ROOT


# #region log-odds
def log_odds(logits: Tensor, chosen: int) -> Tensor:
    """ln(p / (1 - p)) of a class, [rows] of [rows, classes]."""
    others = [i for i in range(logits.shape[-1]) if i != chosen]
    return logits[..., chosen] - logits[..., others].logsumexp(-1)


# #endregion


# #region word-importance
@torch.no_grad()
def word_importance(model: PreTrainedModel, ids: Tensor, chosen: int, hidden: int) -> Tensor:
    """Occlusion: what the log-odds lose where one token is hidden, [tokens]."""
    without = ids.repeat(len(ids), 1).fill_diagonal_(hidden)
    odds = log_odds(model(torch.cat([ids[None], without])).logits, chosen)
    return odds[0] - odds[1:]


# #endregion


# #region embedding-contribution
def embedding_contribution(model: PreTrainedModel, ids: Tensor, chosen: int) -> Tensor:
    """Gradient × input: the slope of the log-odds by each embedding, times the embedding, [tokens]."""
    words = model.get_input_embeddings()(ids).detach().requires_grad_()
    odds = log_odds(model(inputs_embeds=words[None]).logits[0], chosen)
    (slope,) = torch.autograd.grad(odds, words)
    return (slope * words).sum(-1).detach()


# #endregion


# #region integrated-gradients
def integrated_gradients(model: PreTrainedModel, ids: Tensor, chosen: int, baseline: Tensor, steps: int) -> Tensor:
    """The same slope, averaged over the way from a baseline's embeddings, times that way, [tokens]."""
    embeddings = model.get_input_embeddings()
    start, way = embeddings(baseline).detach(), (embeddings(ids) - embeddings(baseline)).detach()
    shares = (torch.arange(steps, dtype=way.dtype) + 0.5) / steps
    points = (start + shares[:, None, None] * way).requires_grad_()
    odds = log_odds(model(inputs_embeds=points).logits, chosen)
    (slopes,) = torch.autograd.grad(odds.sum(), points)
    return (slopes.mean(0) * way).sum(-1)


# #endregion


def main() -> None:
    folder = ROOT / "public" / "models" / "sentiment-zh"
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.float32).eval()
    ids = tokenizer(sys.argv[1], return_tensors="pt").input_ids[0]
    good, hidden = model.config.label2id["good"], tokenizer.mask_token_id
    baseline = ids.clone()
    baseline[1:-1] = hidden
    columns = (
        word_importance(model, ids, good, hidden),
        embedding_contribution(model, ids, good),
        integrated_gradients(model, ids, good, baseline, 64),
    )
    for token, *values in zip(tokenizer.convert_ids_to_tokens(ids), *columns, strict=True):
        print(token, *(f"{value:8.3f}" for value in values))


if __name__ == "__main__":
    main()
