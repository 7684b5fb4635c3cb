"""BERT in plain PyTorch, as chapter 9.5 shows it: python3 -m training.bert_from_scratch [folder]

The page cuts its PyTorch listings out of this file. The command opens a BERT of public/models (bert-zh where no folder
is named) twice, here and as transformers' BertForPreTraining, and compares everything that comes out. It fails where
they differ by more than rounding.
"""

import json
import math
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, gelu
from transformers import BertForPreTraining

from .common.config import MODELS

TOLERANCE = 1e-4  # of the largest number
EPSILON = 1e-12


class BertEmbedding(nn.Module):
    def __init__(self, vocabulary: int, context: int, segments: int, width: int) -> None:
        super().__init__()
        # #region tables
        self.words = nn.Embedding(vocabulary, width)
        self.segments = nn.Embedding(segments, width)
        self.positions = nn.Embedding(context, width)
        self.norm = nn.LayerNorm(width, eps=EPSILON)
        # #endregion

    def forward(self, ids: Tensor, segments: Tensor) -> Tensor:
        # #region embedding
        places = torch.arange(ids.shape[-1])
        x = self.words(ids) + self.segments(segments) + self.positions(places)
        # #endregion
        # #region embedding-norm
        x = self.norm(x)
        # In training: x = dropout(x, 0.1)
        # #endregion
        return x


# #region layer-norm
def layer_norm(x: Tensor, gain: Tensor, bias: Tensor, epsilon: float) -> Tensor:
    mean = x.mean(-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(-1, keepdim=True)  # not / (n - 1)
    return (x - mean) / torch.sqrt(variance + epsilon) * gain + bias


# #endregion


class TransformerBlock(nn.Module):
    def __init__(self, width: int, inner: int, heads: int) -> None:
        super().__init__()
        # #region block-weights
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.output = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=EPSILON)
        self.expand, self.contract = nn.Linear(width, inner), nn.Linear(inner, width)
        self.feed_forward_norm = nn.LayerNorm(width, eps=EPSILON)
        # #endregion

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """x [tokens, width]; returns the same shape, and the pattern [heads, tokens, tokens]."""
        # #region block
        # #region query-key-value
        tokens, width = x.shape
        q, k, v = (
            linear(x).view(tokens, self.heads, -1).transpose(0, 1)  # [heads, tokens, width / heads]
            for linear in (self.query, self.key, self.value)
        )
        # #endregion
        # #region scores
        scores = q @ k.transpose(1, 2) / math.sqrt(width / self.heads)  # [heads, tokens, tokens]
        # #endregion
        # #region pattern
        pattern = scores.softmax(-1)  # every row sums to 1
        # #endregion
        # #region mixed
        mixed = pattern @ v  # [heads, tokens, width / heads]
        # #endregion
        # #region attention-output
        attended = self.output(mixed.transpose(0, 1).reshape(tokens, width))
        x = self.attention_norm(x + attended)
        # #endregion
        # #region feed-forward
        wide = gelu(self.expand(x))  # the exact one, with the error function
        fed = self.contract(wide)
        # #endregion
        # #region block-output
        x = self.feed_forward_norm(x + fed)
        # #endregion
        # #endregion
        return x, pattern


class Bert(nn.Module):
    def __init__(self, config: dict) -> None:
        super().__init__()
        vocabulary, width, heads = (config[k] for k in ("vocab_size", "hidden_size", "num_attention_heads"))
        context, segments = config["max_position_embeddings"], config.get("type_vocab_size", 2)
        self.embedding = BertEmbedding(vocabulary, context, segments, width)
        self.blocks = nn.ModuleList(
            TransformerBlock(width, config["intermediate_size"], heads) for _ in range(config["num_hidden_layers"])
        )
        self.pooler = nn.Linear(width, width)
        self.next_sentence = nn.Linear(width, 2)
        self.transform, self.transform_norm = nn.Linear(width, width), nn.LayerNorm(width, eps=EPSILON)
        self.bias = nn.Parameter(torch.zeros(vocabulary))

    # #region encoder
    def forward(self, ids: Tensor, segments: Tensor) -> list[Tensor]:
        states = [self.embedding(ids, segments)]
        for block in self.blocks:
            x, _ = block(states[-1])
            states.append(x)
        return states  # of every depth; the last one goes on to the heads

    # #endregion

    # #region pooler
    def next_sentence_logits(self, hidden: Tensor) -> Tensor:
        pooled = torch.tanh(self.pooler(hidden[0]))  # [CLS] alone
        return self.next_sentence(pooled)  # "follows", "does not"

    # #endregion

    # #region masked-lm
    def token_logits(self, hidden: Tensor) -> Tensor:
        x = self.transform_norm(gelu(self.transform(hidden)))
        return x @ self.embedding.words.weight.T + self.bias  # the table of words once more

    # #endregion

    # #region pretraining-loss
    def pretraining_loss(self, ids: Tensor, segments: Tensor, targets: Tensor, not_next: Tensor) -> Tensor:
        """targets [tokens]: what stood there, -100 where nothing is asked; not_next: 0 where the second follows."""
        hidden = self(ids, segments)[-1]
        words = cross_entropy(self.token_logits(hidden), targets)  # mean over the chosen places
        return words + cross_entropy(self.next_sentence_logits(hidden), not_next)

    # #endregion


# What the parts are called in a checkpoint of transformers.
NAMES = {
    "embedding.words": "bert.embeddings.word_embeddings",
    "embedding.segments": "bert.embeddings.token_type_embeddings",
    "embedding.positions": "bert.embeddings.position_embeddings",
    "embedding.norm": "bert.embeddings.LayerNorm",
    "pooler": "bert.pooler.dense",
    "next_sentence": "cls.seq_relationship",
    "transform": "cls.predictions.transform.dense",
    "transform_norm": "cls.predictions.transform.LayerNorm",
}
BLOCK_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "expand": "intermediate.dense",
    "contract": "output.dense",
    "feed_forward_norm": "output.LayerNorm",
}


# #region open
def open_bert(folder: Path) -> Bert:
    model = Bert(json.loads((folder / "config.json").read_text()))
    tensors = load_file(folder / "model.safetensors")
    weights = {name: tensors[stored_name(name)].float() for name in model.state_dict()}
    model.load_state_dict(weights)
    return model.eval()


# #endregion


# #region pretraining-step
def pretraining_step(model: Bert, optimizer: torch.optim.Optimizer, *batch: Tensor) -> float:
    optimizer.zero_grad()
    loss = model.pretraining_loss(*batch)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return loss.item()


# #endregion


def stored_name(name: str) -> str:
    """blocks.3.query.weight → bert.encoder.layer.3.attention.self.query.weight"""
    if name == "bias":
        return "cls.predictions.bias"
    part, kind = name.rsplit(".", 1)
    if not part.startswith("blocks."):
        return f"{NAMES[part]}.{kind}"
    _, layer, inner = part.split(".")
    return f"bert.encoder.layer.{layer}.{BLOCK_NAMES[inner]}.{kind}"


def relative_error(ours: Tensor, theirs: Tensor) -> float:
    return ((ours - theirs).abs().max() / theirs.abs().max()).item()


@torch.no_grad()
def compare(folder: Path) -> dict[str, float]:
    """Largest relative differences to transformers, over pairs of random token ids of several lengths."""
    ours = open_bert(folder)
    theirs = BertForPreTraining.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
    context, vocabulary = ours.embedding.positions.num_embeddings, ours.embedding.words.num_embeddings
    generator = torch.Generator().manual_seed(1)
    errors: dict[str, float] = {}

    def note(name: str, own: Tensor, exact: Tensor) -> None:
        errors[name] = max(errors.get(name, 0.0), relative_error(own, exact))

    for length in (1, 2, 9, context):
        ids = torch.randint(vocabulary, (length,), generator=generator)
        segments = (torch.arange(length) > length // 2).long()
        out = theirs(ids[None], token_type_ids=segments[None], output_hidden_states=True, output_attentions=True)
        states = ours(ids, segments)
        for depth, (own, exact) in enumerate(zip(states, out.hidden_states, strict=True)):
            note(f"hidden state {depth}", own, exact[0])
        for layer, (block, x) in enumerate(zip(ours.blocks, states, strict=False)):
            note(f"pattern {layer}", block(x)[1], out.attentions[layer][0])
        note("token logits", ours.token_logits(states[-1]), out.prediction_logits[0])
        note("next-sentence logits", ours.next_sentence_logits(states[-1]), out.seq_relationship_logits[0])
        targets = ids.where(torch.arange(length) % 3 == 0, -100)
        pair = torch.tensor(length % 2)
        own = ours.pretraining_loss(ids, segments, targets, pair)
        exact = theirs(ids[None], token_type_ids=segments[None], labels=targets[None], next_sentence_label=pair[None])
        note("pretraining loss", own, exact.loss)
        norm = ours.embedding.norm
        note("layer_norm", layer_norm(states[0], norm.weight, norm.bias, EPSILON), norm(states[0]))
    parameters = sum(weight.numel() for weight in ours.parameters())
    assert parameters == theirs.num_parameters(), (parameters, theirs.num_parameters())
    print(f"{folder.name}: {parameters} parameters here and there")
    return errors


def check_step(folder: Path) -> None:
    """A step of pre-training makes the loss on its own sentences smaller."""
    model = open_bert(folder)
    ids = torch.randint(100, 1000, (12,), generator=torch.Generator().manual_seed(1))
    batch = (ids, (torch.arange(12) > 6).long(), ids.where(torch.arange(12) % 4 == 1, -100), torch.tensor(0))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=0.01)
    before, after = (pretraining_step(model, optimizer, *batch) for _ in range(2))
    print(f"pre-training loss {before:.3f}, behind a step {after:.3f}")
    assert after < before, (before, after)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else MODELS / "bert-zh"
    errors = compare(folder)
    check_step(folder)
    for name, error in errors.items():
        print(f"{name:24}{error:.1e}")
    worst = max(errors.values())
    assert worst < TOLERANCE, worst


if __name__ == "__main__":
    main()
