"""attention-sheet.json: one head over four tokens, with a causal mask and without, by `Attention` of `training/attention.py`.

python3 -m training.fixtures_attention
"""

import json

import torch

from .attention import Attention, causal_mask
from .fixtures_common import TESTDATA

TOKENS, WIDTH, HEAD_WIDTH = 4, 6, 3


def main() -> None:
    torch.manual_seed(7)
    head = Attention(WIDTH, WIDTH, HEAD_WIDTH)
    x = 3 * torch.randn(TOKENS, WIDTH)
    with torch.no_grad():
        vectors = {name: layer(x).flatten().tolist() for name, layer in zip("qkv", (head.query, head.key, head.value))}
        results = {}
        for name, hidden in (("causal", causal_mask(TOKENS)), ("open", None)):
            mixed, weights = head(x, x, hidden)
            results[name] = {"weights": weights.flatten().tolist(), "mixed": mixed.flatten().tolist()}
    data = {"tokens": TOKENS, "width": HEAD_WIDTH, **vectors, "results": results}
    (TESTDATA / "attention-sheet.json").write_text(json.dumps(data) + "\n")


if __name__ == "__main__":
    main()
