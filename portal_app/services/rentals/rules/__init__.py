"""What may happen to a rental request, in which words, and what has to be entered for it."""
