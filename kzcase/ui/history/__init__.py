"""History: what was done, in words, and taking it back where that is possible."""
