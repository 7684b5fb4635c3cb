"""Modern Chinese text, shared by gpt-zh, bert-zh and the models tuned from them."""
