"""gpt-poem: a character-level GPT-2 that writes Tang and Song quatrains."""
