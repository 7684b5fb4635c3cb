"""Fixtures of whole Hugging Face folders, tiny and untrained, with what transformers makes of them.

    python3 -m training.fixtures_folders

writes folders under src/engine/testdata/folders/, each as `save_pretrained` writes it, with an expected.json:

gpt2        GPT2LMHeadModel, byte-level BPE, a table padded beyond its tokens
bert        BertForPreTraining, WordPiece
distilbert  DistilBertForSequenceClassification as ONNX, for Transformers.js (needs onnx and onnxscript)
answers     DistilBertForQuestionAnswering likewise, with most of its weights beside the ONNX file
"""

import json
import shutil
from pathlib import Path
from typing import Any

import onnx
import torch
from tokenizers import Tokenizer
from transformers import (
    BertConfig,
    BertForPreTraining,
    DistilBertConfig,
    DistilBertForQuestionAnswering,
    DistilBertForSequenceClassification,
    GPT2Config,
    GPT2LMHeadModel,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)

from .common.config import ROOT
from .fixtures_tokenizer import byte_tokenizer, word_piece_tokenizer

OUT = ROOT / "src" / "engine" / "testdata" / "folders"
SEED = 20261122
GPT2_TEXT = "Hello, 春眠不觉晓"
MASKED_TEXT = "春眠不[MASK]晓，hello world"
SECOND_TEXT = "处处闻啼鸟。"
QUESTION = "春江花月夜，world?"
CONTEXT = "春眠不觉晓，处处闻啼鸟。hello world"


def main() -> None:
    torch.manual_seed(SEED)
    shutil.rmtree(OUT, ignore_errors=True)
    write_gpt2(OUT / "gpt2")
    write_bert(OUT / "bert")
    write_distilbert(OUT / "distilbert")
    write_answers(OUT / "answers")
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
    labels = ("消极", "积极")
    config = distilbert_config(
        len(tokenizer), id2label=dict(enumerate(labels)), label2id={label: i for i, label in enumerate(labels)}
    )
    model = DistilBertForSequenceClassification(config).eval()
    encoded = tokenizer(MASKED_TEXT, return_tensors="pt")
    inputs = (encoded["input_ids"], encoded["attention_mask"])
    write_onnx(folder, model, tokenizer, inputs, ["logits"])
    with torch.no_grad():
        probabilities = model(*inputs).logits[0].softmax(-1)
    expect(folder, {"text": MASKED_TEXT, "probabilities": dict(zip(labels, probabilities.tolist(), strict=True))})


def write_answers(folder: Path) -> None:
    special = {"cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]", "unk_token": "[UNK]"}
    tokenizer = fast(word_piece_tokenizer(), **special)
    # As of exports of more than 2 GB: the ONNX file holds the graph, a second one the weights.
    settings = {"transformers.js_config": {"use_external_data_format": {"model.onnx": 1}}}
    model = DistilBertForQuestionAnswering(distilbert_config(len(tokenizer), **settings)).eval()
    encoded = tokenizer(QUESTION, CONTEXT, return_tensors="pt")
    inputs = (encoded["input_ids"], encoded["attention_mask"])
    write_onnx(folder, model, tokenizer, inputs, ["start_logits", "end_logits"])
    path = folder / "onnx" / "model.onnx"
    onnx.save_model(onnx.load(path), path, save_as_external_data=True, location="model.onnx_data", size_threshold=1024)
    with torch.no_grad():
        output = model(*inputs)
    # An answer lies in the context; the first token stands for there being none.
    allowed = torch.tensor([i == 0 or part == 1 for i, part in enumerate(encoded.sequence_ids(0))])
    start, end = (
        logits[0].masked_fill(~allowed, -torch.inf).softmax(-1) for logits in (output.start_logits, output.end_logits)
    )
    scores = torch.outer(start, end).triu()
    scores[0] = 0
    first, last = divmod(int(scores.argmax()), len(allowed))
    answer = tokenizer.decode(inputs[0][0, first : last + 1], skip_special_tokens=True)
    expect(folder, {"question": QUESTION, "context": CONTEXT, "answer": answer, "score": scores[first, last].item()})


def distilbert_config(vocab_size: int, **rest: Any) -> DistilBertConfig:
    return DistilBertConfig(
        vocab_size=vocab_size,
        max_position_embeddings=32,
        dim=16,
        hidden_dim=32,
        n_layers=1,
        n_heads=2,
        initializer_range=0.5,
        attn_implementation="eager",
        **rest,
    )


def write_onnx(
    folder: Path,
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    inputs: tuple[torch.Tensor, torch.Tensor],
    outputs: list[str],
) -> None:
    """A folder as Transformers.js opens it. `inputs` are ids and attention mask, as examples."""
    model.config.architectures = [type(model).__name__]
    model.config.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    (folder / "onnx").mkdir()
    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("tokens", max=32)}
    program = torch.onnx.export(
        model,
        inputs,
        input_names=["input_ids", "attention_mask"],
        output_names=outputs,
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
