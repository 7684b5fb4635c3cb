"""sentiment-zh: bert-zh tuned to tell good reviews and feelings from bad ones."""
