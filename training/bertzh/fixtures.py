"""Golden files of bert-zh: forward.safetensors, the model's own tensors of a sentence with a gap and of a pair of
sentences; drawn.safetensors, what the demos of chapter 9.4 work out of such tensors and draw."""

from itertools import combinations
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn.functional import cosine_similarity
from transformers import AutoTokenizer, BertForPreTraining, PreTrainedTokenizerBase

from ..common.config import Config
from ..common.golden import bert_forward, write_forward

TEXTS = {"a": ("今天天气很[MASK]。",), "b": ("我去超市买[MASK]果。", "苹果五块钱一斤。")}

HIDDEN = "猫坐在椅子上。"
HIDDEN_PLACE = 4  # 椅, with [CLS] at 0


def write_fixtures(config: Config, folder: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(config.model_folder)
    model = BertForPreTraining.from_pretrained(
        config.model_folder, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    texts = {}
    for name, text in TEXTS.items():
        batch = tokenizer(*text)
        texts[name] = bert_forward(model, batch["input_ids"], batch["token_type_ids"])
    write_forward(folder / "forward.safetensors", texts)
    write_drawn(folder / "drawn.safetensors", model, tokenizer)


@torch.no_grad()
def write_drawn(path: Path, model: BertForPreTraining, tokenizer: PreTrainedTokenizerBase) -> None:
    pair = tokenizer(*TEXTS["b"], return_tensors="pt")
    tensors = {
        "drops": drops(model, tokenizer),
        **{f"cosines.{name}": tensor for name, tensor in cosines(model, pair).items()},
        "follows": model(**pair).seq_relationship_logits.softmax(-1)[0, :1],
        **pooled(model, tokenizer(HIDDEN, return_tensors="pt")),
    }
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, path)
    path.chmod(0o644)  # save_file leaves it to the owner alone
    print(f"{path} {path.stat().st_size} bytes")


def drops(model: BertForPreTraining, tokenizer: PreTrainedTokenizerBase) -> Tensor:
    """[other characters]: ln p of the character at HIDDEN_PLACE, less its ln p with one more hidden, in their order."""
    ids = tokenizer(HIDDEN, return_tensors="pt")["input_ids"][0]
    answer = ids[HIDDEN_PLACE].item()

    def log_probability(*hidden: int) -> Tensor:
        seen = ids.clone()
        seen[list(hidden)] = tokenizer.mask_token_id
        logits = model(input_ids=seen[None]).prediction_logits
        return logits[0, HIDDEN_PLACE].log_softmax(-1)[answer]

    others = [place for place in range(1, len(ids) - 1) if place != HIDDEN_PLACE]
    return torch.stack([log_probability(HIDDEN_PLACE) - log_probability(HIDDEN_PLACE, place) for place in others])


def cosines(model: BertForPreTraining, pair: dict[str, Tensor]) -> dict[str, Tensor]:
    """Of every two places, [places, places], by the trace's name; `parts`: of every two of the embeddings that a place
    adds up (token and segment, token and position, segment and position), [places, 3]."""
    embeddings = model.bert.embeddings
    words = embeddings.word_embeddings(pair["input_ids"][0])
    segments = embeddings.token_type_embeddings(pair["token_type_ids"][0])
    positions = embeddings.position_embeddings.weight[: len(words)]
    total = words + segments + positions
    vectors = {"embed": words, "embed_sum": total, "full_embed": embeddings.LayerNorm(total)}
    return {
        **{name: cosine_similarity(v[:, None], v[None], dim=-1) for name, v in vectors.items()},
        "parts": torch.stack(
            [cosine_similarity(a, b, dim=-1) for a, b in combinations((words, segments, positions), 2)], dim=1
        ),
    }


def pooled(model: BertForPreTraining, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """`cls`: the vector of [CLS], `mean`: the mean over the characters; behind the embeddings and every block,
    [layers + 1, width]."""
    states = model(**batch, output_hidden_states=True).hidden_states
    layers = torch.stack([state[0] for state in states])
    return {"cls": layers[:, 0], "mean": layers[:, 1:-1].mean(1)}
