"""Sampling poems in batches: temperature and top-k (Fan et al. 2018), seeded."""

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from .metrics import longest
from .text import END, POEM

Logits = Callable[[Tensor], Tensor]  # ids [rows, time] → logits of the next token [rows, vocabulary]
Session = Callable[[], Logits]  # a fresh function for each batch, so that it may keep a cache of keys and values


@torch.no_grad()
def continue_ids(
    logits: Logits, prompts: Tensor, steps: int, rng: torch.Generator, temperature: float, top_k: int
) -> Tensor:
    ids = prompts
    done = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(steps):
        scores, tokens = logits(ids).float().topk(top_k)
        pick = (scores / temperature).softmax(-1).multinomial(1, generator=rng)
        following = tokens.gather(1, pick).masked_fill(done[:, None], 0)
        ids = torch.cat([ids, following], 1)
        done |= following[:, 0] == 0  # [END] has id 0
        if done.all():
            break
    return ids[:, prompts.shape[1] :]


def write(
    session: Session,
    vocab: dict[str, int],
    form: str,
    titles: list[str],
    seed: int,
    temperature: float = 0.8,
    top_k: int = 40,
    batch: int = 100,
) -> Iterator[tuple[str, str]]:
    """(title, text) for every title, "" meaning none. No [END] in the text; "…" at its end if none came."""
    tokens = list(vocab)
    rng = torch.Generator().manual_seed(seed)
    order = sorted(titles, key=len)  # prompts of one batch must be of one length
    start = 0
    while start < len(order):
        part = [t for t in order[start : start + batch] if len(t) == len(order[start])]
        prompts = torch.tensor([[vocab[t] for t in (form, *title, POEM)] for title in part])
        out = continue_ids(session(), prompts, longest(form) + 8, rng, temperature, top_k)
        for title, row in zip(part, out.tolist(), strict=True):
            text = "".join(tokens[i] for i in row)
            yield title, text.split(END)[0] if END in text else text + "…"
        start += len(part)
