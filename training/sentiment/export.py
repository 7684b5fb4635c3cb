"""From the finished run to public/models/sentiment-zh; the temperature of calibration goes into the classifier."""

from typing import Any

import torch

from ..bertzh.export import trained_model, write_bert_config, write_bert_tokenizer
from ..bertzh.text import Encoder
from ..common.bert import Bert, hf_tensors
from ..common.config import Config
from ..common.hf_export import write_json, write_weights
from ..common.loop import final_state, training_log
from .calibration import best_temperature, expected_calibration_error
from .evaluate import logits_of
from .examples import LABELS, labelled


def calibrated_model(config: Config, state: dict[str, Any]) -> tuple[Bert, dict[str, float]]:
    """The finished model, its logits divided by the temperature that suits the validation split best."""
    model = trained_model(config, state, classes=len(LABELS))
    validation = labelled("val")
    labels = torch.tensor([example.label for example in validation])
    encode = Encoder(state["vocab"])
    logits = logits_of(model.classes_of, encode, model.shape.n_positions, validation)
    temperature = best_temperature(logits, labels)
    with torch.no_grad():
        model.classifier.weight /= temperature
        model.classifier.bias /= temperature
    return model, {
        "temperature": temperature,
        "ece before": expected_calibration_error(logits, labels),
        "ece after": expected_calibration_error(logits / temperature, labels),
    }


def export(config: Config) -> None:
    folder, state = config.model_folder, final_state(config)
    model, calibration = calibrated_model(config, state)
    write_json(config.run_folder / "calibration.json", calibration)
    write_weights(folder, hf_tensors(model))
    write_bert_config(folder, model.shape, "BertForSequenceClassification", LABELS)
    write_bert_tokenizer(folder, state["vocab"], model.shape.n_positions)
    write_json(folder / "training-log.json", training_log(config, state), indent=None)
    print(calibration)
    for path in sorted(folder.iterdir()):
        print(f"{path.name:24} {path.stat().st_size:9} bytes")
