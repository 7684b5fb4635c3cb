"""Golden files of the models that are trained in the page: python3 -m training.fixtures_models

bert, bert-classifier  transformers' BertForPreTraining (masked tokens and next sentence; GELU) and
                       BertForSequenceClassification (GELU's tanh form)
lstm-lm                embedding, nn.LSTM of two layers, nn.Linear
lstm-seq2seq           two nn.LSTM with attention, as in models/lstm-seq2seq.ts
transformer-seq2seq    transformers' MarianMTModel: the Transformer of Vaswani et al. 2017

Of each: a training run (see fixtures_common.py) and, in testdata/models/<name>.safetensors, what the first
weights make of its first batch: hidden states, attention, logits, and what greedy decoding writes. Of bert also
every intermediate that the engine can trace: bert-traces.safetensors.
"""

import math
from collections.abc import Callable

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence
from transformers import (
    BertConfig,
    BertForPreTraining,
    BertForSequenceClassification,
    MarianConfig,
    MarianMTModel,
)

from .fixtures_common import TESTDATA, Batch, write_training_run

IGNORED = -100
END, START = 1, 2
GREEDY_TOKENS = 6


def randomize(model: nn.Module, seed: int) -> nn.Module:
    """Weights large enough that attention is uneven and every bias and gain matters."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if not weight.requires_grad:
                continue
            noise = torch.randn(weight.shape, generator=generator)
            gain = weight.ndim == 1 and "norm" in name.lower() and name.endswith("weight")
            weight.copy_(0.3 * noise + (1.0 if gain else 0.0))
    return model.float().double()


def ids(generator: torch.Generator, count: int, vocabulary: int) -> list[int]:
    """Tokens behind the special ones."""
    return torch.randint(3, vocabulary, (count,), generator=generator).tolist()


def padded(sequences: list[list[int]], filler: int = 0) -> list[int]:
    longest = max(map(len, sequences))
    return [token for row in sequences for token in row + [filler] * (longest - len(row))]


def matrix(numbers: list[int], rows: int) -> Tensor:
    return torch.tensor(numbers).view(rows, -1)


def mask(lengths: list[int]) -> Tensor:
    return (torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]).long()


def write_outputs(name: str, tensors: dict[str, Tensor]) -> None:
    folder = TESTDATA / "models"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.safetensors"
    save_file({key: tensor.detach().float().contiguous().clone() for key, tensor in tensors.items()}, path)
    path.chmod(0o644)
    print(f"{path.name}: {path.stat().st_size} bytes")


# BERT


def bert_config(**changes: object) -> BertConfig:
    return BertConfig(
        vocab_size=37,
        hidden_size=12,
        num_hidden_layers=2,
        num_attention_heads=3,
        intermediate_size=20,
        max_position_embeddings=10,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
        **changes,
    )


def bert_batch(seed: int, config: BertConfig, lengths: list[int]) -> Batch:
    generator = torch.Generator().manual_seed(seed)
    rows = [ids(generator, length, config.vocab_size) for length in lengths]
    segments = [[0] * (length // 2) + [1] * (length - length // 2) for length in lengths]
    targets = [[t if i % 3 == 1 else IGNORED for i, t in enumerate(row)] for row in rows]
    return {
        "ids": padded(rows),
        "lengths": lengths,
        "segments": padded(segments),
        "targets": padded(targets, IGNORED),
        "nextSentence": [i % 2 for i in range(len(lengths))],
        "classes": [i % 3 for i in range(len(lengths))],
    }


def bert_inputs(batch: Batch) -> dict[str, Tensor]:
    rows = len(batch["lengths"])
    return {
        "input_ids": matrix(batch["ids"], rows),
        "attention_mask": mask(batch["lengths"]),
        "token_type_ids": matrix(batch["segments"], rows),
    }


def stacked(prefix: str, tensors: tuple[Tensor, ...]) -> dict[str, Tensor]:
    return {f"{prefix}.{i}": tensor for i, tensor in enumerate(tensors)}


def engine_config(config: BertConfig) -> dict[str, object]:
    keys = ("model_type", "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads")
    keys += ("intermediate_size", "max_position_embeddings", "hidden_act")
    return {key: getattr(config, key) for key in keys}


# What goes into a module ("in") or comes out of it ("out"), under the name of the engine's trace.
BERT_TRACES = {
    "embed": ("bert.embeddings.word_embeddings", "out"),
    "pos_embed": ("bert.embeddings.position_embeddings", "out"),
    "token_type_embed": ("bert.embeddings.token_type_embeddings", "out"),
    "embed_sum": ("bert.embeddings.LayerNorm", "in"),
    "full_embed": ("bert.embeddings.LayerNorm", "out"),
}
BLOCK_TRACES = {
    "resid_pre": ("attention.self.query", "in"),
    "attn.q": ("attention.self.query", "out"),
    "attn.k": ("attention.self.key", "out"),
    "attn.v": ("attention.self.value", "out"),
    "attn.z": ("attention.output.dense", "in"),
    "attn_out": ("attention.output.dense", "out"),
    "resid_mid": ("attention.output.LayerNorm", "in"),
    "ln1.normalized": ("attention.output.LayerNorm", "out"),
    "mlp.pre": ("intermediate.dense", "out"),
    "mlp.post": ("output.dense", "in"),
    "mlp_out": ("output.dense", "out"),
    "resid_post": ("output.LayerNorm", "in"),
    "normalized_resid_post": ("output.LayerNorm", "out"),
}


def bert_traces(model: BertForPreTraining, batch: Batch) -> dict[str, Tensor]:
    """Every intermediate of one pass. The scores, which transformers does not show, are 0 where a key is padding."""
    layers = model.config.num_hidden_layers
    places = BERT_TRACES | {
        f"blocks.{i}.{name}": (f"bert.encoder.layer.{i}.{module}", side)
        for i in range(layers)
        for name, (module, side) in BLOCK_TRACES.items()
    }
    traces: dict[str, Tensor] = {}

    def note(name: str, side: str) -> Callable[[nn.Module, tuple[Tensor, ...], Tensor], None]:
        def hook(_: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
            traces[name] = inputs[0] if side == "in" else output

        return hook

    hooks = [
        model.get_submodule(path).register_forward_hook(note(name, side)) for name, (path, side) in places.items()
    ]
    with torch.no_grad():
        attentions = model(**bert_inputs(batch), output_attentions=True).attentions
    for hook in hooks:
        hook.remove()
    # One row of positions serves all texts there.
    traces["pos_embed"] = traces["pos_embed"].expand_as(traces["embed"])

    heads = model.config.num_attention_heads
    seen = mask(batch["lengths"]).bool()[:, None, None]
    for i, pattern in enumerate(attentions):
        for name in ("q", "k", "v", "z"):
            flat = traces[f"blocks.{i}.attn.{name}"]
            traces[f"blocks.{i}.attn.{name}"] = flat.unflatten(-1, (heads, -1))
        q, k = (traces[f"blocks.{i}.attn.{name}"].transpose(1, 2) for name in ("q", "k"))
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
        traces[f"blocks.{i}.attn.scores"] = scores.where(seen, 0)
        traces[f"blocks.{i}.attn.pattern"] = pattern
    return traces


def write_bert() -> None:
    config = bert_config()
    model = randomize(BertForPreTraining(config), 1)
    batches = [bert_batch(seed, config, lengths) for seed, lengths in ((1, [8, 5, 7]), (2, [6, 6, 6]))]
    with torch.no_grad():
        out = model(**bert_inputs(batches[0]), output_hidden_states=True, output_attentions=True)
        pooled = model.bert(**bert_inputs(batches[0])).pooler_output
    outputs = {
        **stacked("hidden", out.hidden_states),
        **stacked("attention", out.attentions),
        "pooled": pooled,
        "tokenLogits": out.prediction_logits,
        "nextSentenceLogits": out.seq_relationship_logits,
    }
    write_outputs("bert", outputs)
    write_outputs("bert-traces", {**bert_traces(model, batches[0]), "pooler_out": pooled})

    def loss(model: nn.Module, batch: Batch) -> Tensor:
        targets = matrix(batch["targets"], len(batch["lengths"]))
        follows = torch.tensor(batch["nextSentence"])
        return model(**bert_inputs(batch), labels=targets, next_sentence_label=follows).loss

    write_training_run("bert", model, batches, loss, engine_config(config))


def write_bert_classifier() -> None:
    config = bert_config(hidden_act="gelu_new", num_labels=3)
    model = randomize(BertForSequenceClassification(config), 3)
    batches = [bert_batch(seed, config, [7, 4, 6]) for seed in (3, 4)]
    with torch.no_grad():
        write_outputs("bert-classifier", {"classLogits": model(**bert_inputs(batches[0])).logits})

    def loss(model: nn.Module, batch: Batch) -> Tensor:
        return model(**bert_inputs(batch), labels=torch.tensor(batch["classes"])).loss

    write_training_run("bert-classifier", model, batches, loss, engine_config(config))


# LSTM


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
    texts = [ids(generator, length + 1, vocabulary) for length in lengths]
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
        self.attention = nn.ModuleDict(
            {f"{x}_layer": nn.Linear(width, width) for x in ("query", "key", "value")}
        )
        self.join = nn.ModuleDict(
            {"context": nn.Linear(width, width), "state": nn.Linear(width, width, bias=False)}
        )
        self.fc = nn.Linear(width, target)

    def forward(self, source: Tensor, lengths: list[int], inputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        packed = pack_padded_sequence(self.encoder.embedding(source), lengths, True, enforce_sorted=False)
        packed_states, final = self.encoder.lstm(packed)
        states, _ = pad_packed_sequence(packed_states, batch_first=True)
        output, _ = self.decoder.lstm(self.decoder.embedding(inputs), final)
        q, k = self.attention["query_layer"](output), self.attention["key_layer"](states)
        scores = (q @ k.transpose(1, 2)) / math.sqrt(q.shape[-1])
        pattern = scores.masked_fill(mask(lengths)[:, None] == 0, -math.inf).softmax(-1)
        context = pattern @ self.attention["value_layer"](states)
        joined = torch.tanh(self.join["context"](context) + self.join["state"](output))
        return output, pattern, self.fc(joined)


def pair_batch(seed: int, vocabularies: tuple[int, int], lengths: list[int], answers: list[int]) -> Batch:
    generator = torch.Generator().manual_seed(seed)
    sources = [ids(generator, length, vocabularies[0]) for length in lengths]
    targets = [[*ids(generator, length, vocabularies[1]), END] for length in answers]
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
    write_outputs(
        "lstm-seq2seq", {"states": states, "pattern": pattern, "logits": logits, "written": written}
    )
    write_training_run("lstm-seq2seq", model, batches, loss, config)


# Transformer


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
        out = model(
            **source(batches[0]), **inputs(batches[0]), output_hidden_states=True, output_attentions=True
        )
        written = greedy(
            lambda so_far: model(**source(batches[0]), decoder_input_ids=so_far).logits[:, -1], 3
        )
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


def main() -> None:
    write_bert()
    write_bert_classifier()
    write_lstm_lm()
    write_lstm_seq2seq()
    write_transformer_seq2seq()


if __name__ == "__main__":
    main()
