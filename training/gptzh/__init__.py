"""gpt-zh, a GPT-2 for modern Chinese, one token per character; and what is tuned from it: gpt-zh-chat, gpt-review."""
