"""The line through what the four smaller sizes have lost, its band, and what it predicts for the largest.

    python3 -m training scaling-law       # writes training/scale/prediction.json

It refuses to predict what has been measured: the file is to be committed before the largest model is trained.
"""

import json
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..common.config import MODELS, TRAINING, Config, load_config
from ..common.hf_export import write_json
from .data import load_rows
from .train import parameters, run_of

FITTED = ("scale-90k", "scale-140k", "scale-300k", "scale-600k")
HELD_OUT = "scale-950k"
FILE = TRAINING / "scale" / "prediction.json"
DRAWS, SEED = 4000, 20261130
BAND_PLACES = 25
Floats = NDArray[np.float64]


class Line(NamedTuple):
    """ln loss = intercept + slope · ln parameters: loss = e^intercept · parameters^slope."""

    intercept: Floats
    slope: Floats

    def loss(self, size: Floats | float) -> Floats:
        return np.exp(self.intercept + self.slope * np.log(size))


# #region fit
def fit(sizes: Floats, losses: Floats) -> Line:
    """The line of least squares between the logarithms; `losses` is [sizes] or [draws, sizes]."""
    x, y = np.log(sizes), np.log(losses)
    off = x - x.mean()
    slope = y @ off / (off @ off)
    return Line(y.mean(-1) - slope * x.mean(), slope)


# #endregion
class Measured(NamedTuple):
    parameters: int
    tokens: int
    runs: Floats  # [runs, blocks]: nats of every block
    characters: Floats  # [blocks]

    @property
    def losses(self) -> Floats:
        """[runs]: nats per character."""
        return self.runs.sum(1) / self.characters.sum()


def measured(name: str) -> Measured:
    result = json.loads((MODELS / name / "evaluation.json").read_text())
    runs = result["runs"]
    return Measured(
        result["parameters"],
        runs[0]["tokens"],
        np.array([run["blocks"] for run in runs]),
        np.array(result["block_characters"], dtype=float),
    )


# #region draws
def drawn(sizes: list[Measured], rng: np.random.Generator) -> Floats:
    """[draws, sizes]: what the losses might have been with other texts (the same for all sizes) and other seeds.

    A size with a single run has the noise of the others.
    """
    blocks = sizes[0].runs.shape[1]
    times = rng.multinomial(blocks, np.full(blocks, 1 / blocks), size=DRAWS)
    out = np.empty((DRAWS, len(sizes)))
    for i, size in enumerate(sizes):
        count = len(size.runs)
        seeds = rng.multinomial(count, np.full(count, 1 / count), size=DRAWS) / count
        out[:, i] = ((times @ size.runs.T) * seeds).sum(1) / (times @ size.characters)
        if count == 1:
            out[:, i] *= np.exp(rng.choice(seed_noise(sizes), DRAWS))
    return out


def seed_noise(sizes: list[Measured]) -> Floats:
    """By how much a single run is off the mean of its size, in logarithms, all sizes together."""
    several = [size.losses for size in sizes if len(size.losses) > 1]
    return np.concatenate([np.log(runs / runs.mean()) * (len(runs) / (len(runs) - 1)) ** 0.5 for runs in several])


# #endregion
def explained(sizes: Floats, losses: Floats) -> float:
    """R² of the line, between the logarithms."""
    y = np.log(losses)
    rest = y - np.log(fit(sizes, losses).loss(sizes))
    return float(1 - rest @ rest / ((y - y.mean()) @ (y - y.mean())))


def interval(values: Floats) -> dict[str, float]:
    low, high = np.quantile(values, (0.025, 0.975))
    return {"low": float(low), "high": float(high)}


def held_out_run() -> tuple[Config, int]:
    """The largest size and its number of parameters, of which nothing else is known yet."""
    config = run_of(load_config(HELD_OUT))
    return config, parameters(config, len(load_rows().vocab))


def predict() -> None:
    config, size = held_out_run()
    if (MODELS / HELD_OUT / "evaluation.json").exists() or (config.run_folder / "checkpoint.pt").exists():
        raise SystemExit(f"{HELD_OUT} has been begun: what a line says of it now would be no prediction")
    family, rng = [measured(name) for name in FITTED], np.random.default_rng(SEED)
    sizes = np.array([float(own.parameters) for own in family])
    losses = np.array([own.losses.mean() for own in family])
    line, lines = fit(sizes, losses), fit(sizes, drawn(family, rng))
    noise = np.exp(rng.choice(seed_noise(family), DRAWS))
    places = np.geomspace(sizes[0] / 1.25, size * 1.25, BAND_PLACES)
    write_json(
        FILE,
        {
            "law": "loss = a · parameters^-b",
            "unit": "nats per character",
            "a": float(np.exp(line.intercept)),
            "b": {"value": float(-line.slope), **interval(-lines.slope)},
            "r_squared": explained(sizes, losses),
            "points": [
                {"model": name, "parameters": own.parameters, "tokens": own.tokens, "losses": own.losses.tolist()}
                for name, own in zip(FITTED, family, strict=True)
            ],
            "band": [
                {"parameters": p, "loss": float(line.loss(p)), **interval(lines.loss(p))} for p in places.tolist()
            ],
            "held_out": {
                "model": HELD_OUT,
                "parameters": size,
                "tokens": config.train["budget_tokens"],
                "loss": float(line.loss(float(size))),
                **interval(lines.loss(float(size)) * noise),
                "no_gain": float(losses[-1]),
            },
            "draws": DRAWS,
            "seed": SEED,
        },
    )
    print(FILE.read_text())
