"""Fixtures of whole Hugging Face folders, tiny and untrained, with what transformers makes of them.

    python3 -m training.fixtures_folders

writes folders under src/engine/testdata/folders/, each as `save_pretrained` writes it, with an expected.json:

gpt2        GPT2LMHeadModel, byte-level BPE, a table padded beyond its tokens
bert        BertForPreTraining, WordPiece
distilbert  DistilBertForSequenceClassification as ONNX, for Transformers.js (needs onnx and onnxscript)
"""

import json
import shutil
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import (
    BertConfig,
    BertForPreTraining,
    DistilBertConfig,
    DistilBertForSequenceClassification,
    GPT2Config,
    GPT2LMHeadModel,
    PreTrainedTokenizerFast,
)

from .common.config import ROOT
from .fixtures_tokenizer import byte_tokenizer, word_piece_tokenizer

OUT = ROOT / "src" / "engine" / "testdata" / "folders"
SEED = 20261122
GPT2_TEXT = "Hello, 春眠不觉晓"
MASKED_TEXT = "春眠不[MASK]晓，hello world"
SECOND_TEXT = "处处闻啼鸟。"


def main() -> None:
    torch.manual_seed(SEED)
    shutil.rmtree(OUT, ignore_errors=True)
    write_gpt2(OUT / "gpt2")
    write_bert(OUT / "bert")
    write_distilbert(OUT / "distilbert")
    for path in sorted(OUT.rglob("*")):
        if path.is_file():
            path.chmod(0o644)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")


def write_gpt2(folder: Path) -> None:
    tokenizer = fast(byte_tokenizer())
    config = GPT2Config(
        vocab_size=384,  # 320 tokens, rounded up
        n_positions=32,
        n_embd=8,
        n_layer=1,
        n_head=2,
        bos_token_id=0,
        eos_token_id=0,
        initializer_range=0.5,
    )
    model = GPT2LMHeadModel(config).eval()
    write(folder, model, tokenizer)
    ids = tokenizer(GPT2_TEXT)["input_ids"]
    with torch.no_grad():
        logits = model(torch.tensor([ids])).logits[0, -1]
    expect(folder, {"text": GPT2_TEXT, "ids": ids, "logits": logits.tolist()})


def write_bert(folder: Path) -> None:
    tokenizer = fast(word_piece_tokenizer())
    config = BertConfig(vocab_size=len(tokenizer), max_position_embeddings=32, initializer_range=0.5, **SMALL)
    model = BertForPreTraining(config).eval()
    write(folder, model, tokenizer)
    encoded = tokenizer(MASKED_TEXT, SECOND_TEXT, return_token_type_ids=True)
    with torch.no_grad():
        output = model(**{key: torch.tensor([value]) for key, value in encoded.items()})
    mask = encoded["input_ids"].index(tokenizer.convert_tokens_to_ids("[MASK]"))
    expect(
        folder,
        {
            "texts": [MASKED_TEXT, SECOND_TEXT],
            "ids": encoded["input_ids"],
            "segments": encoded["token_type_ids"],
            "mask": mask,
            "logits": output.prediction_logits[0, mask].tolist(),
            "nextSentence": output.seq_relationship_logits[0].tolist(),
        },
    )


def write_distilbert(folder: Path) -> None:
    tokenizer = fast(word_piece_tokenizer(), mask_token="[MASK]", pad_token="[PAD]", unk_token="[UNK]")
    config = DistilBertConfig(
        vocab_size=len(tokenizer),
        max_position_embeddings=32,
        dim=16,
        hidden_dim=32,
        n_layers=1,
        n_heads=2,
        initializer_range=0.5,
        id2label={0: "消极", 1: "积极"},
        label2id={"消极": 0, "积极": 1},
        attn_implementation="eager",
    )
    config.architectures = ["DistilBertForSequenceClassification"]
    model = DistilBertForSequenceClassification(config).eval()
    config.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    encoded = tokenizer(MASKED_TEXT, return_tensors="pt")
    inputs = (encoded["input_ids"], encoded["attention_mask"])
    (folder / "onnx").mkdir()
    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("tokens", max=32)}
    program = torch.onnx.export(
        model,
        inputs,
        input_names=["input_ids", "attention_mask"],
        output_names=["logits"],
        dynamic_shapes=({**axes}, {**axes}),
        dynamo=True,
        external_data=False,
    )
    graph = program.model_proto
    # Where in the Python source each node comes from is most of the file.
    for part in (*graph.graph.node, *graph.graph.value_info, *graph.graph.input, *graph.graph.output, *graph.functions):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    graph.ClearField("metadata_props")
    (folder / "onnx" / "model.onnx").write_bytes(graph.SerializeToString())
    with torch.no_grad():
        probabilities = model(*inputs).logits[0].softmax(-1)
    expect(
        folder, {"text": MASKED_TEXT, "probabilities": dict(zip(("消极", "积极"), probabilities.tolist(), strict=True))}
    )


SMALL = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}


def fast(json_: dict[str, Any], **special: str) -> PreTrainedTokenizerFast:
    return PreTrainedTokenizerFast(tokenizer_object=Tokenizer.from_str(json.dumps(json_)), **special)


def write(folder: Path, model: torch.nn.Module, tokenizer: PreTrainedTokenizerFast) -> None:
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def expect(folder: Path, expected: dict[str, Any]) -> None:
    text = json.dumps(expected, ensure_ascii=False, separators=(",", ":")) + "\n"
    (folder / "expected.json").write_text(text)


if __name__ == "__main__":
    main()
