"""analysis.json: what scikit-learn makes of a few points. python3 -m training.fixtures_analysis (scikit-learn 1.9.1).

`points` lie around three centres in five dimensions. For t-SNE: the joint probabilities, and divergence and gradient at
`positions`. For the probe: logistic regression without an intercept on the centred points.
"""

import json

import numpy as np
from scipy.spatial.distance import squareform
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.manifold._t_sne import _joint_probabilities, _kl_divergence
from sklearn.metrics.pairwise import euclidean_distances

from .fixtures_common import TESTDATA

PERPLEXITY = 4.0
STRENGTH = 1.0


def points(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    labels = np.repeat([0, 1, 2], 6)
    centres = random.normal(size=(3, 5)) * 1.5
    return (centres[labels] + random.normal(size=(18, 5))).astype(np.float32), labels


def pca(x: np.ndarray) -> dict[str, object]:
    fitted = PCA(n_components=5, svd_solver="full").fit(x.astype(np.float64))
    return {"positions": fitted.transform(x)[:, :2].tolist(), "explained": fitted.explained_variance_ratio_.tolist()}


def tsne(x: np.ndarray, random: np.random.Generator) -> dict[str, object]:
    joint = _joint_probabilities(euclidean_distances(x.astype(np.float64), squared=True), PERPLEXITY, verbose=0)
    positions = random.normal(size=(len(x), 2))
    divergence, gradient = _kl_divergence(positions.ravel(), joint, 1.0, len(x), 2)
    return {
        "perplexity": PERPLEXITY,
        "joint": squareform(joint).tolist(),
        "positions": positions.tolist(),
        "divergence": float(divergence),
        "gradient": gradient.reshape(-1, 2).tolist(),
    }


def probe(x: np.ndarray, labels: np.ndarray, asked: np.ndarray) -> dict[str, object]:
    centre = x.astype(np.float64).mean(axis=0)
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, tol=1e-12, max_iter=10_000)
    model.fit(x - centre, labels)
    probabilities = model.predict_proba(asked - centre)
    return {"strength": STRENGTH, "asked": asked.tolist(), "probabilities": probabilities.tolist()}


def attention(random: np.random.Generator) -> dict[str, object]:
    weights = np.exp(2 * random.normal(size=(2, 5, 5)))
    weights = (weights / weights.sum(-1, keepdims=True)).astype(np.float32)
    places = np.arange(5)
    distances = np.abs(places[:, None] - places[None, :])
    exact = weights.astype(np.float64)
    return {
        "pattern": weights.tolist(),
        "entropy": (-(exact * np.log(exact)).sum(-1).mean(-1)).tolist(),
        "distance": ((exact * distances).sum(-1).mean(-1)).tolist(),
    }


def main() -> None:
    random = np.random.default_rng(6)
    x, labels = points(random)
    asked = random.normal(size=(4, 5)).astype(np.float32)
    values = {
        "points": x.tolist(),
        "labels": labels.tolist(),
        "pca": pca(x),
        "tsne": tsne(x, random),
        "probe": probe(x, labels, asked),
        "attention": attention(random),
    }
    (TESTDATA / "analysis.json").write_text(json.dumps(values) + "\n")


if __name__ == "__main__":
    main()
