"""Muon for the matrices inside the blocks, AdamW for the rest.

Muon (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/) takes the momentum of a matrix's
gradient and replaces it by the nearest orthogonal matrix, found with five Newton-Schulz steps. Embeddings,
norms and biases are no such maps; they get AdamW (Loshchilov & Hutter 2019).
"""

import torch
from torch import nn


class MuonAdamW:
    def __init__(
        self,
        matrices: list[nn.Parameter],
        others: list[nn.Parameter],
        lr_muon: float,
        lr_adam: float,
        weight_decay: float,
    ) -> None:
        self.base = (lr_muon, lr_adam)
        self.muon = torch.optim.Muon(matrices, lr=lr_muon, weight_decay=weight_decay, momentum=0.95)
        self.adam = torch.optim.AdamW(others, lr=lr_adam, betas=(0.9, 0.95), weight_decay=weight_decay, fused=True)

    def step(self, lr_factor: float) -> None:
        for optimizer, lr in zip((self.muon, self.adam), self.base, strict=True):
            optimizer.param_groups[0]["lr"] = lr * lr_factor
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

    def state_dict(self) -> dict:
        return {"muon": self.muon.state_dict(), "adam": self.adam.state_dict()}

    def load_state_dict(self, state: dict) -> None:
        self.muon.load_state_dict(state["muon"])
        self.adam.load_state_dict(state["adam"])
