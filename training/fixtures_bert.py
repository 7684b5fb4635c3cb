"""Golden files of BERT: two blocks of transformers' own.

bert             BertForPreTraining (masked tokens and next sentence; GELU), with every intermediate that the engine
                 can trace: bert-traces.safetensors
bert-classifier  BertForSequenceClassification (GELU's tanh form), with what gradients say of the tokens of each text
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertForPreTraining, BertForSequenceClassification

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
    rows = [random_ids(generator, length, config.vocab_size) for length in lengths]
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

    hooks = [model.get_submodule(path).register_forward_hook(note(name, side)) for name, (path, side) in places.items()]
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


# The baseline has this token in the place of all but the first and the last.
HIDDEN = 1
STEPS = 16  # of integrated gradients


def log_odds(logits: Tensor, chosen: int) -> Tensor:
    others = [i for i in range(len(logits)) if i != chosen]
    return logits[chosen] - logits[others].logsumexp(0)


def bert_attributions(model: BertForSequenceClassification, batch: Batch) -> dict[str, Tensor]:
    """Of each text of the batch alone: gradient × input, and integrated gradients by the midpoint rule, of the log-odds
    of its class by its word embeddings, summed over the width."""
    inputs = bert_inputs(batch)
    words = model.bert.embeddings.word_embeddings.weight.detach()
    found: dict[str, list[Tensor]] = {"gradientTimesInput": [], "integratedGradients": []}
    for row, (length, chosen) in enumerate(zip(batch["lengths"], batch["classes"], strict=True)):
        ids = inputs["input_ids"][row, :length]
        segments = inputs["token_type_ids"][row : row + 1, :length]
        hidden = ids.clone()
        hidden[1:-1] = HIDDEN
        text, baseline = words[ids], words[hidden]

        def gradient(point: Tensor, segments: Tensor = segments, chosen: int = chosen) -> Tensor:
            point = point.detach().requires_grad_()
            logits = model(inputs_embeds=point[None], token_type_ids=segments).logits[0]
            return torch.autograd.grad(log_odds(logits, chosen), point)[0]

        points = [baseline + (step + 0.5) / STEPS * (text - baseline) for step in range(STEPS)]
        mean = torch.stack([gradient(point) for point in points]).mean(0)
        found["gradientTimesInput"].append((gradient(text) * text).sum(-1))
        found["integratedGradients"].append((mean * (text - baseline)).sum(-1))
    return {key: tensor for name, all in found.items() for key, tensor in stacked(name, tuple(all)).items()}


def write_bert_classifier() -> None:
    config = bert_config(hidden_act="gelu_new", num_labels=3)
    model = randomize(BertForSequenceClassification(config), 3)
    batches = [bert_batch(seed, config, [7, 4, 6]) for seed in (3, 4)]
    with torch.no_grad():
        outputs = {"classLogits": model(**bert_inputs(batches[0])).logits}
    write_outputs("bert-classifier", outputs | bert_attributions(model, batches[0]))

    def loss(model: nn.Module, batch: Batch) -> Tensor:
        return model(**bert_inputs(batch), labels=torch.tensor(batch["classes"])).loss

    write_training_run("bert-classifier", model, batches, loss, engine_config(config))
