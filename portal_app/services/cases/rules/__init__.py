"""What may happen to a case, in which words, by when, and what has to be entered for it."""
