"""Golden files of a tiny GPT-2 with random weights: python3 -m training.fixtures_gpt2

training/gpt2-tiny.*         a training run (fixtures_common); its first weights are those of the model below
gpt2-tiny/forward.safetensors
    `ids`; `trace.<name>`, every intermediate under the engine's names; `lens.<layer>`, the logit lens on each
    `resid_post`; `rows` and `shuffled`, other rows of the position table and the logits with them; `none`,
    the logits without positions; `input.gradient`, of the last token's largest logit by the
    token embeddings
gpt2-tiny/variants.*
    the same weights under other settings of `GPT2Config`: `<variant>.<name>` of some intermediates, and
    `<variant>.input.gradient`; the JSON has every setting that there is, and what each variant changes
"""

import json
from collections.abc import Callable
from dataclasses import fields

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedConfig

from .fixtures_common import TESTDATA, Batch, write_training_run

SHAPE = {"vocab_size": 61, "n_positions": 16, "n_embd": 24, "n_head": 3, "n_layer": 2}
SEED = 5
# Texts of several lengths; the second batch counts every token alike.
BATCHES: list[Batch] = [
    {
        "ids": [7, 3, 44, 60, 12, 3, 9, 21, 5, 30, 0, 0, 0, 0, 18, 18, 2, 51, 33, 0, 0],
        "lengths": [7, 3, 5],
        "weights": [1, 1, 0.5, 0, 2, 1, 1, 1, 0.25, 1, 0, 0, 0, 0, 1, 1, 3, 1, 1, 0, 0],
    },
    {
        "ids": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 59, 58, 57, 56, 55, 54, 53, 0],
        "lengths": [9, 8],
        "weights": [1] * 18,
    },
]
IDS = [7, 3, 44, 60, 12, 3, 9, 21, 33]
ROWS = [3, 8, 0, 15, 1, 2, 7, 5, 11]
VARIANTS = {
    "gelu": {"activation_function": "gelu"},
    "relu": {"activation_function": "relu"},
    "silu": {"activation_function": "silu"},
    "tanh": {"activation_function": "tanh"},
    "by layer": {"scale_attn_by_inverse_layer_idx": True},
    "unscaled": {"scale_attn_weights": False},
    "by layer alone": {"scale_attn_weights": False, "scale_attn_by_inverse_layer_idx": True},
}
# Of the last block what a setting changes; and what comes of it.
KEPT = ["blocks.1.attn.q", "blocks.1.attn.scores", "blocks.1.mlp.post", "blocks.1.resid_post", "logits"]


def random_model(**settings: object) -> GPT2LMHeadModel:
    """The same weights whatever is set, as large as a trained model's: attention looks somewhere and GELU bends."""
    torch.manual_seed(SEED)
    quiet = {"attn_pdrop": 0.0, "embd_pdrop": 0.0, "resid_pdrop": 0.0, "bos_token_id": 0, "eos_token_id": 0}
    config = GPT2Config(**SHAPE, **quiet, attn_implementation="eager", **settings)
    model = GPT2LMHeadModel(config).eval()
    for name, weight in model.named_parameters():
        gain = "ln_" in name and name.endswith("weight")
        nn.init.normal_(weight, mean=1.0 if gain else 0.0, std=0.25 if weight.ndim == 2 else 0.1)
    return model.float().double()  # what is stored is what is computed with


def loss(model: nn.Module, batch: Batch) -> Tensor:
    """Mean cross-entropy of the next tokens by their weights."""
    lengths, ids = batch["lengths"], torch.tensor(batch["ids"]).view(len(batch["lengths"]), -1)
    targets = torch.full_like(ids, -100)
    for row, length in enumerate(lengths):
        targets[row, : length - 1] = ids[row, 1:length]
    weights = torch.tensor(batch["weights"], dtype=torch.float64).view_as(ids)
    losses = F.cross_entropy(model(ids).logits.flatten(0, 1), targets.flatten(), ignore_index=-100, reduction="none")
    return (losses * weights.flatten()).sum() / (weights * (targets >= 0)).sum()


def norm_scale(x: Tensor, epsilon: float) -> Tensor:
    return (x.var(-1, unbiased=False, keepdim=True) + epsilon).sqrt()


def trace(model: GPT2LMHeadModel, ids: Tensor) -> dict[str, Tensor]:
    """Every intermediate, as TransformerLens calls it, for one text."""
    found: dict[str, Tensor] = {}
    handles = []

    def on(module: nn.Module, keep: Callable[[Tensor, Tensor], None]) -> None:
        def hook(_: nn.Module, inputs: tuple[Tensor, ...], output: Tensor | tuple[Tensor, ...]) -> None:
            keep(inputs[0], output[0] if isinstance(output, tuple) else output)

        handles.append(module.register_forward_hook(hook))

    def put(name: str, which: str) -> Callable[[Tensor, Tensor], None]:
        def keep(inputs: Tensor, output: Tensor) -> None:
            found[name] = (inputs if which == "input" else output)[0]

        return keep

    body, epsilon, width = model.transformer, model.config.layer_norm_epsilon, model.config.n_embd
    heads = (model.config.n_head, width // model.config.n_head)

    def norm(module: nn.Module, name: str) -> None:
        on(module, put(f"{name}.normalized", "output"))
        on(module, lambda x, _: found.update({f"{name}.scale": norm_scale(x[0], epsilon)}))

    on(body.wte, put("embed", "output"))
    on(body.wpe, put("pos_embed", "output"))
    for i, block in enumerate(body.h):
        name = f"blocks.{i}"
        on(block, put(f"{name}.resid_pre", "input"))
        norm(block.ln_1, f"{name}.ln1")
        on(block.attn.c_attn, put(f"{name}.attn.qkv", "output"))
        on(block.attn.c_proj, put(f"{name}.attn.z", "input"))
        on(block.attn.c_proj, put(f"{name}.attn_out", "output"))
        on(block.ln_2, put(f"{name}.resid_mid", "input"))
        norm(block.ln_2, f"{name}.ln2")
        on(block.mlp.c_fc, put(f"{name}.mlp.pre", "output"))
        on(block.mlp.act, put(f"{name}.mlp.post", "output"))
        on(block.mlp.c_proj, put(f"{name}.mlp_out", "output"))
        on(block, put(f"{name}.resid_post", "output"))
    norm(body.ln_f, "ln_final")
    on(model.lm_head, put("logits", "output"))
    attentions = model(ids[None], output_attentions=True).attentions
    for handle in handles:
        handle.remove()

    future = torch.ones(len(ids), len(ids), dtype=torch.bool).triu(1)
    for i, pattern in enumerate(attentions):
        name = f"blocks.{i}.attn"
        q, k, v = (part.unflatten(-1, heads) for part in found.pop(f"{name}.qkv").split(width, -1))
        scores = torch.einsum("qhc,khc->hqk", q, k) * body.h[i].attn.scaling
        found |= {f"{name}.q": q, f"{name}.k": k, f"{name}.v": v, f"{name}.pattern": pattern[0]}
        found[f"{name}.scores"] = scores.masked_fill(future, float("-inf"))
        found[f"{name}.z"] = found[f"{name}.z"].unflatten(-1, heads)
    return found


def input_gradient(model: GPT2LMHeadModel, ids: Tensor) -> Tensor:
    """Of the last token's largest logit, by the token embeddings."""
    embedded = model.transformer.wte(ids[None]).detach().requires_grad_()
    (gradient,) = torch.autograd.grad(model(inputs_embeds=embedded).logits[0, -1].max(), embedded)
    return gradient[0]


def write_variants(plain: GPT2LMHeadModel) -> None:
    ids = torch.tensor(IDS)
    tensors: dict[str, Tensor] = {}
    for name, settings in VARIANTS.items():
        model = random_model(**settings)
        same = zip(plain.parameters(), model.parameters(), strict=True)
        if not all(torch.equal(own, other) for own, other in same):
            raise ValueError(f"{name} has other weights")
        with torch.no_grad():
            traced = trace(model, ids)
        tensors |= {f"{name}.{key}": traced[key] for key in KEPT}
        tensors[f"{name}.input.gradient"] = input_gradient(model, ids)
    with torch.no_grad():
        upcast = random_model(reorder_and_upcast_attn=True).float()(ids[None]).logits
        # In another order, nothing else.
        torch.testing.assert_close(upcast.double(), plain(ids[None]).logits, rtol=1e-4, atol=1e-4)
    path = TESTDATA / "gpt2-tiny" / "variants.safetensors"
    save_file({name: t.detach().float().contiguous().clone() for name, t in tensors.items()}, path)
    path.chmod(0o644)
    common = {field.name for field in fields(PreTrainedConfig)}
    settings = sorted(field.name for field in fields(GPT2Config) if field.name not in common)
    listed = json.dumps({"settings": settings, "kept": KEPT, "variants": VARIANTS}, indent=2)
    path.with_suffix(".json").write_text(f"{listed}\n")
    print(f"{path} {path.stat().st_size} bytes, {len(VARIANTS)} variants, {len(settings)} settings")


def write_forward(model: GPT2LMHeadModel) -> None:
    ids = torch.tensor(IDS)
    with torch.no_grad():
        traced = trace(model, ids)
        lens = {
            f"lens.{i}": model.lm_head(model.transformer.ln_f(traced[f"blocks.{i}.resid_post"]))
            for i in range(SHAPE["n_layer"])
        }
        positions = model.transformer.wpe.weight.clone()
        shuffled = model(ids[None], position_ids=torch.tensor([ROWS])).logits[0]
        model.transformer.wpe.weight.zero_()
        none = model(ids[None]).logits[0]
        model.transformer.wpe.weight.copy_(positions)
    tensors = {
        **{f"trace.{name}": tensor for name, tensor in traced.items()},
        **lens,
        "shuffled": shuffled,
        "none": none,
        "input.gradient": input_gradient(model, ids),
    }
    path = TESTDATA / "gpt2-tiny" / "forward.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    integers = {"ids": ids.int(), "rows": torch.tensor(ROWS).int()}
    save_file({**integers, **{name: t.float().contiguous().clone() for name, t in tensors.items()}}, path)
    path.chmod(0o644)  # save_file leaves it to the owner alone
    print(f"{path} {path.stat().st_size} bytes, {len(traced)} intermediates")


def main() -> None:
    model = random_model()
    write_forward(model)
    write_variants(model)
    config = {"model_type": "gpt2", **SHAPE}
    write_training_run("gpt2-tiny", model, BATCHES, loss, config)


if __name__ == "__main__":
    main()
