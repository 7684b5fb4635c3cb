"""A training run of a tiny GPT-2 under PPO's loss over tokens: python3 -m training.fixtures_rlhf

training/gpt2-actor-critic.*  (fixtures_common): trained are the upper of two blocks, the last layer norm and a
                              value head
"""

from typing import Any

import torch
from torch import Tensor, nn

from .fixtures_common import Batch, write_training_run
from .fixtures_gpt2 import SHAPE, random_model

# Tokens of each text that were given, and of the whole text.
PROMPTS, LENGTHS = (2, 3, 2), (9, 5, 7)
CONFIG: dict[str, Any] = {
    "prompts": PROMPTS,
    "lengths": LENGTHS,
    "temperature": 0.7,
    "clipRange": 0.2,
    "valueClipRange": 0.3,
    "valueCoefficient": 0.5,
    "entropyCoefficient": 0.01,
}
STEPS = [(row, t) for row in range(len(PROMPTS)) for t in range(PROMPTS[row], LENGTHS[row])]


class ActorCritic(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.actor = random_model()
        self.value_head = nn.Linear(SHAPE["n_embd"], 1)
        for name, weight in self.named_parameters():
            trained = ("value_head.", "actor.transformer.h.1.", "actor.transformer.ln_f.")
            weight.requires_grad_(name.startswith(trained))

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """For every step the logits that its token was drawn from, and the value, which does not train the blocks."""
        rows, places = (torch.tensor(part) for part in zip(*STEPS, strict=True))
        hidden = self.actor.transformer(ids).last_hidden_state[rows, places - 1]
        return self.actor.lm_head(hidden) / CONFIG["temperature"], self.value_head(hidden.detach())[:, 0]


def ppo_loss(model: nn.Module, batch: Batch) -> Tensor:
    """As in OpenAI's lm-human-preferences: clipped ratios, clipped values, an entropy bonus; means over all tokens."""
    ids = torch.tensor(batch["ids"]).view(len(LENGTHS), -1)
    given = {key: torch.tensor(values, dtype=torch.float64) for key, values in batch.items() if key != "ids"}
    logits, values = model(ids)
    tokens = torch.tensor([ids[row, t] for row, t in STEPS])
    policy = torch.distributions.Categorical(logits=logits)
    ratios = (policy.log_prob(tokens) - given["logProbs"]).exp()
    clip, reach = CONFIG["clipRange"], CONFIG["valueClipRange"]
    policy_loss = torch.max(
        -ratios * given["advantages"], -ratios.clamp(1 - clip, 1 + clip) * given["advantages"]
    ).mean()
    held = torch.clamp(values, given["values"] - reach, given["values"] + reach)
    value_loss = torch.max((values - given["returns"]) ** 2, (held - given["returns"]) ** 2).mean()
    entropy = policy.entropy().mean()
    return policy_loss + CONFIG["valueCoefficient"] * value_loss - CONFIG["entropyCoefficient"] * entropy


def batch_of(model: ActorCritic) -> Batch:
    ids = torch.randint(1, SHAPE["vocab_size"], (len(LENGTHS), max(LENGTHS)))
    for row, length in enumerate(LENGTHS):
        ids[row, length:] = 0
    with torch.no_grad():
        logits, values = model(ids)
    tokens = torch.tensor([ids[row, t] for row, t in STEPS])
    log_probs = logits.log_softmax(-1)[range(len(STEPS)), tokens]
    n = len(STEPS)
    # The policy that wrote was another one, and so was the value: about half of them are outside of their ranges.
    numbers = {
        "logProbs": log_probs + 0.3 * torch.randn(n),
        "advantages": torch.randn(n),
        "returns": 2 * torch.randn(n),
        "values": values + 0.4 * torch.randn(n),
    }
    return {"ids": ids.flatten().tolist()} | {key: [round(x, 4) for x in one.tolist()] for key, one in numbers.items()}


def main() -> None:
    model = ActorCritic()
    torch.manual_seed(11)
    nn.init.normal_(model.value_head.weight, std=0.3)
    model = model.double()
    write_training_run(
        "gpt2-actor-critic",
        model,
        [batch_of(model) for _ in range(3)],
        ppo_loss,
        CONFIG | {"model": {"model_type": "gpt2", **SHAPE}},
        rename=lambda name: name.removeprefix("actor."),
    )


if __name__ == "__main__":
    main()
