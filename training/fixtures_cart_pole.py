"""cart-pole.json: how Gymnasium's CartPole-v1 moves. python3 -m training.fixtures_cart_pole (needs gymnasium 1.4.0).

Each trajectory has its `start`, the `actions`, the `states` after each of them in f64 (every tenth of a long one, and
the last), and how it ended. The third one is steered by hand so that it reaches the end of the clock. `advances` go on
from states far from upright, where the episode has long ended.
"""

import json
from collections.abc import Callable

import gymnasium
import numpy as np

from .fixtures_common import TESTDATA

Policy = Callable[[np.ndarray, np.random.Generator], int]
EVERY = 10


def balance(state: np.ndarray, _: np.random.Generator) -> int:
    return int(state @ [0.1, 0.3, 3.0, 1.0] > 0)


POLICIES: list[Policy] = [
    lambda _state, random: int(random.integers(2)),
    lambda _state, _random: 1,
    balance,
    lambda state, _: int(state[2] > 0),
    # Leans to the right and follows its pole off the track.
    lambda state, _: int(state @ [0.0, 0.0, 3.0, 1.0] > 0.1),
]


def play(seed: int, policy: Policy) -> dict[str, object]:
    environment = gymnasium.make("CartPole-v1")
    environment.reset(seed=seed)
    inner = environment.unwrapped
    random = np.random.default_rng(seed)
    start = inner.state.tolist()
    actions, states, rewards = [], [], []
    terminated = truncated = False
    while not (terminated or truncated):
        action = policy(inner.state, random)
        _, reward, terminated, truncated, _ = environment.step(action)
        actions.append(action)
        rewards.append(reward)
        states.append(inner.state.tolist())
    last = len(states) - 1
    kept = {i: state for i, state in enumerate(states) if i % EVERY == 0 or i == last}
    return {
        "start": start,
        "actions": actions,
        "states": kept,
        "rewards": sum(rewards),
        "terminated": terminated,
        "truncated": truncated,
    }


def advance(state: list[float], action: int) -> list[float]:
    inner = gymnasium.make("CartPole-v1").unwrapped
    inner.reset()
    inner.state = np.array(state)
    inner.step(action)
    return inner.state.tolist()


def main() -> None:
    random = np.random.default_rng(7)
    cases = [(random.uniform(-3, 3, 4).round(3).tolist(), int(random.integers(2))) for _ in range(8)]
    fixture = {
        "trajectories": [play(seed, policy) for seed, policy in enumerate(POLICIES)],
        "advances": [{"state": state, "action": action, "next": advance(state, action)} for state, action in cases],
    }
    (TESTDATA / "cart-pole.json").write_text(json.dumps(fixture) + "\n")


if __name__ == "__main__":
    main()
