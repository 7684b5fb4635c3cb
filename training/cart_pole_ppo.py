"""PPO on CartPole in PyTorch and Gymnasium, with the settings of experiments/cart-pole.ts.

python3 -m training.cart_pole_ppo trains ten seeds and writes src/recorded/cart-pole-pytorch.json
(needs gymnasium 1.4.0).
"""

import json
import platform
import time
from collections import deque
from datetime import date
from pathlib import Path

import gymnasium
import numpy as np
import torch
from gymnasium.vector import AutoresetMode, VectorEnv
from torch import Tensor, nn
from torch.distributions import Categorical

from .common.config import ROOT

RECORD = ROOT / "src" / "recorded" / "cart-pole-pytorch.json"
SEEDS = range(1, 11)
STEPS, ENVIRONMENTS, HORIZON = 150_000, 8, 64
EPOCHS, MINIBATCH, LEARNING_RATE, MAX_NORM = 10, 128, 1e-3, 0.5
DISCOUNT, LAMBDA, CLIP, VALUE_COEFFICIENT = 0.98, 0.9, 0.2, 0.5
WINDOW, SOLVED = 100, 475


# #region networks
def network(outputs: int, last_gain: float) -> nn.Sequential:
    layers = [nn.Linear(4, 64), nn.Linear(64, 64), nn.Linear(64, outputs)]
    for layer, gain in zip(layers, [2**0.5, 2**0.5, last_gain], strict=True):
        nn.init.orthogonal_(layer.weight, gain)
        nn.init.zeros_(layer.bias)
    return nn.Sequential(layers[0], nn.Tanh(), layers[1], nn.Tanh(), layers[2])


# #endregion


# #region rollout
@torch.no_grad()
def play(environments: VectorEnv, state: np.ndarray, policy: nn.Module, value: nn.Module) -> tuple[dict, np.ndarray]:
    """HORIZON steps of all carts. Everything is [HORIZON, ENVIRONMENTS], states have 4 numbers more."""
    steps = []
    for _ in range(HORIZON):
        seen = torch.from_numpy(state)
        choice = Categorical(logits=policy(seen))
        action = choice.sample()
        state, reward, terminated, truncated, info = environments.step(action.numpy())
        following = state.copy()
        for cart in np.flatnonzero(terminated | truncated):  # `state` is already the next game's first
            following[cart] = info["final_obs"][cart]
        after = value(torch.from_numpy(following)).squeeze(-1)
        steps.append(
            {
                "states": seen,
                "actions": action,
                "log_probs": choice.log_prob(action),
                "rewards": torch.from_numpy(reward).float(),
                "values": value(seen).squeeze(-1),
                # A fallen pole is worth nothing; where only the clock has run out, the game would have gone on.
                "next_values": after * torch.from_numpy(~terminated),
                "ends": torch.from_numpy(terminated | truncated),
            }
        )
    return {name: torch.stack([step[name] for step in steps]) for name in steps[0]}, state


# #endregion


# #region advantages
def advantages(batch: dict[str, Tensor]) -> Tensor:
    """Generalized advantage estimation: from the last step back."""
    deltas = batch["rewards"] + DISCOUNT * batch["next_values"] - batch["values"]
    result = torch.zeros_like(deltas)
    later = torch.zeros(ENVIRONMENTS)
    for t in reversed(range(HORIZON)):
        later = deltas[t] + DISCOUNT * LAMBDA * later * ~batch["ends"][t]
        result[t] = later
    return result


# #endregion


# #region update
def update(batch: dict[str, Tensor], policy: nn.Module, value: nn.Module, optimizer: torch.optim.Optimizer) -> None:
    gains = advantages(batch)
    flat = {name: tensor.flatten(0, 1) for name, tensor in batch.items()}
    flat |= {"advantages": gains.flatten(), "returns": (gains + batch["values"]).flatten()}
    for _ in range(EPOCHS):
        for picked in torch.randperm(HORIZON * ENVIRONMENTS).split(MINIBATCH):
            part = {name: tensor[picked] for name, tensor in flat.items()}
            gain = (part["advantages"] - part["advantages"].mean()) / (part["advantages"].std() + 1e-8)
            choice = Categorical(logits=policy(part["states"]))
            ratio = (choice.log_prob(part["actions"]) - part["log_probs"]).exp()
            clipped = ratio.clamp(1 - CLIP, 1 + CLIP)
            policy_loss = -torch.min(ratio * gain, clipped * gain).mean()
            value_loss = (value(part["states"]).squeeze(-1) - part["returns"]).square().mean()
            optimizer.zero_grad()
            (policy_loss + VALUE_COEFFICIENT * value_loss).backward()
            nn.utils.clip_grad_norm_([*policy.parameters(), *value.parameters()], MAX_NORM)
            optimizer.step()


# #endregion


# #region train
def train(seed: int) -> tuple[nn.Module, int | None]:
    """The policy, and after how many steps the last 100 episodes lasted 475 steps on average."""
    torch.manual_seed(seed)
    environments = carts(ENVIRONMENTS)
    policy, value = network(2, 0.01), network(1, 1.0)
    optimizer = torch.optim.AdamW([*policy.parameters(), *value.parameters()], eps=1e-5, weight_decay=0)
    state, _ = environments.reset(seed=seed)
    lengths, running, reached = deque(maxlen=WINDOW), np.zeros(ENVIRONMENTS), None
    updates = -(-STEPS // (ENVIRONMENTS * HORIZON))
    for number in range(updates):
        for group in optimizer.param_groups:
            group["lr"] = LEARNING_RATE * (1 - number / updates)
        batch, state = play(environments, state, policy, value)
        update(batch, policy, value, optimizer)
        for ended in batch["ends"].numpy():
            running += 1
            lengths.extend(running[ended])
            running[ended] = 0
        if reached is None and len(lengths) == WINDOW and np.mean(lengths) >= SOLVED:
            reached = (number + 1) * ENVIRONMENTS * HORIZON
    return policy, reached


# #endregion


def carts(count: int) -> VectorEnv:
    options = {"autoreset_mode": AutoresetMode.SAME_STEP}
    return gymnasium.make_vec("CartPole-v1", count, vectorization_mode="sync", vector_kwargs=options)


@torch.no_grad()
def examine(policy: nn.Module, seed: int) -> float:
    """Mean length of 100 new episodes; actions are drawn."""
    torch.manual_seed(seed)
    environments = carts(WINDOW)
    state, _ = environments.reset(seed=seed)
    lengths, standing = np.zeros(WINDOW), np.ones(WINDOW, dtype=bool)
    while standing.any():
        action = Categorical(logits=policy(torch.from_numpy(state))).sample().numpy()
        state, _, terminated, truncated, _ = environments.step(action)
        lengths += standing
        standing &= ~(terminated | truncated)
    return float(lengths.mean())


def processor() -> str:
    info = Path("/proc/cpuinfo")
    names = [line.split(": ")[1] for line in info.read_text().splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()


def main() -> None:
    torch.set_num_threads(1)
    rows = []
    for seed in SEEDS:
        began = time.process_time()
        policy, reached = train(seed)
        seconds = time.process_time() - began
        rows.append([seed, round(examine(policy, 1_000_000), 2), reached, round(seconds)])
        print(*rows[-1], flush=True)
    provenance = {
        "kind": "recorded",
        "date": date.today().isoformat(),
        "command": "python3 -m training.cart_pole_ppo",
        "weights": [],
        "settings": {"steps": STEPS},
        "seeds": list(SEEDS),
        "machine": {"processor": processor(), "python": platform.python_version()},
    }
    columns = ["种子", "考试，照概率抽", "到 475 的步数", "处理器秒数"]
    record = {"provenance": provenance, "table": {"columns": columns, "rows": rows}, "data": None}
    RECORD.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
