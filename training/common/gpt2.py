"""GPT-2's architecture (Radford et al. 2019) in plain PyTorch, for training.

Pre-LN blocks, learned positions, tanh-approximated GELU, biases everywhere, input and output embedding
tied. Query, key and value are three matrices here, because Muon treats a matrix as one map; `hf_tensors`
joins them.
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class GPT2Shape(NamedTuple):
    vocab_size: int
    d_model: int
    n_head: int
    n_layer: int
    n_positions: int
    dropout: float = 0.0


class Block(nn.Module):
    def __init__(self, shape: GPT2Shape) -> None:
        super().__init__()
        d = shape.d_model
        self.n_head, self.dropout = shape.n_head, shape.dropout
        self.ln_1, self.ln_2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.q, self.k, self.v, self.attn_proj = (nn.Linear(d, d) for _ in range(4))
        self.fc, self.mlp_proj = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)

    def forward(self, x: Tensor) -> Tensor:
        batch, time, d = x.shape
        h = self.ln_1(x)
        q, k, v = (w(h).view(batch, time, self.n_head, -1).transpose(1, 2) for w in (self.q, self.k, self.v))
        if x.is_cuda:
            mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:  # Written out: on a CPU and for 20 to 80 positions the fused kernel takes three times as long.
            future = torch.ones(time, time, dtype=torch.bool, device=x.device).triu(1)
            scores = (q @ k.transpose(-1, -2) * (d // self.n_head) ** -0.5).masked_fill(future, float("-inf"))
            mixed = scores.softmax(-1).to(v.dtype) @ v
        x = x + self.drop(self.attn_proj(mixed.transpose(1, 2).reshape(batch, time, d)))
        return x + self.drop(self.mlp_proj(F.gelu(self.fc(self.ln_2(x)), approximate="tanh")))

    def drop(self, x: Tensor) -> Tensor:
        return F.dropout(x, self.dropout, self.training) if self.dropout else x


class GPT2(nn.Module):
    def __init__(self, shape: GPT2Shape) -> None:
        super().__init__()
        self.shape = shape
        self.wte = nn.Embedding(shape.vocab_size, shape.d_model)
        self.wpe = nn.Embedding(shape.n_positions, shape.d_model)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.n_layer))
        self.ln_f = nn.LayerNorm(shape.d_model)
        for name, weight in self.named_parameters():
            if weight.ndim == 2:
                residual = 2 * shape.n_layer if name.endswith("proj.weight") else 1
                nn.init.normal_(weight, std=0.02 / residual**0.5)
            elif name.endswith("bias"):
                nn.init.zeros_(weight)

    def hidden(self, ids: Tensor) -> Tensor:
        x = self.wte(ids) + self.wpe.weight[: ids.shape[1]]
        for block in self.blocks:
            x = block(x)
        return self.ln_f(x)

    def forward(self, ids: Tensor) -> Tensor:
        return F.linear(self.hidden(ids), self.wte.weight)

    # #region full-loss
    def full_loss(self, ids: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
        """The weighted sum of cross-entropies over the whole vocabulary."""
        logits = self(ids).flatten(0, 1).float()
        return (F.cross_entropy(logits, targets.flatten(), reduction="none") * weights.flatten()).sum()

    # #endregion
    def loss(self, ids: Tensor, targets: Tensor, weights: Tensor, among: Tensor, shift: Tensor) -> Tensor:
        """The weighted sum of cross-entropies among the tokens `among`, their logits lowered by `shift`."""
        logits = F.linear(self.hidden(ids), self.wte.weight[among]).flatten(0, 1).float() - shift
        return (F.cross_entropy(logits, targets.flatten(), reduction="none") * weights.flatten()).sum()

    def hidden_matrices(self) -> list[nn.Parameter]:
        """The matrices inside the blocks: what Muon is for."""
        return [weight for weight in self.blocks.parameters() if weight.ndim == 2]

    def other_parameters(self) -> list[nn.Parameter]:
        matrices = {id(weight) for weight in self.hidden_matrices()}
        return [weight for weight in self.parameters() if id(weight) not in matrices]


def hf_tensors(model: GPT2) -> dict[str, Tensor]:
    """The weights under the names and in the layout of transformers' GPT2LMHeadModel (Conv1D: [in, out])."""
    out = {
        "transformer.wte.weight": model.wte.weight,
        "transformer.wpe.weight": model.wpe.weight,
        "transformer.ln_f.weight": model.ln_f.weight,
        "transformer.ln_f.bias": model.ln_f.bias,
    }
    for i, block in enumerate(model.blocks):
        qkv = (block.q, block.k, block.v)
        linears = {
            "attn.c_attn": (torch.cat([w.weight for w in qkv]), torch.cat([w.bias for w in qkv])),
            "attn.c_proj": (block.attn_proj.weight, block.attn_proj.bias),
            "mlp.c_fc": (block.fc.weight, block.fc.bias),
            "mlp.c_proj": (block.mlp_proj.weight, block.mlp_proj.bias),
        }
        for name, (weight, bias) in linears.items():
            out[f"transformer.h.{i}.{name}.weight"] = weight.T
            out[f"transformer.h.{i}.{name}.bias"] = bias
        for name, norm in (("ln_1", block.ln_1), ("ln_2", block.ln_2)):
            out[f"transformer.h.{i}.{name}.weight"] = norm.weight
            out[f"transformer.h.{i}.{name}.bias"] = norm.bias
    return {name: tensor.detach().contiguous() for name, tensor in out.items()}
