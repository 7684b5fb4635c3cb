"""Text into tokens, a training loop, an evaluation: what the chapter on training does in the page, with PyTorch.

    python3 -m training.training_loop

trains a small language model on a few sentences and prints its loss, and its bits per character on others.
"""

import math
from collections.abc import Callable, Iterator

import torch
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from torch import Tensor, nn
from torch.nn import functional as F


# #region preprocess
def learn_tokenizer(text: str, merges: int) -> Tokenizer:
    """BPE over bytes: no character is unknown, no word is thrown away."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=len(alphabet) + merges, min_frequency=2, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator([text], trainer)
    return tokenizer


def batches(ids: Tensor, length: int, batch: int, steps: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Random pieces, and what follows each of their tokens."""
    for _ in range(steps):
        starts = torch.randint(len(ids) - length, (batch, 1))
        at = starts + torch.arange(length)
        yield ids[at], ids[at + 1]


# #endregion


# #region loop
def train_model(
    model: nn.Module,
    data: Iterator[tuple[Tensor, Tensor]],
    optimizer: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
    tell: Callable[[float, float], None],
) -> None:
    """One step for each batch; `tell` is given the loss before it and the norm of all gradients."""
    model.train()
    for inputs, targets in data:
        optimizer.zero_grad()
        logits = model(inputs)  # [batch, length, vocabulary]
        loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
        loss.backward()
        norm = nn.utils.get_total_norm(p.grad for p in model.parameters() if p.grad is not None)
        if not torch.isfinite(loss + norm):
            raise FloatingPointError("the loss is not finite any more: take a smaller learning rate")
        optimizer.step()
        scheduler.step()
        tell(loss.item(), norm.item())


# #endregion


# #region evaluate
@torch.no_grad()
def bits_per_character(model: nn.Module, ids: Tensor, characters: int) -> float:
    """All losses of a text together, in bits, by its characters: the same measure for every tokenizer."""
    model.eval()
    logits = model(ids[None, :-1])[0]
    nats = F.cross_entropy(logits, ids[1:], reduction="sum")
    return nats.item() / math.log(2) / characters


# #endregion


class LanguageModel(nn.Module):
    def __init__(self, vocabulary: int, width: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width)
        self.lstm = nn.LSTM(width, width, batch_first=True)
        self.head = nn.Linear(width, vocabulary)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.lstm(self.embedding(x))[0])


def main() -> None:
    torch.manual_seed(1)
    text = "四是四，十是十，十四是十四，四十是四十。" * 20
    unread = "四十是四十，十四是十四。"
    tokenizer = learn_tokenizer(text, 40)
    ids = torch.tensor(tokenizer.encode(text).ids)
    model = LanguageModel(tokenizer.get_vocab_size(), 32)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    steps = 100
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    losses: list[float] = []
    train_model(model, batches(ids, 16, 8, steps), optimizer, scheduler, lambda loss, _: losses.append(loss))
    bits = bits_per_character(model, torch.tensor(tokenizer.encode(unread).ids), len(unread))
    print(f"loss {losses[0]:.2f} -> {losses[-1]:.2f} nats a token; {bits:.2f} bits a character of what it has not read")


if __name__ == "__main__":
    main()
