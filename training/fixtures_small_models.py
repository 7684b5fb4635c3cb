"""Training runs of models without attention: the two networks of PPO under its whole loss, and skip-gram."""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .fixtures_common import Batch, write_training_run


class PolicyAndValue(nn.Module):
    def __init__(self, observation: int, actions: int, width: int) -> None:
        super().__init__()

        def layers(outputs: int) -> nn.ModuleList:
            sizes = (observation, width, width, outputs)
            return nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:], strict=False))

        self.policy, self.value = layers(actions), layers(1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        logits = self.policy[2](self.policy[1](self.policy[0](x).tanh()).tanh())
        values = self.value[2](self.value[1](self.value[0](x).tanh()).tanh())
        return logits, values[:, 0]


def ppo_loss(model: nn.Module, batch: Batch, config: dict[str, Any]) -> Tensor:
    """The clipped loss of Schulman et al. 2017, as Stable-Baselines3 writes it."""
    given = {key: torch.tensor(value, dtype=torch.float64) for key, value in batch.items()}
    logits, values = model(given["observations"].view(-1, config["observationSize"]))
    policy = torch.distributions.Categorical(logits=logits)
    ratios = (policy.log_prob(given["actions"]) - given["logProbs"]).exp()
    low, high = 1 - config["clipRange"], 1 + config["clipRange"]
    gain = torch.min(ratios * given["advantages"], ratios.clamp(low, high) * given["advantages"]).mean()
    value_loss = F.mse_loss(values, given["returns"])
    entropy = policy.entropy().mean()
    return -gain + config["valueCoefficient"] * value_loss - config["entropyCoefficient"] * entropy


def policy_run() -> None:
    shape = {"observationSize": 4, "actions": 3, "width": 8}
    config = shape | {"clipRange": 0.2, "valueCoefficient": 0.5, "entropyCoefficient": 0.01}
    model = PolicyAndValue(*shape.values())

    def batch() -> Batch:
        observations, actions = torch.randn(16, 4), torch.randint(3, (16,))
        with torch.no_grad():
            log_probs = model.float()(observations.float())[0].log_softmax(-1)[range(16), actions]
        # The policy that acted was another one: about half of the ratios are outside of the clip range.
        tensors = {
            "observations": observations.flatten(),
            "logProbs": log_probs + 0.3 * torch.randn(16),
            "advantages": torch.randn(16),
            "returns": 2 * torch.randn(16),
        }
        return {key: [round(x, 4) for x in values.tolist()] for key, values in tensors.items()} | {
            "actions": actions.tolist()
        }

    write_training_run(
        "policy", model, [batch() for _ in range(3)], lambda m, b: ppo_loss(m, b, config), config
    )


class SkipGram(nn.Module):
    def __init__(self, words: int, width: int) -> None:
        super().__init__()
        self.centers, self.contexts = (nn.Parameter(0.5 * torch.randn(words, width)) for _ in range(2))


def skip_gram_loss(model: nn.Module, batch: Batch) -> Tensor:
    """Equation 4 of Mikolov et al. 2013, the mean over the pairs."""
    centers = model.centers[batch["centers"]]
    positive = (centers * model.contexts[batch["contexts"]]).sum(-1)
    drawn = model.contexts[batch["negatives"]].view(len(centers), -1, centers.shape[1])
    negative = (centers[:, None] * drawn).sum(-1)
    return -(F.logsigmoid(positive) + F.logsigmoid(-negative).sum(-1)).mean()


def skip_gram_run() -> None:
    config = {"vocabularySize": 11, "width": 6}
    sizes = {"centers": 8, "contexts": 8, "negatives": 24}
    batches = [{key: torch.randint(11, (n,)).tolist() for key, n in sizes.items()} for _ in range(3)]
    write_training_run("skip-gram", SkipGram(*config.values()), batches, skip_gram_loss, config)


def write() -> None:
    torch.manual_seed(2)
    policy_run()
    skip_gram_run()
