"""BERT's architecture (Devlin et al. 2019) in plain PyTorch, for training.

Post-LN blocks, learned positions and segments, exact GELU; on top the masked-LM head, whose output matrix is the word
embedding, and the next-sentence head over the pooled [CLS]. A classifier has one linear layer over the same pooled
[CLS].
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

EPSILON = 1e-12
PAD = 0  # id of [PAD]; attention never looks at it


class BertShape(NamedTuple):
    vocab_size: int
    d_model: int
    n_head: int
    n_layer: int
    n_positions: int
    dropout: float = 0.0


class Layer(nn.Module):
    def __init__(self, shape: BertShape) -> None:
        super().__init__()
        d = shape.d_model
        self.n_head, self.dropout = shape.n_head, shape.dropout
        self.q, self.k, self.v, self.attn_proj = (nn.Linear(d, d) for _ in range(4))
        self.ln_1, self.ln_2 = (nn.LayerNorm(d, eps=EPSILON) for _ in range(2))
        self.fc, self.mlp_proj = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)

    def forward(self, x: Tensor, visible: Tensor) -> Tensor:
        """x [rows, time, d]; visible [rows, 1, 1, time], true where a key may be looked at."""
        rows, time, d = x.shape
        q, k, v = (w(x).view(rows, time, self.n_head, -1).transpose(1, 2) for w in (self.q, self.k, self.v))
        if x.is_cuda:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=visible)
        else:  # written out, as in gpt2.py
            scores = (q @ k.transpose(-1, -2) * (d // self.n_head) ** -0.5).masked_fill(~visible, float("-inf"))
            mixed = scores.softmax(-1).to(v.dtype) @ v
        x = self.ln_1(x + self.drop(self.attn_proj(mixed.transpose(1, 2).reshape(rows, time, d))))
        return self.ln_2(x + self.drop(self.mlp_proj(F.gelu(self.fc(x)))))

    def drop(self, x: Tensor) -> Tensor:
        return F.dropout(x, self.dropout, self.training) if self.dropout else x


class Bert(nn.Module):
    """The encoder with its pooler; `heads` adds masked-LM and next-sentence heads, `classes` a classifier."""

    def __init__(self, shape: BertShape, classes: int = 0) -> None:
        super().__init__()
        self.shape, d = shape, shape.d_model
        self.words = nn.Embedding(shape.vocab_size, d)
        self.positions = nn.Embedding(shape.n_positions, d)
        self.segments = nn.Embedding(2, d)
        self.ln_embed = nn.LayerNorm(d, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.n_layer))
        self.pooler = nn.Linear(d, d)
        if classes:
            self.classifier = nn.Linear(d, classes)
        else:
            self.transform, self.ln_transform = nn.Linear(d, d), nn.LayerNorm(d, eps=EPSILON)
            self.bias = nn.Parameter(torch.zeros(shape.vocab_size))
            self.next_sentence = nn.Linear(d, 2)
        for name, weight in self.named_parameters():
            if weight.ndim == 2:
                nn.init.normal_(weight, std=0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(weight)

    def hidden(self, ids: Tensor, segments: Tensor) -> Tensor:
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.segments(segments)
        x = self.ln_embed(x)
        visible = (ids != PAD)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, visible)
        return x

    def pooled(self, hidden: Tensor) -> Tensor:
        pooled = torch.tanh(self.pooler(hidden[:, 0]))
        return F.dropout(pooled, self.shape.dropout, self.training) if self.shape.dropout else pooled

    def words_at(self, hidden: Tensor, places: Tensor) -> Tensor:
        """Logits [places, vocabulary] of the masked-LM head at places of the flattened [rows · time, d]."""
        x = self.ln_transform(F.gelu(self.transform(hidden.flatten(0, 1)[places])))
        return F.linear(x, self.words.weight, self.bias)

    def pretraining_loss(
        self, ids: Tensor, segments: Tensor, places: Tensor, targets: Tensor, weights: Tensor, following: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Sums of the masked-LM cross-entropy at `places`, times `weights`, and of the next-sentence cross-entropy.

        `following`: 0 if the second sentence follows the first, 1 if it does not, -1 if there is none.
        """
        hidden = self.hidden(ids, segments)
        words = F.cross_entropy(self.words_at(hidden, places).float(), targets, reduction="none")
        pairs = self.next_sentence(self.pooled(hidden)).float()
        return (words * weights).sum(), F.cross_entropy(pairs, following, ignore_index=-1, reduction="sum")

    def classes_of(self, ids: Tensor) -> Tensor:
        """Logits [rows, classes] of single texts."""
        return self.classifier(self.pooled(self.hidden(ids, torch.zeros_like(ids))))

    def hidden_matrices(self) -> list[nn.Parameter]:
        """The matrices inside the layers: what Muon is for."""
        return [weight for weight in self.layers.parameters() if weight.ndim == 2]


def hf_tensors(model: Bert) -> dict[str, Tensor]:
    """The weights under the names of transformers' BertForPreTraining or BertForSequenceClassification."""
    modules: dict[str, nn.Module] = {
        "bert.embeddings.word_embeddings": model.words,
        "bert.embeddings.position_embeddings": model.positions,
        "bert.embeddings.token_type_embeddings": model.segments,
        "bert.embeddings.LayerNorm": model.ln_embed,
        "bert.pooler.dense": model.pooler,
    }
    for i, layer in enumerate(model.layers):
        names = {
            "attention.self.query": layer.q,
            "attention.self.key": layer.k,
            "attention.self.value": layer.v,
            "attention.output.dense": layer.attn_proj,
            "attention.output.LayerNorm": layer.ln_1,
            "intermediate.dense": layer.fc,
            "output.dense": layer.mlp_proj,
            "output.LayerNorm": layer.ln_2,
        }
        modules |= {f"bert.encoder.layer.{i}.{name}": module for name, module in names.items()}
    out = {}
    if hasattr(model, "classifier"):
        modules["classifier"] = model.classifier
    else:
        modules |= {
            "cls.predictions.transform.dense": model.transform,
            "cls.predictions.transform.LayerNorm": model.ln_transform,
            "cls.seq_relationship": model.next_sentence,
        }
        out["cls.predictions.bias"] = model.bias
    for name, module in modules.items():
        out |= {f"{name}.{part}": tensor for part, tensor in module.named_parameters()}
    return {name: tensor.detach().contiguous() for name, tensor in out.items()}
