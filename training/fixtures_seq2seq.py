"""Golden files of the models that turn one sequence into another.

lstm-seq2seq         two nn.LSTM with attention, as in models/lstm-seq2seq.ts
lstm-seq2seq-set     the same, with some rows of the attention of its first source set by hand
encoder-decoder      two nn.LSTM and nothing between them but the last state: encoder_decoder.py, which the site shows
transformer-seq2seq  transformers' MarianMTModel: the Transformer of Vaswani et al. 2017
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence
from transformers import MarianConfig, MarianMTModel

from .encoder_decoder import Decoder, Encoder, translate
from .fixtures_common import (
    IGNORED,
    Batch,
    mask,
    matrix,
    padded,
    random_ids,
    randomize,
    stacked,
    write_outputs,
    write_training_run,
)

END, START = 1, 2
GREEDY_TOKENS = 6


class Side(nn.Module):
    def __init__(self, vocabulary: int, embedding: int, width: int, layers: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.lstm = nn.LSTM(embedding, width, layers, batch_first=True)


class LstmSeq2Seq(nn.Module):
    def __init__(self, source: int, target: int, embedding: int, width: int, layers: int) -> None:
        super().__init__()
        self.encoder = Side(source, embedding, width, layers)
        self.decoder = Side(target, embedding, width, layers)
        self.attention = nn.ModuleDict({f"{x}_layer": nn.Linear(width, width) for x in ("query", "key", "value")})
        self.join = nn.ModuleDict({"context": nn.Linear(width, width), "state": nn.Linear(width, width, bias=False)})
        self.fc = nn.Linear(width, target)

    def forward(
        self, source: Tensor, lengths: list[int], inputs: Tensor, rows: dict[int, Tensor] | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """rows: of the attention, instead of the model's own."""
        packed = pack_padded_sequence(self.encoder.embedding(source), lengths, True, enforce_sorted=False)
        packed_states, final = self.encoder.lstm(packed)
        states, _ = pad_packed_sequence(packed_states, batch_first=True)
        output, _ = self.decoder.lstm(self.decoder.embedding(inputs), final)
        q, k = self.attention["query_layer"](output), self.attention["key_layer"](states)
        scores = (q @ k.transpose(1, 2)) / math.sqrt(q.shape[-1])
        pattern = scores.masked_fill(mask(lengths)[:, None] == 0, -math.inf).softmax(-1)
        for row, weights in (rows or {}).items():
            pattern[:, row] = weights
        context = pattern @ self.attention["value_layer"](states)
        joined = torch.tanh(self.join["context"](context) + self.join["state"](output))
        return output, pattern, self.fc(joined)


def pair_batch(seed: int, vocabularies: tuple[int, int], lengths: list[int], answers: list[int]) -> Batch:
    generator = torch.Generator().manual_seed(seed)
    sources = [random_ids(generator, length, vocabularies[0]) for length in lengths]
    targets = [[*random_ids(generator, length, vocabularies[1]), END] for length in answers]
    return {
        "sourceIds": padded(sources),
        "sourceLengths": lengths,
        "inputIds": padded([[START, *target[:-1]] for target in targets]),
        "inputLengths": [len(target) for target in targets],
        "targets": padded(targets, IGNORED),
    }


def greedy(next_logits: Callable[[Tensor], Tensor], rows: int) -> Tensor:
    """What is written after the start token; `next_logits` takes the sequences so far."""
    written = torch.full((rows, 1), START)
    for _ in range(GREEDY_TOKENS):
        written = torch.cat([written, next_logits(written).argmax(-1, keepdim=True)], 1)
    return written[:, 1:]


def write_lstm_seq2seq() -> None:
    config = {
        "sourceVocabularySize": 19,
        "targetVocabularySize": 17,
        "embeddingWidth": 6,
        "width": 8,
        "layers": 2,
    }
    model = randomize(LstmSeq2Seq(*config.values()), 7)
    batches = [pair_batch(seed, (19, 17), [6, 3, 5], [4, 5, 2]) for seed in (7, 8)]

    def forward(model: nn.Module, batch: Batch, inputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return model(matrix(batch["sourceIds"], 3), batch["sourceLengths"], inputs)

    def loss(model: nn.Module, batch: Batch) -> Tensor:
        logits = forward(model, batch, matrix(batch["inputIds"], 3))[-1]
        return cross_entropy(logits.flatten(0, 1), torch.tensor(batch["targets"]), ignore_index=IGNORED)

    with torch.no_grad():
        states, pattern, logits = forward(model, batches[0], matrix(batches[0]["inputIds"], 3))
        written = greedy(lambda so_far: forward(model, batches[0], so_far)[-1][:, -1], 3)
        length = batches[0]["sourceLengths"][0]
        alone = matrix(batches[0]["sourceIds"], 3)[:1, :length]
        first = matrix(batches[0]["inputIds"], 3)[:1]
        rows = {1: torch.eye(length).double()[2], 3: torch.full((length,), 1 / length).double()}
        _, set_pattern, set_logits = model(alone, [length], first, rows)
    write_outputs("lstm-seq2seq-set", {"pattern": set_pattern, "logits": set_logits})
    write_outputs("lstm-seq2seq", {"states": states, "pattern": pattern, "logits": logits, "written": written})
    write_training_run("lstm-seq2seq", model, batches, loss, config)


def write_encoder_decoder() -> None:
    config = {"sourceVocabularySize": 19, "targetVocabularySize": 17, "embeddingWidth": 6, "width": 8}
    source, target, embedding, width = config.values()
    model = nn.ModuleDict({"encoder": Encoder(source, embedding, width), "decoder": Decoder(target, embedding, width)})
    randomize(model, 11)
    batches = [pair_batch(seed, (19, 17), [6, 3, 5], [4, 5, 2]) for seed in (11, 12)]

    def forward(model: nn.ModuleDict, batch: Batch) -> tuple[Tensor, Tensor]:
        states, h_n, c_n = model["encoder"](matrix(batch["sourceIds"], 3), batch["sourceLengths"])
        return states, model["decoder"](matrix(batch["inputIds"], 3), h_n, c_n)[0]

    def loss(model: nn.ModuleDict, batch: Batch) -> Tensor:
        logits = forward(model, batch)[1]
        return cross_entropy(logits.flatten(0, 1), torch.tensor(batch["targets"]), ignore_index=IGNORED)

    with torch.no_grad():
        states, logits = forward(model, batches[0])
        inputs = matrix(batches[0]["sourceIds"], 3), batches[0]["sourceLengths"]
        written = translate(model["encoder"], model["decoder"], *inputs, START, GREEDY_TOKENS)
    # The first source is the longest: behind the ends of the others there is nothing of use.
    write_outputs("encoder-decoder", {"states": states[0], "logits": logits, "written": written})
    whole = {**config, "layers": 1, "attention": False}
    write_training_run(
        "encoder-decoder", model, batches, loss, whole, rename=lambda name: name.replace("decoder.fc", "fc")
    )


def write_transformer_seq2seq() -> None:
    config = {
        "vocabularySize": 21,
        "width": 12,
        "innerWidth": 20,
        "encoderLayers": 1,
        "decoderLayers": 2,
        "heads": 2,
        "activation": "relu",
    }
    marian = MarianConfig(
        vocab_size=21,
        d_model=12,
        encoder_layers=1,
        decoder_layers=2,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=20,
        decoder_ffn_dim=20,
        activation_function="relu",
        scale_embedding=True,
        dropout=0.0,
        max_position_embeddings=16,
        pad_token_id=0,
        eos_token_id=END,
        decoder_start_token_id=START,
        attn_implementation="eager",
    )
    model = randomize(MarianMTModel(marian), 9)
    batches = [pair_batch(seed, (21, 21), [6, 3, 5], [4, 5, 2]) for seed in (9, 10)]

    def source(batch: Batch) -> dict[str, Tensor]:
        return {
            "input_ids": matrix(batch["sourceIds"], 3),
            "attention_mask": mask(batch["sourceLengths"]),
            "use_cache": False,
        }

    def inputs(batch: Batch) -> dict[str, Tensor]:
        return {
            "decoder_input_ids": matrix(batch["inputIds"], 3),
            "decoder_attention_mask": mask(batch["inputLengths"]),
        }

    def loss(model: nn.Module, batch: Batch) -> Tensor:
        return model(**source(batch), **inputs(batch), labels=matrix(batch["targets"], 3)).loss

    with torch.no_grad():
        out = model(**source(batches[0]), **inputs(batches[0]), output_hidden_states=True, output_attentions=True)
        written = greedy(lambda so_far: model(**source(batches[0]), decoder_input_ids=so_far).logits[:, -1], 3)
    outputs = {
        **stacked("encoderHidden", out.encoder_hidden_states),
        **stacked("encoderAttention", out.encoder_attentions),
        **stacked("decoderHidden", out.decoder_hidden_states),
        **stacked("decoderAttention", out.decoder_attentions),
        **stacked("crossAttention", out.cross_attentions),
        "logits": out.logits,
        "written": written,
    }
    write_outputs("transformer-seq2seq", outputs)
    write_training_run("transformer-seq2seq", model, batches, loss, config)
