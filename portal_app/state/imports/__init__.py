"""State behind the pages on which the operator's data arrives."""
