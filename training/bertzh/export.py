"""From the finished run to public/models/bert-zh."""

from pathlib import Path
from typing import Any

from tokenizers.processors import TemplateProcessing

from ..common.bert import EPSILON, Bert, BertShape, hf_tensors
from ..common.config import Config
from ..common.hf_export import write_json, write_weights
from ..common.loop import final_state, training_log
from .text import CLS, CLS_ID, MASK, PAD, PAD_ID, SEP, SEP_ID, SPECIAL, UNK, tokenizer_of
from .train import shape_of


def trained_model(config: Config, state: dict[str, Any], classes: int = 0) -> Bert:
    """The finished model in f32, ready for inference."""
    model = Bert(shape_of(config, len(state["vocab"])), classes)
    model.load_state_dict({name: tensor.float() for name, tensor in state["model"].items()})
    return model.eval()


def write_bert_config(folder: Path, shape: BertShape, architecture: str, labels: list[str]) -> None:
    config: dict[str, Any] = {
        "architectures": [architecture],
        "model_type": "bert",
        "vocab_size": shape.vocab_size,
        "hidden_size": shape.d_model,
        "num_attention_heads": shape.n_head,
        "num_hidden_layers": shape.n_layer,
        "intermediate_size": 4 * shape.d_model,
        "max_position_embeddings": shape.n_positions,
        "type_vocab_size": 2,
        "hidden_act": "gelu",
        "layer_norm_eps": EPSILON,
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
        "pad_token_id": PAD_ID,
        "tie_word_embeddings": True,
        "torch_dtype": "float16",
    }
    if labels:
        config["id2label"] = {str(i): label for i, label in enumerate(labels)}
        config["label2id"] = {label: i for i, label in enumerate(labels)}
    write_json(folder / "config.json", config)


def write_bert_tokenizer(folder: Path, tokens: list[str], longest: int) -> None:
    """tokenizer.json with BERT's template: [CLS] A [SEP], or [CLS] A [SEP] B [SEP] with segments 0 and 1."""
    tokenizer = tokenizer_of(tokens)
    tokenizer.post_processor = TemplateProcessing(
        single=f"{CLS} $A {SEP}",
        pair=f"{CLS} $A {SEP} $B:1 {SEP}:1",
        special_tokens=[(CLS, CLS_ID), (SEP, SEP_ID)],
    )
    tokenizer.save(str(folder / "tokenizer.json"), pretty=True)
    names = {"pad": PAD, "unk": UNK, "cls": CLS, "sep": SEP, "mask": MASK}
    write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": longest,
            "clean_up_tokenization_spaces": False,
            "model_input_names": ["input_ids", "token_type_ids", "attention_mask"],
            **{f"{name}_token": token for name, token in names.items()},
        },
    )
    assert tokens[: len(SPECIAL)] == list(SPECIAL)


def export(config: Config) -> None:
    folder, state = config.model_folder, final_state(config)
    model = trained_model(config, state)
    write_weights(folder, hf_tensors(model))
    write_bert_config(folder, model.shape, "BertForPreTraining", [])
    write_bert_tokenizer(folder, state["vocab"], model.shape.n_positions)
    write_json(folder / "training-log.json", training_log(config, state), indent=None)
    for path in sorted(folder.iterdir()):
        print(f"{path.name:24} {path.stat().st_size:9} bytes")
