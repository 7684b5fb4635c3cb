"""A small world: plain Chinese text of our own, by hand and from grammars, and the tests of what was learnt of it."""
