"""Golden files of the LSTM language model: embedding, nn.LSTM of two layers, nn.Linear."""

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_padded_sequence

from .fixtures_common import (
    IGNORED,
    Batch,
    matrix,
    padded,
    random_ids,
    randomize,
    write_outputs,
    write_training_run,
)


class LstmLanguageModel(nn.Module):
    def __init__(self, vocabulary: int, embedding: int, width: int, layers: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.lstm = nn.LSTM(embedding, width, layers, batch_first=True)
        self.fc = nn.Linear(width, vocabulary)

    def forward(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        states, _ = self.lstm(self.embedding(tokens))
        return states, self.fc(states)


def lm_batch(seed: int, vocabulary: int, lengths: list[int]) -> Batch:
    generator = torch.Generator().manual_seed(seed)
    texts = [random_ids(generator, length + 1, vocabulary) for length in lengths]
    return {
        "ids": padded([text[:-1] for text in texts]),
        "lengths": lengths,
        "targets": padded([text[1:] for text in texts], IGNORED),
    }


def write_lstm_lm() -> None:
    config = {"vocabularySize": 23, "embeddingWidth": 10, "width": 12, "layers": 2}
    model = randomize(LstmLanguageModel(*config.values()), 5)
    batches = [lm_batch(seed, 23, lengths) for seed, lengths in ((5, [7, 3, 6]), (6, [5, 5, 5]))]
    tokens = matrix(batches[0]["ids"], 3)
    packed = pack_padded_sequence(model.embedding(tokens), batches[0]["lengths"], True, enforce_sorted=False)
    with torch.no_grad():
        states, logits = model(tokens)
        _, (hidden, cell) = model.lstm(packed)
    write_outputs("lstm-lm", {"states": states, "logits": logits, "finalHidden": hidden, "finalCell": cell})

    def loss(model: nn.Module, batch: Batch) -> Tensor:
        _, logits = model(matrix(batch["ids"], len(batch["lengths"])))
        return cross_entropy(logits.flatten(0, 1), torch.tensor(batch["targets"]), ignore_index=IGNORED)

    write_training_run("lstm-lm", model, batches, loss, config)
