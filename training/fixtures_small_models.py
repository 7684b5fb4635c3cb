"""Training runs of models without attention: the two networks of PPO under its whole loss, and skip-gram. And one
whole update of PPO, from rewards to weights: ppo-update.json."""

import copy
import json
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .fixtures_common import TESTDATA, Batch, write_training_run


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


Losses = dict[str, Tensor]


def ppo_losses(model: nn.Module, batch: Batch, config: dict[str, Any]) -> Losses:
    """The clipped loss of Schulman et al. 2017, as Stable-Baselines3 writes it, and what it is made of."""
    given = {key: torch.as_tensor(value, dtype=torch.float64) for key, value in batch.items()}
    logits, values = model(given["observations"].view(-1, config["observationSize"]))
    policy = torch.distributions.Categorical(logits=logits)
    ratios = (policy.log_prob(given["actions"]) - given["logProbs"]).exp()
    low, high = 1 - config["clipRange"], 1 + config["clipRange"]
    gain = torch.min(ratios * given["advantages"], ratios.clamp(low, high) * given["advantages"]).mean()
    errors = (values - given["returns"]) ** 2
    if "valueClipRange" in config:
        reach = config["valueClipRange"]
        held = given["values"] + (values - given["values"]).clamp(-reach, reach)
        errors = torch.max(errors, (held - given["returns"]) ** 2)
    value_loss = errors.mean()
    entropy = policy.entropy().mean()
    loss = -gain + config["valueCoefficient"] * value_loss - config["entropyCoefficient"] * entropy
    return {"loss": loss, "policyLoss": -gain, "valueLoss": value_loss, "entropy": entropy, "ratios": ratios}


def advantages_by_sum(record: Batch, config: dict[str, Any]) -> Tensor:
    """Schulman et al. 2016, equation 16: the sum over the rest of the episode, each δ by (γλ) to the power of its
    distance; ours goes backwards instead and needs no second loop."""
    gamma, decay, sequences = config["discount"], config["discount"] * config["lambda"], config["sequences"]
    deltas = [
        reward + gamma * after - value
        for reward, value, after in zip(record["rewards"], record["values"], record["nextValues"], strict=True)
    ]
    advantages = []
    for step in range(len(deltas)):
        total, weight = 0.0, 1.0
        for later in range(step, len(deltas), sequences):
            total += weight * deltas[later]
            weight *= decay
            if record["ends"][later]:
                break
        advantages.append(total)
    return torch.tensor(advantages, dtype=torch.float64)


def update_run(model: nn.Module, batch: Batch, shape: dict[str, int]) -> None:
    """PPO's epochs over two sequences of eight steps, all of them in one minibatch, as CartPole is trained but with a
    clipped value. It starts from the weights, the observations and the actions of the policy's run."""
    config = shape | {
        "sequences": 2,
        "discount": 0.9,
        "lambda": 0.8,
        "epochs": 3,
        "learningRate": 1e-2,
        "maxNorm": 0.5,
        "epsilon": 1e-5,
        "clipRange": 0.2,
        "valueClipRange": 0.3,
        "valueCoefficient": 0.5,
        "entropyCoefficient": 0.01,
    }
    generator = torch.Generator().manual_seed(3)

    def numbers() -> list[float]:
        return [round(x, 4) for x in torch.randn(16, generator=generator).tolist()]

    # The first sequence (even numbers) falls after its third step; the clock stops the second after its fifth.
    terminal, stopped = 2 * 2, 2 * 4 + 1
    rewards, values, after = numbers(), numbers(), numbers()
    for i in range(14):
        if i != stopped:
            after[i] = values[i + 2]
    after[terminal] = 0.0
    ends = [int(i in (terminal, stopped)) for i in range(16)]
    record = {"rewards": rewards, "values": values, "nextValues": after, "ends": ends}
    record |= {key: batch[key] for key in ("observations", "actions", "logProbs")}
    advantages = advantages_by_sum(record, config)
    # The deviation divides by N as ours does; torch.std, and so Stable-Baselines3, by N - 1.
    normalized = (advantages - advantages.mean()) / (advantages.std(correction=0) + 1e-8)
    targets = record | {"advantages": normalized, "returns": advantages + torch.tensor(values).double()}

    model = copy.deepcopy(model).float().double()
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=config["learningRate"], eps=config["epsilon"], weight_decay=0.0
    )
    epochs = []
    for _ in range(config["epochs"]):
        optimizer.zero_grad()
        measured = ppo_losses(model, targets, config)
        measured["loss"].backward()
        norm = nn.utils.clip_grad_norm_(model.parameters(), config["maxNorm"])
        optimizer.step()
        ratios = measured.pop("ratios").detach()
        epoch = {key: value.item() for key, value in measured.items() if key != "loss"}
        outside = ((ratios - 1).abs() > config["clipRange"]).double().mean().item()
        epoch |= {"kl": (ratios - 1 - ratios.log()).mean().item(), "clipFraction": outside}
        epochs.append(epoch | {"gradientNorm": norm.item()})
    expected = {"advantages": advantages.tolist(), "normalized": normalized.tolist(), "epochs": epochs}
    text = json.dumps({"config": config, "record": record, "expected": expected}, separators=(",", ":"))
    (TESTDATA / "ppo-update.json").write_text(text + "\n")


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

    batches = [batch() for _ in range(3)]
    update_run(model, batches[0], shape)
    write_training_run("policy", model, batches, lambda m, b: ppo_losses(m, b, config)["loss"], config)


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
