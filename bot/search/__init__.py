"""Finding turns: the engine behind its port, the vocabulary, spelling, and the thesaurus."""
