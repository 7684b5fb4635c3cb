"""Golden values of one text, computed by transformers in f32, for the parity tests of the engine."""

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import BertForPreTraining, BertForSequenceClassification, GPT2LMHeadModel


def outputs_of(blocks: nn.ModuleList) -> tuple[list[Tensor], list[torch.utils.hooks.RemovableHandle]]:
    """A list that every following pass fills with the output of each block, and the hooks that do it."""
    residual: list[Tensor] = []

    def keep(_: nn.Module, __: object, out: Tensor | tuple[Tensor, ...]) -> None:
        residual.append(out[0] if isinstance(out, tuple) else out)

    return residual, [block.register_forward_hook(keep) for block in blocks]


@torch.no_grad()
def gpt2_forward(model: GPT2LMHeadModel, ids: list[int]) -> dict[str, Tensor]:
    """`ids`, `embed`, the residual stream behind every block (`resid.0` …), `attn.0` …, `ln_f`, `logits`.

    The last hidden state of transformers is already behind ln_f, hence the hooks. The model is to be opened with
    `attn_implementation="eager"`, which alone returns attention.
    """
    residual, hooks = outputs_of(model.transformer.h)
    out = model(torch.tensor([ids]), output_attentions=True, output_hidden_states=True)
    for hook in hooks:
        hook.remove()
    return {
        "ids": torch.tensor(ids, dtype=torch.int32),
        "embed": out.hidden_states[0][0],
        "ln_f": out.hidden_states[-1][0],
        "logits": out.logits[0],
        **{f"resid.{i}": layer[0] for i, layer in enumerate(residual)},
        **{f"attn.{i}": layer[0] for i, layer in enumerate(out.attentions)},
    }


@torch.no_grad()
def bert_forward(
    model: BertForPreTraining | BertForSequenceClassification, ids: list[int], segments: list[int]
) -> dict[str, Tensor]:
    """`ids`, `segments`, `embed`, `resid.0` …, `attn.0` …; logits of the heads: `words` and `pair`, or `classes`."""
    out = model(
        input_ids=torch.tensor([ids]),
        token_type_ids=torch.tensor([segments]),
        output_attentions=True,
        output_hidden_states=True,
    )
    pretraining = isinstance(model, BertForPreTraining)
    heads = (
        {"words": out.prediction_logits[0], "pair": out.seq_relationship_logits[0]}
        if pretraining
        else {"classes": out.logits[0]}
    )
    return {
        "ids": torch.tensor(ids, dtype=torch.int32),
        "segments": torch.tensor(segments, dtype=torch.int32),
        "embed": out.hidden_states[0][0],
        **{f"resid.{i}": layer[0] for i, layer in enumerate(out.hidden_states[1:])},
        **{f"attn.{i}": layer[0] for i, layer in enumerate(out.attentions)},
        **heads,
    }


def write_forward(path: Path, texts: dict[str, dict[str, Tensor]]) -> None:
    """One file for all texts: `<text>.<tensor>`."""
    tensors = {
        f"{name}.{key}": tensor.clone().contiguous() for name, part in texts.items() for key, tensor in part.items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path)
    path.chmod(0o644)  # save_file leaves it to the owner alone
    print(f"{path} {path.stat().st_size} bytes")
