"""Golden files of T5: what transformers makes of tiny models of its kinds, with random weights.

    python3 -m training.fixtures_t5

training/, models/  t5: the first T5 (ReLU, its head the table of the words); mt5: gated GELU and a head of its own
t5-decoding.json    what `generate()` writes with the model t5, greedily and with beams
t5-buckets.json     the buckets of relative positions, in both directions
folders/            t5, t5-v1_1, mt5: whole folders as `save_pretrained` writes them, with a Unigram tokenizer.json,
                    and an expected.json with ids, logits, and what is written
"""

import json
import shutil
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from torch import Tensor, nn
from transformers import (
    MT5Config,
    MT5ForConditionalGeneration,
    PreTrainedModel,
    T5Config,
    T5ForConditionalGeneration,
    T5Tokenizer,
)
from transformers.models.t5.modeling_t5 import T5Attention

from .common.config import ROOT
from .fixtures_common import (
    IGNORED,
    TESTDATA,
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
from .fixtures_decoding import NAMES, Settings

PAD, END = 0, 1
VOCABULARY = 29
# Distances of 14 tokens reach the buckets that several of them share, and the last one.
SMALL = {
    "vocab_size": VOCABULARY,
    "relative_attention_num_buckets": 8,
    "relative_attention_max_distance": 12,
    "dropout_rate": 0.0,
    "pad_token_id": PAD,
    "eos_token_id": END,
    "decoder_start_token_id": PAD,
    "attn_implementation": "eager",
}
GREEDY_TOKENS = 6
SENTENCE = "translate English to German: The house is wonderful."


def t5_model() -> tuple[dict[str, Any], nn.Module]:
    sizes = {"d_model": 12, "d_kv": 4, "d_ff": 20, "num_layers": 3, "num_decoder_layers": 2, "num_heads": 2}
    config = T5Config(**SMALL, **sizes)
    return config.to_dict(), widened(randomize(T5ForConditionalGeneration(config), 5))


def mt5_model() -> tuple[dict[str, Any], nn.Module]:
    # Together the heads are wider than the stream, and none of these sizes is a multiple of four.
    sizes = {"d_model": 10, "d_kv": 5, "d_ff": 18, "num_layers": 2, "num_heads": 3}
    config = MT5Config(**SMALL, **sizes, feed_forward_proj="gated-gelu")
    model = MT5ForConditionalGeneration(config)
    untie(model)
    return config.to_dict(), widened(randomize(model, 6))


def untie(model: PreTrainedModel) -> None:
    """transformers 5 ties every T5 that it makes, and unties those whose files have two tables."""
    model.lm_head.weight = nn.Parameter(torch.zeros_like(model.shared.weight))


def widened(model: nn.Module) -> nn.Module:
    """Biases that are seen in the attention."""
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "relative_attention_bias" in name:
                weight.mul_(4.0)
    return model


def pair_batch(seed: int) -> Batch:
    """Sources and targets of several lengths, padded; the decoder reads the start and the target but for its last."""
    generator = torch.Generator().manual_seed(seed)
    source_lengths, target_lengths = [14, 3, 9], [5, 14, 8]
    sources = [random_ids(generator, n, VOCABULARY) for n in source_lengths]
    targets = [[*random_ids(generator, n - 1, VOCABULARY), END] for n in target_lengths]
    return {
        "sourceIds": padded(sources),
        "sourceLengths": source_lengths,
        "inputIds": padded([[PAD, *target[:-1]] for target in targets]),
        "inputLengths": target_lengths,
        "targets": padded(targets, IGNORED),
    }


def source_of(batch: Batch) -> dict[str, Any]:
    rows = len(batch["sourceLengths"])
    return {"input_ids": matrix(batch["sourceIds"], rows), "attention_mask": mask(batch["sourceLengths"])}


def inputs_of(batch: Batch) -> dict[str, Any]:
    rows = len(batch["inputLengths"])
    return {
        "decoder_input_ids": matrix(batch["inputIds"], rows),
        "decoder_attention_mask": mask(batch["inputLengths"]),
        "use_cache": False,
    }


def loss(model: nn.Module, batch: Batch) -> Tensor:
    labels = matrix(batch["targets"], len(batch["inputLengths"]))
    return model(**source_of(batch), **inputs_of(batch), labels=labels).loss


def greedy(model: nn.Module, batch: Batch) -> Tensor:
    """The likeliest tokens, whether or not one of them ends the text."""
    source = source_of(batch)
    written = torch.full((len(batch["sourceLengths"]), 1), PAD)
    for _ in range(GREEDY_TOKENS):
        logits = model(**source, decoder_input_ids=written, use_cache=False).logits[:, -1]
        written = torch.cat([written, logits.argmax(-1, keepdim=True)], 1)
    return written[:, 1:]


def write_model(name: str, config: dict[str, Any], model: nn.Module) -> None:
    batches = [pair_batch(seed) for seed in (7, 8)]
    model = model.float().double().eval()  # what is stored in f32
    with torch.no_grad():
        out = model(**source_of(batches[0]), **inputs_of(batches[0]), output_hidden_states=True, output_attentions=True)
        written = greedy(model, batches[0])
    assert torch.equal(out.encoder_hidden_states[-1], out.encoder_last_hidden_state)  # behind the last norm
    outputs = {
        **stacked("encoderHidden", out.encoder_hidden_states),
        **stacked("encoderAttention", out.encoder_attentions),
        **stacked("decoderHidden", out.decoder_hidden_states),
        **stacked("decoderAttention", out.decoder_attentions),
        **stacked("crossAttention", out.cross_attentions),
        "logits": out.logits,
        "written": written,
    }
    write_outputs(name, outputs)
    write_training_run(name, model, batches, loss, config)


# Names are those of the engine's settings.
DECODING: tuple[Settings, ...] = (
    {},
    {"repetitionPenalty": 1.7, "noRepeatNgramSize": 2},
    {"numBeams": 2},
    {"numBeams": 4, "numReturnSequences": 4},
    {"numBeams": 4, "numReturnSequences": 2, "earlyStopping": True, "lengthPenalty": 0.6},
    {"numBeams": 4, "earlyStopping": "never", "lengthPenalty": 2.0},
    {"numBeams": 3, "numReturnSequences": 3, "noRepeatNgramSize": 2, "repetitionPenalty": 1.3},
)
FILTERS: tuple[Settings, ...] = (
    {"temperature": 0.7, "topK": 10},
    {"temperature": 1.3, "topK": 20, "topP": 0.8, "repetitionPenalty": 1.2, "noRepeatNgramSize": 2},
)
NEW_TOKENS = 12


def generate(model: PreTrainedModel, source: list[int], settings: Settings, **rest: Any) -> Any:
    """`generate()` with everything off that the settings leave out."""
    given = {NAMES[key]: value for key, value in settings.items()}
    return model.generate(
        torch.tensor([source]),
        output_scores=True,
        return_dict_in_generate=True,
        **{"do_sample": False, **given, **rest},
    )


def written_by(model: PreTrainedModel, source: list[int], settings: Settings) -> dict[str, Any]:
    """What it writes, without the start and the padding; of beams their scores."""
    out = generate(model, source, settings, max_new_tokens=NEW_TOKENS)
    texts = [row[1:].tolist() for row in out.sequences]
    texts = [text[: text.index(END) + 1] if END in text else text for text in texts]
    scores = [round(score, 6) for score in out.sequences_scores.tolist()] if "numBeams" in settings else None
    own = {**settings, "maxNewTokens": NEW_TOKENS, "endIds": [END]}
    return {"source": source, "prompt": [PAD], "settings": own, "texts": texts, "scores": scores}


def filtered(model: PreTrainedModel, source: list[int], settings: Settings) -> dict[str, Any]:
    """The distribution that sampling draws the next token from: ids that are left, and their probabilities."""
    history = [PAD, *source[:4]]
    started = {"decoder_input_ids": torch.tensor([history]), "max_new_tokens": 1, "do_sample": True}
    out = generate(model, source, settings, **{"top_k": 0, **started} if "topK" not in settings else started)
    probabilities = out.scores[0][0].softmax(-1)
    kept = probabilities.nonzero().flatten().tolist()
    found = {"kept": kept, "probabilities": [round(p, 6) for p in probabilities[kept].tolist()]}
    return {"source": source, "history": history, "settings": settings, **found}


def write_decoding(model: PreTrainedModel) -> None:
    model = model.double().eval()
    generator = torch.Generator().manual_seed(9)
    sources = [[*random_ids(generator, n, VOCABULARY), END] for n in (4, 9, 15)]
    runs = [written_by(model, source, settings) for source in sources for settings in DECODING]
    texts = [text for run in runs for text in run["texts"]]
    print(f"t5-decoding: {sum(text[-1] == END for text in texts)} of {len(texts)} texts end")
    filters = [filtered(model, source, settings) for source in sources[:2] for settings in FILTERS]
    write_json(TESTDATA / "t5-decoding.json", {"runs": runs, "filters": filters})


def write_buckets() -> None:
    cases = []
    for buckets, distance in ((32, 128), (8, 12), (32, 64), (7, 20), (16, 1000)):
        for both in (True, False):
            offsets = torch.arange(-1100, 1101)
            found = T5Attention._relative_position_bucket(offsets, both, buckets, distance)
            shape = {"buckets": buckets, "maxDistance": distance, "bothWays": both}
            cases.append({"positions": shape, "first": -1100, "found": found.tolist()})
    write_json(TESTDATA / "t5-buckets.json", cases)


def unigram_tokenizer() -> T5Tokenizer:
    """Of T5's kind, trained on a few sentences."""
    inner = Tokenizer(models.Unigram())
    inner.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    special = ["<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(vocab_size=120, special_tokens=special, unk_token="<unk>", show_progress=False)
    inner.train_from_iterator(
        [
            SENTENCE,
            "translate English to German: The garden is small and green.",
            "summarize: a house with a wonderful garden stands near the water.",
            "Das Haus ist wunderbar.",
            "Der Garten ist klein und grün.",
            "春江花月夜，春眠不觉晓。",
        ],
        trainer,
    )
    vocabulary = [tuple(piece) for piece in json.loads(inner.to_str())["model"]["vocab"]]
    extra = 4
    vocabulary += [(f"<extra_id_{i}>", 0.0) for i in reversed(range(extra))]
    return T5Tokenizer(vocab=vocabulary, extra_ids=extra)


def write_folders() -> None:
    tokenizer = unigram_tokenizer()
    size = -(-len(tokenizer) // 8) * 8 + 8  # a table padded beyond its tokens
    common = {**SMALL, "vocab_size": size, "d_model": 16, "d_kv": 8, "d_ff": 24, "num_layers": 2, "num_heads": 2}
    first = T5ForConditionalGeneration(T5Config(**common))
    second = T5ForConditionalGeneration(T5Config(**common, feed_forward_proj="gated-gelu", tie_word_embeddings=False))
    untie(second)
    many = MT5ForConditionalGeneration(MT5Config(**{**common, "num_heads": 3}))
    untie(many)
    for seed, (name, model) in enumerate({"t5": first, "t5-v1_1": second, "mt5": many}.items()):
        write_folder(TESTDATA / "folders" / name, widened(randomize(model, 20 + seed)).float().eval(), tokenizer)


def write_folder(folder: Path, model: PreTrainedModel, tokenizer: T5Tokenizer) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    opened = type(model).from_pretrained(folder, attn_implementation="eager").eval()
    ids = tokenizer(SENTENCE)["input_ids"]
    target = [PAD, *tokenizer("Das Haus")["input_ids"][:-1]]
    with torch.no_grad():
        logits = opened(torch.tensor([ids]), decoder_input_ids=torch.tensor([target])).logits[0]
    written = [written_by(opened, ids, own) for own in ({}, {"numBeams": 4, "numReturnSequences": 2})]
    for run in written:
        run["decoded"] = [tokenizer.decode(text, skip_special_tokens=True) for text in run["texts"]]
    expected = {"text": SENTENCE, "ids": ids, "target": target, "logits": logits.flatten().tolist(), "written": written}
    write_json(folder / "expected.json", expected)
    for path in sorted(folder.iterdir()):
        path.chmod(0o644)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")


def write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def main() -> None:
    torch.manual_seed(4)
    config, model = t5_model()
    write_decoding(model)
    write_model("t5", *t5_model())
    write_model("mt5", *mt5_model())
    write_buckets()
    write_folders()


if __name__ == "__main__":
    main()
