"""Golden files of the models that are trained in the page: python3 -m training.fixtures_models

Of each: a training run (see fixtures_common.py) and, in testdata/models/<name>.safetensors, what the first
weights make of its first batch: hidden states, attention, logits, and what greedy decoding writes.
"""

from .fixtures_bert import write_bert, write_bert_classifier
from .fixtures_lstm import write_lstm_lm
from .fixtures_seq2seq import write_encoder_decoder, write_lstm_seq2seq, write_transformer_seq2seq


def main() -> None:
    write_bert()
    write_bert_classifier()
    write_lstm_lm()
    write_lstm_seq2seq()
    write_encoder_decoder()
    write_transformer_seq2seq()


if __name__ == "__main__":
    main()
