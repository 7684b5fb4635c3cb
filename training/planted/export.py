"""From the finished run to public/models/planted."""

from ..bertzh.export import trained_model, write_bert_config, write_bert_tokenizer
from ..common.bert import hf_tensors
from ..common.config import Config
from ..common.hf_export import write_json, write_weights
from ..common.loop import final_state, training_log
from ..sentiment.examples import LABELS


def export(config: Config) -> None:
    folder, state = config.model_folder, final_state(config)
    model = trained_model(config, state, classes=len(LABELS))
    write_weights(folder, hf_tensors(model))
    write_bert_config(folder, model.shape, "BertForSequenceClassification", LABELS)
    write_bert_tokenizer(folder, state["vocab"], model.shape.n_positions)
    write_json(folder / "training-log.json", training_log(config, state), indent=None)
    for path in sorted(folder.iterdir()):
        print(f"{path.name:24} {path.stat().st_size:9} bytes")
