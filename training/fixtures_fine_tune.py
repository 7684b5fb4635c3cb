"""Golden training runs of the upper end of a BERT: python3 -m training.fixtures_fine_tune

Embeddings and the lower of two blocks are frozen; the upper block and the head are trained (see fixtures_common.py).

bert-top-cls   transformers' BertForSequenceClassification, whose head reads [CLS] through the pooler
bert-top-mean  a linear head over the mean of all tokens
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from transformers import BertConfig, BertForSequenceClassification, BertModel

from .fixtures_bert import bert_batch, bert_config, bert_inputs, engine_config
from .fixtures_common import Batch, randomize, write_training_run

CLASSES = 3


class MeanClassifier(nn.Module):
    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        self.classifier = nn.Linear(config.hidden_size, CLASSES)

    def forward(self, **inputs: Tensor) -> Tensor:
        hidden = self.bert(**inputs).last_hidden_state
        mask = inputs["attention_mask"][..., None].to(hidden.dtype)
        return self.classifier((hidden * mask).sum(1) / mask.sum(1))


class ClsClassifier(nn.Module):
    """BertForSequenceClassification, called as the other one is."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        model = BertForSequenceClassification(config)
        self.bert, self.classifier = model.bert, model.classifier

    def forward(self, **inputs: Tensor) -> Tensor:
        return self.classifier(self.bert(**inputs).pooler_output)


def loss(model: nn.Module, batch: Batch) -> Tensor:
    return cross_entropy(model(**bert_inputs(batch)), torch.tensor(batch["classes"]))


def write(name: str, kind: type[MeanClassifier | ClsClassifier], seed: int) -> None:
    config = bert_config(hidden_act="gelu", num_labels=CLASSES)
    model = randomize(kind(config), seed)
    for frozen in (model.bert.embeddings, model.bert.encoder.layer[0]):
        frozen.requires_grad_(False)
    batches = [bert_batch(seed + i, config, [7, 4, 6]) for i in range(2)]
    write_training_run(name, model, batches, loss, engine_config(config))


if __name__ == "__main__":
    write("bert-top-cls", ClsClassifier, 31)
    write("bert-top-mean", MeanClassifier, 41)
