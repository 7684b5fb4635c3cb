"""An encoder and a decoder, an LSTM each: what models/lstm-seq2seq.ts computes without attention. fixtures_seq2seq.py holds the two together."""

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


# #region encoder
class Encoder(nn.Module):
    def __init__(self, input_dim: int, embedding_dim: int, hidden_dim: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(input_dim, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_dim, batch_first=True)

    def forward(self, x: Tensor, lengths: list[int]) -> tuple[Tensor, Tensor, Tensor]:
        """x: [batch, length], padded; what stands behind a text's own length changes nothing."""
        packed = pack_padded_sequence(self.embedding(x), lengths, batch_first=True, enforce_sorted=False)
        output, (h_n, c_n) = self.lstm(packed)
        return pad_packed_sequence(output, batch_first=True)[0], h_n, c_n


# #endregion


# #region decoder
class Decoder(nn.Module):
    def __init__(self, output_dim: int, embedding_dim: int, hidden_dim: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(output_dim, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_dim, batch_first=True)
        self.fc = nn.Linear(hidden_dim, output_dim)

    def forward(self, x: Tensor, h_n: Tensor, c_n: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """x: [batch, length], what was written so far. The logits of what comes after each, and the state behind the last."""
        output, (h_n, c_n) = self.lstm(self.embedding(x), (h_n, c_n))
        return self.fc(output), h_n, c_n


# #endregion


# #region translate
@torch.no_grad()
def translate(encoder: Encoder, decoder: Decoder, source: Tensor, lengths: list[int], start: int, steps: int) -> Tensor:
    """Greedy: the likeliest, then the likeliest after it. Each step goes on from the state behind the one before."""
    _, h_n, c_n = encoder(source, lengths)
    x = torch.full((len(lengths), 1), start)
    written = []
    for _ in range(steps):
        logits, h_n, c_n = decoder(x, h_n, c_n)
        x = logits[:, -1:].argmax(-1)
        written.append(x)
    return torch.cat(written, 1)


# #endregion
