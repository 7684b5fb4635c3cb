"""bert-zh: BERT for modern Chinese, characters as WordPiece tokens, with masked-LM and next-sentence heads."""
